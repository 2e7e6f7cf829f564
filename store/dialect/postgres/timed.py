"""Connections with a time limit for every answer, whatever has become of the server."""

import time
from collections.abc import Callable, Generator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from store.dialect.postgres.address import Address

if TYPE_CHECKING:
    from psycopg import Connection

Result = TypeVar("Result")

# The least that libpq knows.
_SECONDS_TO_CONNECT = 2
# A server whose machine is gone is given up, and a client whose machine is gone gives its locks back, within
# half a minute.
_ALIVE = {"idle": 10, "interval": 5, "count": 3}
_MOST_MS_UNHEARD = 10_000


def is_installed() -> bool:
    """Return whether psycopg is, and finds PostgreSQL's own library."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return False
    return True


class Absence(Protocol):
    """Knows whether the server is away, so that other connections need not find out for themselves."""

    is_away: bool

    def report_trouble(self) -> None:
        """Take note that it did not answer."""


def connector(
    address: Address, seconds: float, absence: Absence | None = None, **session: object
) -> "Callable[[], Connection[Any]]":
    """Return what opens connections to a database.

    Args:
        address: The database.
        seconds: How long they wait for an answer. One that waited longer is closed and raises
            OperationalError: the server may be frozen, and would never say.
        absence: Notified when it does not answer; while the server is away, no connection is tried.
        session: Settings of PostgreSQL for their sessions.
    """
    # Imported here: only who names a server has it.
    from psycopg import Connection, OperationalError
    from psycopg.waiting import Ready

    class Timed(Connection[Any]):
        """A connection with a time limit for every answer."""

        def wait(
            self, gen: Generator[Any, Any, Result], interval: float = 0.1, timeout: float | None = None
        ) -> Result:
            """Consume a generator of the driver, until the time is up."""
            return super().wait(self._limited(gen), interval, timeout)

        def _limited(self, gen: Generator[Any, Any, Result]) -> Generator[Any, Any, Result]:
            deadline = time.monotonic() + seconds
            try:
                wanted = next(gen)
                while True:
                    ready = yield wanted
                    if ready == Ready.NONE and time.monotonic() > deadline:
                        self.close()
                        if absence is not None:
                            absence.report_trouble()
                        raise OperationalError(f"the server did not answer for {seconds:g} seconds")
                    wanted = gen.send(ready)
            except StopIteration as end:
                result: Result = end.value
                return result

    parameters = _parameters(address, session)

    def connect() -> "Connection[Any]":
        if absence is not None and absence.is_away:
            raise OperationalError("the server does not answer")
        return Timed.connect(**parameters)

    return connect


def _parameters(address: Address, session: Mapping[str, object]) -> dict[str, Any]:
    """Return the driver's parameters for a server and the sessions there."""
    given = {name: text for name, text in address.url.query.items() if isinstance(text, str)}
    own = [f"-c {name}={value}" for name, value in session.items()]
    own += [f"-c tcp_keepalives_{name}={value}" for name, value in _ALIVE.items()]
    return {
        "host": address.url.host,
        "port": address.url.port,
        "user": address.url.username,
        "password": address.url.password,
        "dbname": address.url.database,
        "application_name": "nextplay",
        **{f"keepalives_{name}": value for name, value in _ALIVE.items()},
        "tcp_user_timeout": _MOST_MS_UNHEARD,
        **given,
        "connect_timeout": _SECONDS_TO_CONNECT,
        "options": " ".join([given.get("options", ""), *own]).strip(),
    }
