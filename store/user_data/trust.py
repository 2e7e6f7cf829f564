"""Whether what people stored is trusted, wherever it lies, and how it is said that it is not."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from store import dialect
from store.errors import DatabaseUnavailable, NotWritten, OutcomeUnknown, UserDataUnavailable
from store.user_data import seal
from store.user_data.store_mark import StoreMark

# Two writes in the same few milliseconds may leave one change token, so that a refusal is not kept for good.
_SECONDS_KEPT = 1.0


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What was found wrong with user data in a state, and until when it need not be looked at again."""

    state: object
    sentence: str
    until: float


class Trust:
    """User data are trusted where they belong to the store and their links are those written last.

    Only a decision of whoever runs the bot makes others trusted again.
    """

    def __init__(self, mark: StoreMark, where: str, remedy: str) -> None:
        """Look at user data that belong to the store of `mark`.

        Args:
            mark: How the store knows them.
            where: Where they lie, in a sentence such as "What people stored in FILE cannot be used".
            remedy: What whoever runs the bot can do, as the end of that sentence.
        """
        self.mark = mark
        self._where = where
        self._remedy = remedy
        self._trusted_at: object = None
        self._refusal: _Refusal | None = None

    @contextmanager
    def reading(
        self, opened: AbstractContextManager[Session], change_token: tuple[int, ...]
    ) -> Iterator[Session]:
        """Open a session of user data that are trusted.

        Every command asks for one, so that what was found is kept for as long as they and the store's mark
        are as they were: that they are trusted, and for a second why they are not. Why they cannot be read
        just now is not kept.

        `change_token` is theirs from before the session saw anything: what is written meanwhile is looked at
        the next time.

        Raises:
            UserDataUnavailable: They are not, or cannot be read.
        """
        now = change_token, self.mark.read()
        self._refuse_as_before(now)
        is_open = False
        try:
            with self.explained(), opened as session:
                if now != self._trusted_at:
                    self.require_ours(session)
                    self._trusted_at = now
                is_open = True
                yield session
        except UserDataUnavailable as error:
            if not is_open and _is_lasting(error):
                self._refusal = _Refusal(now, str(error), time.monotonic() + _SECONDS_KEPT)
            raise

    def _refuse_as_before(self, now: object) -> None:
        refusal = self._refusal
        if refusal is not None and refusal.state == now and time.monotonic() < refusal.until:
            raise UserDataUnavailable(refusal.sentence)

    @contextmanager
    def changing(self, session: Session) -> Iterator[int]:
        """Let the block change what is trusted, and seal the links as they are then; yields the mark.

        Raises:
            UserDataUnavailable: It is not.
        """
        mark = self.require_ours(session)  # otherwise damaged rows would be sealed as if they were sound
        seal.begin_changes(session)
        yield mark
        seal.renew(session)

    def require_ours(self, session: Session) -> int:
        """Return the mark of user data that are trusted. Raises UserDataUnavailable where they are not."""
        mark, stores = seal.mark_of(session), self.mark.read()
        if stores not in (0, mark):
            raise UserDataUnavailable("It belongs to another installation.")
        return mark

    @property
    def lost(self) -> UserDataUnavailable:
        """The error of what is lost: `where` has nothing in it any more."""
        return UserDataUnavailable(f"What people stored {self._where} is lost; {self._remedy}.")

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Raise what is wrong with them as UserDataUnavailable, with where they lie and the remedy."""
        try:
            yield
        except (NotWritten, OutcomeUnknown):
            raise
        except UserDataUnavailable as error:
            reason = str(error).rstrip(".")
            raise UserDataUnavailable(
                f"What people stored {self._where} cannot be used ({reason}); {self._remedy}."
            ) from error
        except DatabaseUnavailable as error:
            raise UserDataUnavailable(str(error)) from error
        except UnicodeEncodeError:
            raise  # of a text that was asked for: what is stored is decoded, not encoded
        except (ValueError, TypeError) as error:
            # A stored moment or list that is none.
            raise UserDataUnavailable(
                f"What people stored {self._where} is damaged ({error}); {self._remedy}."
            ) from error


def _is_lasting(error: UserDataUnavailable) -> bool:
    """Return whether what is wrong lies in the data themselves.

    Where a file is locked or may not be read, or a server is away, no change token tells when that is over.
    """
    cause = error.__cause__
    if type(cause) is not DatabaseUnavailable:
        return True
    of_driver = getattr(cause.__cause__, "orig", None)
    return isinstance(of_driver, dialect.DriverError) and dialect.is_damage(of_driver)
