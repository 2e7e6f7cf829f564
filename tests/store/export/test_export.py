"""Exports: whole or not at all, and the same when they are read back."""

import csv
import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas
import pytest
from pandas.testing import assert_frame_equal

from store import Database, DatabaseUnavailable, frames
from store.errors import ExportError
from store.export import MANIFEST, Format, export, read_table
from store.models import RunOutcome
from tests.store.builder import SmallStore
from tests.store.frames.world import fill

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(small_store: SmallStore) -> SmallStore:
    fill(small_store)
    return small_store


def comparable(table: pandas.DataFrame) -> pandas.DataFrame:
    """Return a table with its players as text: a file has those alone who come in it."""
    return table.astype({"player": "string"}) if "player" in table else table


@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("table", frames.TABLES, ids=lambda table: table.name)
def test_a_table_is_read_back_as_it_was(
    filled: SmallStore, tmp_path: Path, kind: Format, table: frames.Table
) -> None:
    export(filled.database, tmp_path / "out", kind)

    read = read_table(tmp_path / "out" / f"{table.name}.{kind}")

    assert_frame_equal(comparable(read), comparable(filled.ask(table.frame)), check_exact=True)


FORMULAS = (
    '=HYPERLINK("https://evil.example")',
    "-2+3",
    "+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1+1",
    "'=1",
    "''-1",
)


def test_no_text_in_csv_is_taken_for_a_formula_and_all_are_read_back(
    small_store: SmallStore, tmp_path: Path
) -> None:
    with small_store.fill() as build:
        for number, text in enumerate(FORMULAS, 1):
            build.game(number, text, developers=(text,))
            build.owns(text, {number: 5})
            build.review(number, text, text)
        build.game(99, "'Splosion Man")
        build.run(RunOutcome.APPLIED, day=20)

    export(small_store.database, tmp_path / "out", Format.CSV)

    for table in frames.TABLES:
        file = tmp_path / "out" / f"{table.name}.csv"
        rows = csv.reader(io.StringIO(file.read_bytes().decode(), newline=""))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n\uff1d"))]
        assert_frame_equal(comparable(read_table(file)), comparable(small_store.ask(table.frame)))
    assert "'Splosion Man" in (tmp_path / "out" / "games.csv").read_text(encoding="utf-8")
    assert "''Splosion Man" not in (tmp_path / "out" / "games.csv").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("kind", Format)
def test_the_generated_sample_is_read_back_as_it_was(
    sample_store: Database, tmp_path: Path, kind: Format
) -> None:
    exported = export(sample_store, tmp_path, kind)

    with sample_store.reader(seconds=60) as session:
        for table in frames.TABLES:
            read = read_table(tmp_path / f"{table.name}.{kind}")
            assert len(read) == exported.rows[table.name] > 0
            assert_frame_equal(comparable(read), comparable(table.frame(session)), check_exact=True)


@pytest.mark.parametrize("kind", Format)
def test_other_programs_find_the_columns_by_their_names(
    filled: SmallStore, tmp_path: Path, kind: Format
) -> None:
    export(filled.database, tmp_path, kind)

    read = pandas.read_csv if kind is Format.CSV else pandas.read_parquet
    for table in frames.TABLES:
        found = read(tmp_path / f"{table.name}.{kind}")
        assert list(found) == [column.name for column in table.columns]


