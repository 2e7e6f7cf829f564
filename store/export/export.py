"""Writing all tables to a folder, whole or not at all."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from store import queries
from store.database import Database
from store.errors import ExportError
from store.export.formats import Format, Write, writing
from store.files.atomic_replace import is_disk_full, replace
from store.files.folders import make_folder
from store.frames import TABLES

MANIFEST = "manifest.json"
# Files get their names once all are whole; until then they are here.
_UNFINISHED = ".unfinished-export"
# The tables are read whole; the largest has millions of rows.
_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, and the number of rows of each table by its name."""

    folder: Path
    rows: dict[str, int]


def export(database: Database, folder: Path, kind: Format, *, force: bool = False) -> Exported:
    """Write every table of `store.frames` as a file into a folder, and a manifest of what they are.

    The files are of one state of the store. They get their names when all of them are on the disk, the
    manifest last: where it is, the export is whole. No more than a piece of a table is in memory.

    Args:
        database: The store; what `Database.reader` raises is passed on.
        folder: Where the files go; made where it is missing.
        kind: The format of the files.
        force: Whether files of the same names are replaced.

    Raises:
        ExportError: There is nothing to export, a file is there already, the folder cannot be written, or a
            library is missing.
    """
    write = writing(kind)
    names = [*(f"{table.name}.{kind}" for table in TABLES), MANIFEST]
    with _explained(folder), database.reader(seconds=_SECONDS) as session:
        if not force:
            _require_absent(folder, names)
        _require_data(session)
        with _unfinished(folder) as unfinished:
            rows = _write(session, unfinished, kind, write)
            (folder / MANIFEST).unlink(missing_ok=True)
            for name in names:
                replace(unfinished / name, folder / name)
    return Exported(folder, rows)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
        raise ExportError(
            f"The tables cannot be exported to {folder}: {error.strerror or error}; {remedy} and try again."
        ) from error


def _require_absent(folder: Path, names: list[str]) -> None:
    there = [name for name in names if (folder / name).exists()]
    if there:
        raise ExportError(
            f"{folder} has {', '.join(there)} already; name another folder, or replace them with `--force`."
        )


def _require_data(session: Session) -> None:
    if queries.data_status(session, runs=0).applied is None:
        raise ExportError("The store is empty; fill it with `nextplay refresh FOLDER`.")


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Make a folder within `folder` that goes with all that is left in it; `folder` stays as it was then."""
    was_there = folder.is_dir()
    make_folder(folder)
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)  # of an export that was killed
    try:
        unfinished.mkdir()
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not was_there and not any(folder.iterdir()):
            folder.rmdir()


def _write(session: Session, folder: Path, kind: Format, write: Write) -> dict[str, int]:
    """Write all tables and the manifest; return the rows of each table."""
    rows = {
        table.name: write(table, table.read(session), folder / f"{table.name}.{kind}") for table in TABLES
    }
    text = json.dumps(_manifest(session, kind, rows), indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return rows


def _manifest(session: Session, kind: Format, rows: dict[str, int]) -> dict[str, Any]:
    provenance = queries.provenance(session)
    as_of, refreshed_at = provenance.dates.as_of, provenance.refreshed_at
    return {
        "nextplay": version("nextplay"),
        "as_of": None if as_of is None else as_of.isoformat(),
        "refreshed_at": None if refreshed_at is None else refreshed_at.isoformat(),
        "generated": provenance.generated,
        "tables": [
            {
                "name": table.name,
                "file": f"{table.name}.{kind}",
                "rows": rows[table.name],
                "doc": table.doc,
                "columns": [
                    {"name": column.name, "dtype": str(column.dtype), "doc": column.doc}
                    for column in table.columns
                ],
            }
            for table in TABLES
        ],
    }
