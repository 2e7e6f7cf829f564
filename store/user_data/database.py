"""What the two places where people's data may lie have in common: a file, and a server."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeAlias

from sqlalchemy.orm import Session

from store.files.claims import Claim
from store.user_data.repository import Forgotten

# Called, in any thread, with whom another process has forgotten: a Discord id, or None for anybody.
ForgottenListener: TypeAlias = Callable[[int | None], None]


class UserDatabase(Protocol):
    """What people stored through the bot, wherever it lies.

    It is trusted where it belongs to the store and its links are those that were written last; a reader or
    writer of any other raises UserDataUnavailable. Only a decision of whoever runs the bot makes it trusted
    again.
    """

    def reader(self, *, seconds: float = 10.0) -> AbstractContextManager[Session]:
        """Open a read-only session whose queries may take `seconds` in all.

        Raises:
            UserDataUnavailable: It cannot be read or trusted.
            QueryTimeout: The time is up.
        """

    def writer(self) -> AbstractContextManager[Session]:
        """Open the writing session; it commits when the block ends and rolls back when the block raises.

        Raises:
            UserDataUnavailable: It cannot be read or trusted.
            NotWritten: It cannot be written, or another writer takes too long.
            OutcomeUnknown: Whether it was written is not known.
        """

    def change_token(self) -> tuple[int, ...]:
        """Return a value that changes whenever any process writes it. Nothing is opened or waited for."""

    @property
    def has_traces(self) -> bool:
        """Whether what was erased may still be found where it lay."""

    def wipe(self) -> bool:
        """Wipe out what was erased; return whether that was done. Who reads or writes may put it off."""

    def forget(self, discord_id: int) -> Forgotten:
        """Erase everything that names a Discord user. Raises as `writer` does."""

    def problem(self) -> str | None:
        """Return why what people stored cannot be used, in a sentence; None where all is well."""

    def upgrade(self) -> None:
        """Create the tables or bring them to this version of the program.

        Raises:
            UserDataUnavailable: What was there is lost, or cannot be written; it is left as it is.
        """

    def start_over(self, aside: Path) -> Path | None:
        """Go on without what was lost, or with what is sound and of another installation.

        Args:
            aside: What is damaged is set aside there, or under its name.

        Returns:
            Where that is; None where there was nothing damaged.

        Raises:
            DatabaseUnavailable: Nothing new can be made.
        """

    def watch(self, listener: ForgottenListener | None = None) -> None:
        """Look from now on, in a thread, for what other processes write; tell `listener` whom they forget."""

    def claim(self, name: str) -> Claim:
        """Return what one of the processes that share these user data has at a time, by a name of letters."""

    def close(self) -> None:
        """Close all connections that no session holds, and watch no longer."""
