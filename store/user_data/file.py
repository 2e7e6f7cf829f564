"""The file of what people stored: whose it is, whether it can be trusted, and what is erased from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from store import dialect
from store.errors import StoreError, UserDataUnavailable
from store.files import migration, private_files
from store.files.claims import FileClaim
from store.files.database_file import DatabaseFile
from store.files.migration import MigrationBranch
from store.user_data import erasure, repository, seal
from store.user_data.database import ForgottenListener
from store.user_data.file_watch import FileWatch
from store.user_data.store_mark import StoreMark
from store.user_data.trust import Trust

# Where another process keeps even readers out, a command must answer all the same.
_READER_TIMEOUT_MS = 500
_DECIDE = (
    "put a backup back with `nextplay restore FILE`, "
    "or go on without what is lost with `nextplay db accept-loss`"
)


class UserDataFile(DatabaseFile):
    """What people stored through the bot, in a file that no refresh locks or replaces.

    It is trusted where it belongs to the store and its links are those that were written last; a reader or
    writer of any other raises UserDataUnavailable. Only a decision of whoever runs the bot makes it trusted
    again: a restore, or `start_over`.
    """

    branch = MigrationBranch.USER_DATA
    remedy = "create it with `nextplay db upgrade`"
    wipes = True

    def __init__(self, url: str | Path, mark: StoreMark) -> None:
        """Name the file that belongs to the store of `mark`; nothing is opened yet."""
        super().__init__(url)
        self._mark = mark
        self._trust = Trust(mark, f"in {self.file}", _DECIDE)
        self._rows_to_wipe = False
        self._watch = FileWatch(self.change_token, self._forgettings)

    def _reader_engine(self) -> Engine:
        return dialect.reader_engine(self.file, mapped=False, busy_timeout_ms=_READER_TIMEOUT_MS)

    def _require_file(self) -> None:
        if self.is_lost:
            raise UserDataUnavailable(f"{self.file} is gone or empty.")
        super()._require_file()

    @contextmanager
    def reader(self, *, seconds: float = 10.0) -> Iterator[Session]:
        """Open a read-only session whose queries may take `seconds` in all.

        Raises:
            UserDataUnavailable: The file is missing or cannot be trusted.
            QueryTimeout: The time is up.
        """
        with self._trust.reading(super().reader(seconds=seconds), self.change_token()) as session:
            yield session

    @contextmanager
    def writer(self, *, bulk: bool = False) -> Iterator[Session]:
        """Open the writing session; otherwise as that of `DatabaseFile`.

        What was there before is gone from the file and from its log when the block has ended.

        Raises:
            UserDataUnavailable: The file is missing or cannot be trusted.
            NotWritten: It cannot be written, or another writer keeps the lock too long.
        """
        forgettings = None
        with self._trust.explained(), super().writer(bulk=bulk) as session:
            with self._trust.changing(session) as mark:
                yield session
            has_links, erases = seal.has_links(session), erasure.has_erased(session)
            if erasure.forgotten_in(session):
                forgettings = dialect.count_up(session.connection())
        if forgettings is not None:
            self._watch.expect(forgettings)
        self._rows_to_wipe = self._rows_to_wipe or erases
        self.wipe()
        if has_links:
            self._mark.write(mark)

    @property
    def has_traces(self) -> bool:
        """Whether what was erased may still be read in the file or in its log."""
        log = self.file.with_name(f"{self.file.name}-wal")
        return self._rows_to_wipe or (log.exists() and log.stat().st_size > 0)

    def wipe(self) -> bool:
        """Wipe out what was erased; return whether that was done. Who reads or writes may put it off."""
        is_done = dialect.wipe(self._writer, rows=self._rows_to_wipe)
        self._rows_to_wipe = self._rows_to_wipe and not is_done
        return is_done

    def forget(self, discord_id: int) -> repository.Forgotten:
        """Erase everything that names a Discord user, from the file itself and from its log.

        Raises:
            DatabaseUnavailable: As `writer` does.
        """
        with self.writer() as session:
            return repository.forget(session, discord_id)

    @property
    def is_lost(self) -> bool:
        """Whether there is no such file, or an empty one, where the store has met one."""
        is_there = self.file.is_file() and self.file.stat().st_size > 0
        return not is_there and bool(self._mark.read())

    def is_in_use(self) -> bool:
        """Return whether anybody has anything stored here; False where nobody can tell."""
        try:
            with super().reader() as session:
                return repository.is_in_use(session)
        except StoreError:
            return False

    def problem(self) -> str | None:
        """Return why what people stored cannot be used, in a sentence; None where all is well."""
        try:
            with self.reader() as session:
                _require_sound_pages(session)
        except StoreError as error:
            return str(error)
        return None

    def upgrade(self) -> None:
        """Create the file or bring its tables to this version of the program.

        Raises:
            UserDataUnavailable: The file is lost, cannot be written or is no database; it is left as it is.
        """
        if self.is_lost:
            raise UserDataUnavailable(f"What people stored is lost: {self.file} is gone or empty; {_DECIDE}.")
        with self._trust.explained():
            super().upgrade()
        with self.reader() as session:
            mark, has_links = seal.mark_of(session), seal.has_links(session)
        if has_links:
            self._mark.write(mark)

    def adopt(self) -> None:
        """Go on with a file that whoever runs the bot has put here: have it belong to the store.

        Raises:
            DatabaseUnavailable: It cannot be written, or is no database.
        """
        super().adopt()
        mark = self._mark.read()
        if mark:
            with super().writer() as session:
                seal.set_mark(session, mark)

    def start_over(self, aside: Path) -> Path | None:
        """Go on without what was lost. A sound file of another installation is kept and used from now on.

        Args:
            aside: Where a file that is damaged is moved to, with its log.

        Returns:
            The damaged file, or None where there was none.

        Raises:
            OSError: The damaged file cannot be moved.
            DatabaseUnavailable: A new one cannot be made.
        """
        if not self.is_lost and self.is_sound():
            self.adopt()
            return None
        self._close_connections()
        moved = self._move_aside(aside)
        self.adopt()
        return moved

    def is_sound(self) -> bool:
        """Return whether the pages are in order and the links those that were written last.

        Raises:
            DatabaseUnavailable: The file cannot be read just now, so that nobody can tell.
        """
        try:
            with self._readers.connect() as connection, Session(connection) as session:
                _require_sound_pages(session)
                revision = migration.revision_of(connection)
                if revision != migration.head(self.branch):
                    # A migration that renews the seal leaves one that is broken as it is.
                    return revision in migration.revisions(self.branch)
                seal.sealed_links(session)
        except (UserDataUnavailable, UnicodeDecodeError):
            return False  # the driver fails to decode a complaint that quotes what is damaged
        except DatabaseError as error:
            if dialect.is_damage(error.orig):
                return False
            raise self._explained(error, "read") from error
        return True

    def is_sound_copy(self, file: Path) -> bool:
        """Return the same for a copy of the file, of this version of the program."""
        copy = UserDataFile(file, self._mark)
        try:
            return copy.is_sound()
        finally:
            copy.close()

    def _move_aside(self, aside: Path) -> Path | None:
        moved = None
        for suffix in ("-shm", "-wal", ""):
            part = self.file.with_name(self.file.name + suffix)
            if part.is_file() and suffix != "-shm" and part.stat().st_size:
                moved = aside.with_name(aside.name + suffix)
                private_files.make_folder(aside.parent)
                private_files.copy(part, moved)
            part.unlink(missing_ok=True)
        return moved

    @contextmanager
    def unchecked_writer(self) -> Iterator[Session]:
        """Open the writing session of what need not be trusted. Raises as `writer` does."""
        with super().writer() as session:
            yield session

    def restart_numbering(self, session: Session) -> None:
        """Have the rows that are numbered by themselves go on after the largest number, as SQLite does."""

    def watch(self, listener: ForgottenListener | None = None) -> None:
        """Look from now on, in a thread, whether another process of this machine has forgotten somebody."""
        self._watch.start(listener)

    def claim(self, name: str) -> FileClaim:
        """Return what one of the processes of this machine has at a time, by a name of letters."""
        return FileClaim(self.file.with_name(f"{self.file.stem}.{name}.claim"))

    def close(self) -> None:
        """Close all connections that no session holds, and watch no longer."""
        self._watch.stop()
        super().close()

    def _forgettings(self) -> int:
        """Return how often somebody was forgotten. Raises StoreError where the file cannot be read."""
        with super().reader() as session:
            return dialect.counted(session.connection())


def _require_sound_pages(session: Session) -> None:
    damage = dialect.page_damage(session.connection())
    if damage is not None:
        raise UserDataUnavailable(f"It is damaged: {damage}.")
