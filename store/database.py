"""Opening the store: the file of the data, and what people stored, beside it or on a server."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from store import dialect
from store.caches.answer_cache import AnswerCache, use_answers
from store.dialect.postgres import Address
from store.errors import UserDataUnavailable
from store.files.database_file import DatabaseFile
from store.files.migration import MigrationBranch
from store.people.audience import AUDIENCE, Audience
from store.user_data.database import UserDatabase
from store.user_data.file import UserDataFile
from store.user_data.server import UserDataServer
from store.user_data.store_mark import StoreMark

__all__ = ["Address", "Database", "DatabaseFile", "UserDataFile", "UserDataServer", "UserDatabase"]


class Database(DatabaseFile):
    """The store: games, players, reviews and all that is worked out from them."""

    branch = MigrationBranch.DATA
    remedy = "fill it with `nextplay refresh FOLDER`"

    def __init__(
        self,
        url: str | Path,
        *,
        user_data: Address | None = None,
        trial_user_data: Path | None = None,
        immutable: bool = False,
    ) -> None:
        """Name the file, by path or as `sqlite:///path`; nothing is opened yet.

        Args:
            url: The store.
            user_data: The server on which people's data are instead of beside the store.
            trial_user_data: Where people's data are instead of beside the store, for a trial: the store never
                hears of them.
            immutable: Whether nobody writes the store for as long as it is there.

        Raises:
            ValueError: `url` names no SQLite file.
        """
        super().__init__(url)
        self._address = user_data
        self._trial_user_data = trial_user_data
        self._is_immutable = immutable

    @cached_property
    def user_data(self) -> UserDatabase:
        """What people stored through the bot."""
        return self.user_data_file if self._address is None else self.user_data_on(self._address)

    @cached_property
    def user_data_file(self) -> UserDataFile:
        """The same in a second file beside this one; what is on a server may have been there before."""
        return self.user_data_in(
            self._trial_user_data or self.file.with_name(f"{self.file.stem}.people{self.file.suffix}")
        )

    @property
    def files(self) -> tuple[DatabaseFile, ...]:
        """The files that are in use: this one and, unless people's data are on a server, theirs."""
        return (self, self.user_data_file) if self._address is None else (self,)

    def user_data_in(self, file: str | Path) -> UserDataFile:
        """Return what people stored in any file, as what may belong to this store."""
        return UserDataFile(file, self._mark)

    def user_data_on(self, address: Address) -> UserDataServer:
        """Return what people stored on any server, as what may belong to this store. Raises DriverMissing."""
        return UserDataServer(address, self._mark)

    @cached_property
    def _mark(self) -> StoreMark:
        return StoreMark(self._mark_file, is_trial=self._trial_user_data is not None)

    def for_trial(self, user_data: Path) -> "Database":
        """Return the same store with other user data, of which it never hears."""
        return Database(self.file, trial_user_data=user_data)

    @property
    def _mark_file(self) -> Path:
        """Where it is written down which user data belong to the store."""
        return self.file

    @cached_property
    def _cache(self) -> dialect.SharedCache:
        return dialect.SharedCache()

    @cached_property
    def _answers(self) -> AnswerCache:
        return AnswerCache()

    def _reader_engine(self) -> Engine:
        return dialect.reader_engine(self.file, cache=self._cache, immutable=self._is_immutable)

    @cached_property
    def _general_readers(self) -> Engine:
        return dialect.reader_engine(
            self.file, cache=self._cache, for_adults=False, immutable=self._is_immutable
        )

    @contextmanager
    def reader(self, *, seconds: float = 10.0, audience: Audience = Audience.ADULTS) -> Iterator[Session]:
        """Open a read-only session each question of which may take `seconds`, however long it stays open.

        A query is one question; so is a statement that is part of no query. To an `audience` of everyone, no
        game that is for adults is there.

        Raises:
            DatabaseUnavailable: There is no usable database; its subclasses say why.
            QueryTimeout: The time of a question is up.
        """
        engine = self._readers if audience is Audience.ADULTS else self._general_readers
        token = self.change_token()
        with self._reading(engine, seconds) as session:
            session.info[AUDIENCE] = audience
            use_answers(session, self._answers, token, audience)
            yield session

    def upgrade(self) -> None:
        """Create this file and people's, or bring their tables to this version of the program.

        The store serves without what people stored: where that is lost or damaged it is left as it is, no
        player is shown, and `UserDataFile.problem` says why.

        Raises:
            DatabaseUnavailable: The file of the data cannot be written or is no database.
        """
        super().upgrade()
        with suppress(UserDataUnavailable):
            self.user_data.upgrade()

    def close(self) -> None:
        """Close all connections that no session holds."""
        super().close()
        for name in ("user_data", "user_data_file"):
            if name in self.__dict__:
                self.__dict__[name].close()
