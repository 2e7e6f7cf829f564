"""Bulk statements on prepared columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import FromClause, Table
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.types import TypeEngine

from ingest.progress import ProgressSink, SilentProgress

# Rows handed to the driver at once: enough to make the statement's own cost vanish, few enough for memory.
ROWS_AT_ONCE = 50_000

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
    dialect = connection.dialect
    names = [column.name for column in table.c if column.name in columns]  # as the statement orders them
    statement = table.insert().compile(dialect=dialect, column_keys=names)
    prepared = [_prepare(columns[name], table.c[name].type, dialect) for name in names]
    rows = len(prepared[0])
    assert all(len(column) == rows for column in prepared), "columns of different length"
    for start in range(0, rows, ROWS_AT_ONCE):
        parts = [_plain(column[start : start + ROWS_AT_ONCE]) for column in prepared]
        chunk = list(zip(*parts, strict=True))
        if statement.positional:
            connection.exec_driver_sql(str(statement), chunk)
        else:
            connection.exec_driver_sql(str(statement), [dict(zip(names, row, strict=True)) for row in chunk])
        progress.advance(len(chunk))
    return rows


def _plain(values: Column) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _prepare(values: Column, kind: TypeEngine[Any], dialect: Dialect) -> Column:
    """Convert values to what the driver takes, as the column type says."""
    if isinstance(values, np.ndarray):
        return values
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else list(map(convert, values))
