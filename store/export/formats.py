"""Writing a table piece by piece, as Parquet or as CSV."""

import enum
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pandas

from store.errors import ExportError
from store.export.formulas import guarded
from store.frames import Column, Table

if TYPE_CHECKING:
    import pyarrow


# The types of columns that hold text of the data. A category whose values are known beforehand has ours.
TEXTS = ("string", "category")


class Format(enum.StrEnum):
    """A format of files; its value is their suffix."""

    PARQUET = "parquet"
    CSV = "csv"


class Write(Protocol):
    """Writes a table to a file."""

    def __call__(self, table: Table, pieces: Iterable[pandas.DataFrame], file: Path) -> int:
        """Write the pieces of a table, at least one, to a new file; return the number of rows."""


def writing(kind: Format) -> Write:
    """Return what writes files of a format.

    Raises:
        ExportError: The format needs a library that is not installed.
    """
    if kind is Format.CSV:
        return write_csv
    try:
        import pyarrow.parquet  # noqa: F401 - an extra
    except ImportError as error:
        raise ExportError(
            "Parquet needs the library pyarrow: install `nextplay[parquet]`, or export with `--format csv`."
        ) from error
    return write_parquet


def write_csv(table: Table, pieces: Iterable[pandas.DataFrame], file: Path) -> int:
    """Write CSV as RFC 4180 has it, in UTF-8.

    A missing value is an empty field; lists are JSON arrays. Lines end in CR LF, so that the writer quotes
    either character within a text. No text is one that a spreadsheet takes for a formula.
    """
    rows = 0
    lists = [column.name for column in table.columns if column.dtype == "object"]
    texts = [column.name for column in table.columns if column.dtype in TEXTS]
    with file.open("w", encoding="utf-8", newline="") as opened:
        for number, piece in enumerate(pieces):
            text = piece.assign(
                **{name: piece[name].map(_json) for name in lists},
                **{name: guarded(piece[name]) for name in texts},
            )
            text.to_csv(opened, header=number == 0, index=False, lineterminator="\r\n")
            rows += len(piece)
    return rows


def _json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def write_parquet(table: Table, pieces: Iterable[pandas.DataFrame], file: Path) -> int:
    """Write Parquet with a row group for each piece. Categories are dictionaries, days are milliseconds."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    rows = 0
    schema = pyarrow.schema([_field(column) for column in table.columns])
    categories = [column.name for column in table.columns if column.dtype == "category"]
    with file.open("wb") as opened, ExitStack() as stack:
        writer: ParquetWriter | None = None
        for piece in pieces:
            # Every row group has a dictionary of its own, which would hold all players of all pieces.
            used = piece.assign(**{name: piece[name].cat.remove_unused_categories() for name in categories})
            data = pyarrow.Table.from_pandas(used, schema=schema, preserve_index=False)
            # The first piece has what pandas needs to know of the types.
            writer = writer or stack.enter_context(ParquetWriter(opened, data.schema, compression="zstd"))
            writer.write_table(data)
            rows += len(piece)
    return rows


def _field(column: Column) -> "pyarrow.Field":
    import pyarrow

    is_ordered = isinstance(column.dtype, pandas.CategoricalDtype) and bool(column.dtype.ordered)
    types = {
        "category": pyarrow.dictionary(pyarrow.int32(), pyarrow.string(), ordered=is_ordered),
        "datetime64[s]": pyarrow.timestamp("ms"),
        "object": pyarrow.list_(pyarrow.string()),
        "boolean": pyarrow.bool_(),
        "Int64": pyarrow.int64(),
        "Float64": pyarrow.float64(),
    }
    dtype = str(column.dtype)
    kind = types.get(dtype) or pyarrow.type_for_alias(dtype)
    return pyarrow.field(column.name, kind, nullable=column.is_optional)
