"""Statements that are compiled once and passed straight to the driver, for what every answer reads.

To prepare such a statement, run it and wrap its rows, SQLAlchemy takes many times as long as SQLite takes to
look up what it asks for.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVarTuple

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from store.dialect.sqlite.time_limit import time_limit_of

Ts = TypeVarTuple("Ts")
# Turns a value into what the driver takes, or back.
Convert = Callable[[Any], Any]

# The driver takes parameters by name.
_DIALECT = sqlite.dialect(paramstyle="named")


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as the driver takes it.

    Attributes:
        text: The SQL.
        constants: The parameters that the statement itself gives a value.
        to_driver: How the others are converted, where they are.
        from_driver: How the columns are converted, by their places, where they are.
    """

    text: str
    constants: Mapping[str, Any]
    to_driver: Mapping[str, Convert]
    from_driver: Mapping[int, Convert]


class Prepared(Generic[*Ts]):
    """A statement that is compiled when it is first asked; its rows have the values of SQLAlchemy's."""

    def __init__(self, statement: Select[*Ts] | CompoundSelect[*Ts]) -> None:
        """Keep `statement`; lists of values must be passed through `values_table`."""
        self.statement = statement

    def all(self, connection: Connection, parameters: Mapping[str, Any]) -> list[tuple[*Ts]]:
        """Return all rows, in plain tuples.

        Args:
            connection: A connection to SQLite.
            parameters: The values of the statement's parameters by name; others are passed over.

        Raises:
            DBAPIError: As a connection of SQLAlchemy raises it.
        """
        compiled = self._compiled
        given = {**compiled.constants, **parameters}
        for name, convert in compiled.to_driver.items():
            given[name] = convert(given[name])
        found: list[Any] = driver_rows(connection, compiled.text, given)
        return _converted(found, compiled.from_driver) if compiled.from_driver else found

    @cached_property
    def _compiled(self) -> _Compiled:
        compiled = self.statement.compile(dialect=_DIALECT)
        binds = {name: (bind, _to_driver(bind.type)) for bind, name in compiled.bind_names.items()}
        return _Compiled(
            text=str(compiled),
            constants={
                name: bind.value if convert is None else convert(bind.value)
                for name, (bind, convert) in binds.items()
                if not bind.required
            },
            to_driver={name: convert for name, (bind, convert) in binds.items() if bind.required and convert},
            from_driver={
                place: convert
                for place, column in enumerate(self.statement.selected_columns)
                if (convert := _from_driver(column.type))
            },
        )


def driver_rows(
    connection: Connection, statement: str, parameters: Mapping[str, Any] | Sequence[Any]
) -> list[tuple[Any, ...]]:
    """Return all rows of a statement in the driver's own SQL, as the driver returns them.

    Raises:
        DBAPIError: As a connection of SQLAlchemy raises it.
    """
    limit = time_limit_of(connection)
    if limit is not None:
        limit.begin_statement()
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    try:
        return driver.execute(statement, parameters).fetchall()
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            statement, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


def _converted(rows: list[tuple[Any, ...]], by_place: Mapping[int, Convert]) -> list[Any]:
    converted = []
    for row in rows:
        values = list(row)
        for place, convert in by_place.items():
            values[place] = convert(values[place])
        converted.append(tuple(values))
    return converted


def _to_driver(type_: TypeEngine[Any]) -> Convert | None:
    return type_.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _from_driver(type_: TypeEngine[Any]) -> Convert | None:
    return type_.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
