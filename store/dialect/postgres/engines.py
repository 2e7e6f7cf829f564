"""Engines for PostgreSQL: what their transactions may do, and for how long."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event

from store.dialect.postgres.address import Address
from store.dialect.postgres.timed import Absence, connector

if TYPE_CHECKING:
    from psycopg import Connection
    from sqlalchemy.pool import ConnectionPoolEntry

# The time limit of a statement, and what its answer may take beyond it: well below Discord's three seconds.
_SECONDS_TO_READ = 1.0
_SECONDS_TO_HEAR = 0.5
# The same where another writer may have to be waited for.
_SECONDS_FOR_A_TURN = 5.0
_SECONDS_TO_WRITE = 7.0
# The executor of queries has four threads, and so has that of the API; one writes.
_MOST_READERS, _MOST_WRITERS = 8, 4


def reader_engine(address: Address, absence: Absence, seconds: float = _SECONDS_TO_READ) -> Engine:
    """Return an engine that cannot write and whose transactions see one state of the data throughout.

    A statement may take `seconds`. No connection is tried while `absence` says that the server is away.
    """
    heard_for = seconds + _SECONDS_TO_HEAR
    engine = _engine(address, absence, heard_for, _MOST_READERS, statement_timeout=round(seconds * 1000))

    @event.listens_for(engine, "connect")
    def prepare(connection: "Connection[Any]", _entry: "ConnectionPoolEntry") -> None:
        from psycopg import IsolationLevel

        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True

    return engine


def writer_engine(address: Address, absence: Absence) -> Engine:
    """Return an engine whose transactions wait for others' locks for a few seconds, and then fail."""
    return _engine(
        address, absence, _SECONDS_TO_WRITE, _MOST_WRITERS, lock_timeout=round(_SECONDS_FOR_A_TURN * 1000)
    )


def close(engine: Engine) -> None:
    """Close its connections: at once those that nobody uses, the others as soon as they are given back."""

    @event.listens_for(engine.pool, "checkin")
    def close_too(_connection: "Connection[Any] | None", entry: "ConnectionPoolEntry") -> None:
        entry.close()

    engine.dispose()


def _engine(address: Address, absence: Absence, seconds: float, most: int, **session: object) -> Engine:
    return create_engine(
        address.url.drivername + "://",
        creator=connector(address, seconds, absence, **session),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=most // 2,
        max_overflow=most - most // 2,
        pool_timeout=_SECONDS_TO_READ,
        pool_use_lifo=True,
    )
