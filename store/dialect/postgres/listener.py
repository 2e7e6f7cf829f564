"""Notifications between processes through PostgreSQL (LISTEN and NOTIFY)."""

import selectors
import socket
from contextlib import suppress

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from store.dialect.postgres.address import Address
from store.dialect.postgres.timed import connector

# One channel for all, so that notifications arrive in their order.
_CHANNEL = "nextplay_user_data"
_SECONDS_TO_ANSWER = 2.0
# How long nothing is heard before the listener is asked whether it is still wanted.
_SECONDS_TO_LISTEN = 0.5


def notify(connection: Connection, message: str) -> None:
    """Notify every listener of the database, this process's own too, once the transaction is committed."""
    connection.execute(select(func.pg_notify(_CHANNEL, message)))


class Listener:
    """A connection that receives notifications. Use it from one thread; any other may interrupt it."""

    def __init__(self, address: Address) -> None:
        """Connect, and receive all notifications from here on.

        Raises:
            psycopg.Error: The server is away.
        """
        self._connection = connector(address, _SECONDS_TO_ANSWER)()
        self._connection.autocommit = True
        self._connection.execute(f"LISTEN {_CHANNEL}")
        self._interrupting, self._interrupted = socket.socketpair()

    def heard(self) -> list[str]:
        """Return the notifications since the last call; wait a moment for one. Raises psycopg.Error."""
        if told := self._notices():
            return told
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection.fileno(), selectors.EVENT_READ)
            selector.register(self._interrupted, selectors.EVENT_READ)
            selector.select(_SECONDS_TO_LISTEN)
        return self._notices()

    def interrupt(self) -> None:
        """End a wait for notifications, from another thread."""
        with suppress(OSError):  # it has been closed
            self._interrupting.send(b"\0")

    def require_answer(self) -> None:
        """Make sure that the server answers. Raises psycopg.Error where it does not."""
        self._connection.execute("SELECT 1")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._interrupting.close()
        self._interrupted.close()

    def _notices(self) -> list[str]:
        return [notice.payload for notice in self._connection.notifies(timeout=0, stop_after=1)]