@pytest.mark.slow
@pytest.mark.parametrize("kind", Format)
def test_the_manifest_says_what_the_files_are(filled: SmallStore, tmp_path: Path, kind: Format) -> None:
    exported = export(filled.database, tmp_path, kind)

    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["as_of"] is None
    assert manifest["refreshed_at"] == "2026-04-20T04:31:00+00:00"
    assert manifest["generated"] is True
    assert manifest["nextplay"]
    assert {table["name"]: table["rows"] for table in manifest["tables"]} == exported.rows
    files = {table["file"] for table in manifest["tables"]}
    assert {file.name for file in tmp_path.iterdir()} - {"nextplay.sqlite3"} >= files | {MANIFEST}


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_files_that_are_there_stay_unless_they_may_be_replaced(filled: SmallStore, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "games.csv").write_text("mine")
    (folder / "notes.txt").write_text("mine")

    with pytest.raises(ExportError, match=r"has games\.csv already; .*`--force`"):
        export(filled.database, folder, Format.CSV)
    assert (folder / "games.csv").read_text() == "mine"
    assert names(folder) == {"games.csv", "notes.txt"}

    export(filled.database, folder, Format.CSV, force=True)
    assert len(read_table(folder / "games.csv")) == 4
    assert (folder / "notes.txt").read_text() == "mine"


def test_what_an_export_left_that_was_killed_goes_with_the_next(filled: SmallStore, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / ".unfinished-export").mkdir(parents=True)
    (folder / ".unfinished-export" / "games.csv").write_text("app_id,tit")

    export(filled.database, folder, Format.CSV)

    tables = {f"{table.name}.csv" for table in frames.TABLES}
    assert names(folder) == tables | {MANIFEST}


def test_a_store_without_data_is_refused_with_the_remedy(empty_store: Database, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"The store is empty; .*`nextplay refresh FOLDER`"):
        export(empty_store, tmp_path / "out", Format.CSV)
    with pytest.raises(DatabaseUnavailable, match="nextplay refresh"):
        export(Database(tmp_path / "none.sqlite3"), tmp_path / "out", Format.CSV)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_named(filled: SmallStore, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ExportError, match=r"to .*file: Not a directory; check the folder"):
        export(filled.database, tmp_path / "file", Format.CSV)
    with pytest.raises(ExportError, match=r"to .*out: Not a directory; check the folder"):
        export(filled.database, tmp_path / "file" / "out", Format.CSV)


@pytest.mark.slow
@pytest.mark.parametrize("kind", Format)
@pytest.mark.parametrize("was_there", [True, False])
def test_a_full_disk_is_said_and_gets_its_room_back(
    filled: SmallStore, tmp_path: Path, kind: Format, was_there: bool
) -> None:
    folder = tmp_path / "out"
    if was_there:
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")

    said = run(
        """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
        """,
        *(filled.database.file, folder, kind),
    )

    assert said.startswith(f"The tables cannot be exported to {folder}: ")
    assert said.endswith("; free some space and try again.\n")
    assert list(folder.parent.glob("out/**/*")) == ([folder / "notes.txt"] if was_there else [])
    assert folder.exists() == was_there


@pytest.mark.slow
def test_parquet_without_its_library_says_how_to_get_it(filled: SmallStore, tmp_path: Path) -> None:
    folder = tmp_path / "out"

    said = run("sys.modules['pyarrow'] = None", *(filled.database.file, folder, Format.PARQUET))

    assert said == (
        "Parquet needs the library pyarrow: install `nextplay[parquet]`, or export with `--format csv`.\n"
    )
    assert not folder.exists()


def run(before: str, database: Path, folder: Path, kind: Format) -> str:
    """Export in a process of its own that does something `before`, and return what was raised."""
    script = f"""
        import sys
        from pathlib import Path
        {textwrap.indent(textwrap.dedent(before), " " * 8).strip()}
        from store import Database
        from store.errors import ExportError
        from store.export import Format, export

        try:
            export(Database(sys.argv[1]), Path(sys.argv[2]), Format(sys.argv[3]))
        except ExportError as error:
            print(error)
    """
    done = subprocess.run(
        [sys.executable, "-B", "-c", textwrap.dedent(script), str(database), str(folder), kind],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", ["players.csv", "games.xlsx", "games", "manifest.json"])
def test_a_file_of_another_name_is_no_exported_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of an exported table"):
        read_table(tmp_path / name)
