"""Whether what people stored is trusted, wherever it lies, and how it is said that it is not."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy.orm import Session

from store.errors import DatabaseUnavailable, NotWritten, OutcomeUnknown, UserDataUnavailable
from store.user_data import seal
from store.user_data.store_mark import StoreMark


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

    @contextmanager
    def reading(
        self, opened: AbstractContextManager[Session], change_token: tuple[int, ...]
    ) -> Iterator[Session]:
        """Open a session of user data that are trusted.

        `change_token` is theirs from before the session saw anything: what is written meanwhile is looked at
        the next time.

        Raises:
            UserDataUnavailable: They are not, or cannot be read.
        """
        now = change_token, self.mark.read()
        with self.told_apart(), opened as session:
            if now != self._trusted_at:
                self.require_ours(session)
                self._trusted_at = now
            yield session

    @contextmanager
    def changing(self, session: Session) -> Iterator[int]:
        """Let the block change what is trusted, and seal the links as they are then; yields the mark.

        Raises:
            UserDataUnavailable: It is not.
        """
        mark = self.require_ours(session)  # or what is damaged would be sealed as if it were sound
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
    def told_apart(self) -> Iterator[None]:
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
        except (ValueError, TypeError) as error:
            # A stored moment or list that is none.
            raise UserDataUnavailable(
                f"What people stored {self._where} is damaged ({error}); {self._remedy}."
            ) from error
