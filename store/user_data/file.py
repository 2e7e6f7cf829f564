"""The file of what people stored: whose it is, whether it can be believed, and what is erased from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from store import dialect, migration, private_files
from store.database_file import DatabaseFile
from store.errors import DatabaseUnavailable, NotWritten, StoreError, UserDataUnavailable
from store.migration import MigrationBranch
from store.user_data import erasure, repository, seal
from store.user_data.store_mark import StoreMark

# Where another process keeps even readers out, a command must answer all the same.
_READER_TIMEOUT_MS = 500
_DECIDE = (
    "put a backup back with `nextplay restore FILE`, "
    "or go on without what is lost with `nextplay db accept-loss`"
)


class UserDataFile(DatabaseFile):
    """What people stored through the bot, in a file that no refresh locks or replaces.

    It is believed where it belongs to the store and its links are those that were written last; a reader or
    writer of any other raises UserDataUnavailable. Only a decision of whoever runs the bot makes it believed
    again: a restore, or `begin_anew`.
    """

    branch = MigrationBranch.USER_DATA
    remedy = "create it with `nextplay db upgrade`"
    wipes = True

    def __init__(self, url: str | Path, mark: StoreMark) -> None:
        """Name the file that belongs to the store of `mark`; nothing is opened yet."""
        super().__init__(url)
        self._mark = mark
        self._believed_at: object = None
        self._rows_to_wipe = False

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
            UserDataUnavailable: The file is missing or cannot be believed.
            QueryTimeout: The time is up.
        """
        # Looked up before the session sees anything: what is written meanwhile is looked at the next time.
        now = self.change_token(), self._mark.read()
        with self._told_apart(), super().reader(seconds=seconds) as session:
            if now != self._believed_at:
                self._require_ours(session)
                self._believed_at = now
            yield session

    @contextmanager
    def writer(self, *, bulk: bool = False) -> Iterator[Session]:
        """Open the writing session; otherwise as that of `DatabaseFile`.

        What was there before is gone from the file and from its log when the block has ended.

        Raises:
            UserDataUnavailable: The file is missing or cannot be believed.
            NotWritten: It cannot be written, or another writer keeps the lock too long.
        """
        with self._told_apart(), super().writer(bulk=bulk) as session:
            mark = self._require_ours(session)  # or what is damaged would be sealed as if it were sound
            seal.begin_changes(session)
            yield session
            seal.renew(session)
            has_links, erases = seal.has_links(session), erasure.has_erased(session)
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
        """Wipe out what was erased; tell whether that was done. Who reads or writes may put it off."""
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
        with self._told_apart():
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

    def begin_anew(self, aside: Path) -> Path | None:
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
        self.close()
        moved = self._move_aside(aside)
        self.adopt()
        return moved

    def is_sound(self) -> bool:
        """Tell whether the pages are in order and the links those that were written last.

        Raises:
            DatabaseUnavailable: The file cannot be read just now, so that nobody can tell.
        """
        try:
            with self._readers.connect() as connection, Session(connection) as session:
                _require_sound_pages(session)
                revision = migration.revision_of(connection)
                if revision != migration.head(self.branch):
                    return revision in migration.revisions(self.branch)  # those before had no seal
                seal.sealed_links(session)
        except (UserDataUnavailable, UnicodeDecodeError):
            return False  # the driver fails to decode a complaint that quotes what is damaged
        except DatabaseError as error:
            if dialect.is_damage(error.orig):
                return False
            raise DatabaseUnavailable(f"The database {self.file} cannot be read: {error.orig}.") from error
        return True

    def is_sound_copy(self, file: Path) -> bool:
        """Tell the same of a copy of the file, of this version of the program."""
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

    def _require_ours(self, session: Session) -> int:
        mark, stores = seal.mark_of(session), self._mark.read()
        if stores not in (0, mark):
            raise UserDataUnavailable("It belongs to another installation.")
        return mark

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """Raise what is wrong with the file as UserDataUnavailable, with the file and the remedy."""
        try:
            yield
        except NotWritten:
            raise
        except UserDataUnavailable as error:
            reason = str(error).rstrip(".")
            raise UserDataUnavailable(
                f"What people stored in {self.file} cannot be used ({reason}); {_DECIDE}."
            ) from error
        except DatabaseUnavailable as error:
            raise UserDataUnavailable(str(error)) from error
        except (ValueError, TypeError) as error:
            # A stored moment or list that is none.
            raise UserDataUnavailable(
                f"What people stored in {self.file} is damaged ({error}); {_DECIDE}."
            ) from error


def _require_sound_pages(session: Session) -> None:
    damage = dialect.page_damage(session.connection())
    if damage is not None:
        raise UserDataUnavailable(f"It is damaged: {damage}.")
