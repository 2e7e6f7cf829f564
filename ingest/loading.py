"""Bulk statements on prepared columns."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import FromClause, Table
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.types import TypeEngine

from ingest.progress import ProgressSink, SilentProgress

# Rows prepared at once: enough to make the cost of a call vanish, few enough for memory.
_ROWS_AT_ONCE = 40_000
# Values in one statement. With many rows a statement, SQLite takes half the time that it takes row by row.
_VALUES_AT_ONCE = 200

Column = Sequence[Any] | NDArray[Any]


def table_of(model: type) -> Table:
    """Return the table of a mapped class."""
    table: FromClause = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table


def insert_columns(
    connection: Connection,
    model: type,
    columns: Mapping[str, Column],
    progress: ProgressSink | None = None,
) -> int:
    """Insert rows given as columns of one length, in their order, and return how many there were.

    Values are those of the model; numbers may be numpy arrays.
    """
    progress = progress or SilentProgress()
    table = table_of(model)
    names = [column.name for column in table.c if column.name in columns]  # as the statement orders them
    prepared = [_prepare(columns[name], table.c[name].type, connection.dialect) for name in names]
    rows = len(prepared[0])
    assert all(len(column) == rows for column in prepared), "columns of different length"
    together = max(_VALUES_AT_ONCE // len(names), 1)
    for start in range(0, rows, _ROWS_AT_ONCE):
        parts = [_plain(column[start : start + _ROWS_AT_ONCE]) for column in prepared]
        done = len(parts[0]) // together * together
        _insert(connection, table, names, [part[:done] for part in parts], together)
        _insert(connection, table, names, [part[done:] for part in parts], 1)
        progress.advance(len(parts[0]))
    return rows


def _insert(
    connection: Connection, table: Table, names: Sequence[str], parts: Sequence[Sequence[Any]], together: int
) -> None:
    """Insert rows with a statement for `together` of them, which divides their number."""
    if not parts[0]:
        return
    row = dict.fromkeys(names)
    statement = table.insert().values([row] * together).compile(dialect=connection.dialect)
    assert statement.positional, "a dialect that names its parameters needs a bulk insert of its own"
    values = chain.from_iterable(zip(*parts, strict=True))
    connection.exec_driver_sql(str(statement), list(zip(*[values] * (len(names) * together), strict=True)))


def _plain(values: Column) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _prepare(values: Column, kind: TypeEngine[Any], dialect: Dialect) -> Column:
    """Convert values to what the driver takes, as the column type says."""
    if isinstance(values, np.ndarray):
        return values
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else list(map(convert, values))
