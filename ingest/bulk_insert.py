"""Bulk statements on prepared columns."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import FromClause, Table
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.types import TypeEngine

from store.runs import Progress, SilentProgress

# Rows prepared at once: enough to make the cost of a call vanish, few enough for memory.
_ROWS_AT_ONCE = 40_000
# Values in one statement. With many rows a statement, SQLite takes half the time that it takes row by row.
_VALUES_AT_ONCE = 800
# Where a larger share of a table is written, its indexes are rebuilt.
_MUCH = 0.1

Column = Sequence[Any] | NDArray[Any]


def table_of(model: type) -> Table:
    """Return the table of a mapped class."""
    table: FromClause = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)
    return table


def fills_much(written: int, rows: int) -> bool:
    """Return whether the share of rows written makes rebuilding the indexes faster."""
    return written > _MUCH * rows


@contextmanager
def indexes_off(connection: Connection, models: Sequence[type], *, when: bool) -> Iterator[None]:
    """Drop the indexes of tables while a block fills them, and rebuild them: that takes half the time.

    Where little is written, `when` is false and they stay.
    """
    indexes = [index for model in models for index in table_of(model).indexes] if when else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in sorted(indexes, key=lambda index: str(index.name)):
        index.create(connection)


def insert_columns(
    connection: Connection,
    model: type,
    columns: Mapping[str, Column],
    progress: Progress | None = None,
) -> int:
    """Insert rows given as columns of one length, in their order.

    Args:
        connection: That of a writer.
        model: The mapped class whose table is filled.
        columns: Values of the model by the names of its columns; numbers may be numpy arrays.
        progress: Counts the rows.

    Returns:
        How many rows there were.
    """
    progress = progress or SilentProgress()
    table = table_of(model)
    names = [column.name for column in table.c if column.name in columns]  # as the statement orders them
    prepared = [_prepare(columns[name], table.c[name].type, connection.dialect) for name in names]
    rows = len(prepared[0])
    assert all(len(column) == rows for column in prepared), "columns of different length"
    together = max(_VALUES_AT_ONCE // len(names), 1)
    statements = {count: _statement(connection, table, names, count) for count in (together, 1)}
    for start in range(0, rows, _ROWS_AT_ONCE):
        parts = [column[start : start + _ROWS_AT_ONCE] for column in prepared]
        done = len(parts[0]) // together * together
        _insert(connection, statements[together], together, [part[:done] for part in parts])
        _insert(connection, statements[1], 1, [part[done:] for part in parts])
        progress.advance(len(parts[0]))
    return rows


def _statement(connection: Connection, table: Table, names: Sequence[str], rows: int) -> str:
    """Return the statement that inserts this many rows at once."""
    compiled = table.insert().values(dict.fromkeys(names)).compile(dialect=connection.dialect)
    assert compiled.positional, "a dialect that names its parameters needs a bulk insert of its own"
    # To have hundreds of rows compiled takes longer than to insert them.
    before, values, row = str(compiled).rpartition(" VALUES ")
    return before + values + ", ".join([row] * rows)


def _insert(connection: Connection, statement: str, rows: int, parts: Sequence[Column]) -> None:
    """Insert columns by a statement for `rows` rows; their length is a multiple of that."""
    if len(parts[0]):
        connection.exec_driver_sql(statement, _row_by_row(parts, rows))


def _row_by_row(parts: Sequence[Column], rows: int) -> list[tuple[Any, ...]]:
    """Return the values of columns row by row, those of `rows` rows in one tuple."""
    together = rows * len(parts)
    if all(isinstance(part, np.ndarray) and part.dtype.kind == "i" for part in parts):
        # Libraries are millions of whole numbers, which NumPy turns in half the time.
        return list(map(tuple, np.stack(parts, axis=1).reshape(-1, together).tolist()))
    values = chain.from_iterable(zip(*map(_plain, parts), strict=True))
    return list(zip(*[values] * together, strict=True))


def _plain(values: Column) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _prepare(values: Column, kind: TypeEngine[Any], dialect: Dialect) -> Column:
    """Convert values to what the driver takes, as the column type says."""
    if isinstance(values, np.ndarray):
        return values
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if convert is None else list(map(convert, values))
