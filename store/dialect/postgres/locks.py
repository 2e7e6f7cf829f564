"""PostgreSQL's advisory locks, by name: one process at a time, wherever it runs."""

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from store.dialect.postgres.address import Address
from store.dialect.postgres.timed import connector

if TYPE_CHECKING:
    from psycopg import Connection as DriverConnection

_SECONDS = 2.0


def lock_for_transaction(connection: Connection, name: str) -> None:
    """Wait for the lock of a name, and have it until the transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(_key(name))))


def lock_for_session(connection: Connection, name: str) -> None:
    """Wait for the lock of a name, and have it until the end of the connection."""
    connection.execute(select(func.pg_advisory_lock(_key(name))))


class HeldLock:
    """A lock that is held by a connection of its own, and so ends with its process or with the server."""

    def __init__(self, address: Address, name: str) -> None:
        """Name the lock; nothing is opened yet."""
        self._connect = connector(address, _SECONDS)
        self._key = _key(name)
        self._connection: DriverConnection[Any] | None = None

    def take(self) -> bool:
        """Take it, or check that it is still ours; return whether it is, False if the server is away."""
        from psycopg import Error

        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1")
                return True
            self._connection = self._connect()
            self._connection.autocommit = True
            row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", (self._key,)).fetchone()
            is_ours = row is not None and bool(row[0])
        except Error:
            is_ours = False
        if not is_ours:
            self.release()
        return is_ours

    def release(self) -> None:
        """Release it, if it is ours."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _key(name: str) -> int:
    """Return the number of 64 bits by which PostgreSQL knows the lock of a name."""
    digest = hashlib.sha256(f"nextplay:{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
