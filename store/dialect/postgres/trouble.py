"""What an error of PostgreSQL means, by its SQLSTATE."""

import enum


class Trouble(enum.Enum):
    """Why something could not be done.

    `AWAY` is a server that cannot be reached or is going away, `TABLES` are some that are not there.
    """

    AWAY = enum.auto()
    BUSY = enum.auto()
    TIMEOUT = enum.auto()
    FULL = enum.auto()
    READ_ONLY = enum.auto()
    TABLES = enum.auto()
    OTHER = enum.auto()


_BY_STATE = {
    "53300": Trouble.AWAY,  # no connection is left
    "57P01": Trouble.AWAY,  # it is shutting down
    "57P02": Trouble.AWAY,  # another process of it has crashed
    "57P03": Trouble.AWAY,  # it is starting up
    "57P05": Trouble.AWAY,  # the session was idle for too long
    "55P03": Trouble.BUSY,
    "57014": Trouble.TIMEOUT,
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "42P01": Trouble.TABLES,
    "42703": Trouble.TABLES,
}
_OF_CONNECTIONS = "08"


def driver_errors() -> type[Exception]:
    """Return the class of all that the driver raises, for `except`."""
    from psycopg import Error

    return Error


def trouble_of(error: BaseException | None) -> Trouble:
    """Return what the driver's error means."""
    from psycopg import InterfaceError, OperationalError

    state = getattr(error, "sqlstate", None)
    if state is None:
        # Without a state it is the driver that speaks: there was no server to give one.
        return Trouble.AWAY if isinstance(error, (OperationalError, InterfaceError)) else Trouble.OTHER
    if state.startswith(_OF_CONNECTIONS):
        return Trouble.AWAY
    return _BY_STATE.get(state, Trouble.OTHER)
