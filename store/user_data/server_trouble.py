"""What goes wrong with the server of user data, as sentences that say what to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from store.dialect import postgres
from store.dialect.postgres import Trouble
from store.errors import DatabaseUnavailable, NotWritten, OutcomeUnknown, QueryTimeout, UserDataUnavailable

# What sentences call it: its address has a password.
NAME = "on the PostgreSQL server"
DECIDE = (
    "put a copy back with `nextplay users copy FILE server`, "
    "or go on without what is lost with `nextplay db accept-loss`"
)
_REMEDIES = {
    Trouble.AWAY: "start the server, or mend NEXTPLAY_USER_DATABASE; it is used again as soon as it answers",
    Trouble.BUSY: "wait until the other process has ended and try again",
    Trouble.TIMEOUT: "look what keeps the server busy",
    Trouble.FULL: "free some space on the server and try again",
    Trouble.READ_ONLY: "name the primary server rather than a standby",
    Trouble.TABLES: DECIDE,
    Trouble.OTHER: "check the server, and what its user may do there",
}


def sentence(attempted: str, why: str, trouble: Trouble) -> str:
    """Return what could not be done, why, and the remedy."""
    reason = why.rstrip(".")
    return f"What people stored {NAME} cannot be {attempted}: {reason}; {_REMEDIES[trouble]}."


class ServerTrouble:
    """Turns what the driver raises into errors that say what to do, without the server's address."""

    def __init__(self, address: postgres.Address, on_absence: Callable[[], None]) -> None:
        """Speak of a database; `on_absence` is called where its server did not answer."""
        self._address = address
        self._on_absence = on_absence

    @contextmanager
    def raised_as(self, attempted: str, kind: type[DatabaseUnavailable]) -> Iterator[None]:
        """Raise what the driver raises in the block as a sentence, of `kind`; it says what was attempted.

        Raises:
            DatabaseUnavailable: Of `kind`, or UserDataUnavailable where tables are not as they were.
            QueryTimeout: A statement that reads took too long.
        """
        try:
            yield
        except IntegrityError:
            raise  # a bug in the code that writes, not a fault of the server
        except NoConnectionLeft as error:
            raise kind(sentence(attempted, "all connections are in use", Trouble.BUSY)) from error
        except DBAPIError as error:
            trouble = postgres.trouble_of(error.orig)
            why = self._address.without_secrets(str(error.orig))
            if trouble is Trouble.AWAY:
                self._on_absence()
            if trouble is Trouble.TABLES:
                raise UserDataUnavailable("its tables are not as they were") from error
            if trouble is Trouble.TIMEOUT and kind is DatabaseUnavailable:
                raise QueryTimeout(f"The query took too long and was stopped: {why}.") from error
            was_answered = kind is OutcomeUnknown and trouble is not Trouble.AWAY
            raise (NotWritten if was_answered else kind)(sentence(attempted, why, trouble)) from error
