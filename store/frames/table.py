"""What a table is as a DataFrame: its columns, their types, and reading it piece by piece."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas
from sqlalchemy import Select
from sqlalchemy.orm import Session

# Rows that are in memory as Python objects at one time.
ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name in a DataFrame and in an exported file.
        dtype: Its pandas type. A category has the values that there can be, where these are known beforehand.
        doc: What it says, with the unit and what a missing value means.
        is_optional: Whether a value may be missing; its type has a missing value then.
    """

    name: str
    dtype: str | pandas.CategoricalDtype
    doc: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the store as DataFrames.

    Attributes:
        name: That of its function and of its exported file.
        doc: What a row is.
        columns: Its columns in order.
        read: Yields it in pieces, at least one, of about `ROWS_AT_ONCE` rows at most; all have `columns`.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    read: Callable[[Session], Iterator[pandas.DataFrame]]

    def frame(self, session: Session) -> pandas.DataFrame:
        """Return the whole table."""
        return pandas.concat(self.read(session), ignore_index=True)


def typed(columns: Iterable[Column], values: Mapping[str, Any]) -> pandas.DataFrame:
    """Return a piece of a table from what each column holds, all of one length."""
    return pandas.DataFrame(
        {column.name: pandas.Series(values[column.name], dtype=column.dtype) for column in columns}
    )


def columns_of(session: Session, statement: Select[*tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield what a statement finds, column by column, in pieces: at least one, which may be of no rows."""
    result = session.connection().execute(statement, execution_options={"yield_per": ROWS_AT_ONCE})
    names = list(result.keys())
    is_empty = True
    for rows in result.partitions():
        is_empty = False
        yield list(zip(*rows, strict=True))
    if is_empty:
        yield [()] * len(names)
