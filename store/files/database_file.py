"""One database file: read-only sessions for questions, one writer for everything else, migrations."""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session, SessionTransaction

from store import dialect
from store.dialect import Obstacle
from store.errors import DatabaseDamaged, DatabaseMissing, DatabaseUnavailable, NotWritten, QueryTimeout
from store.files import migration, private_files
from store.files.migration import MigrationBranch, TablesState

# The keys in a reader session's `info`: the seconds that each question is allowed, and the time limit of the
# connection that it reads by.
_SECONDS = "nextplay.seconds"
_TIME_LIMIT = "nextplay.time_limit"
# The key in a bulk writer's `info`: the names of the tables whose references need no check.
_SOUND = "nextplay.sound"
_REMEDIES = {
    Obstacle.BUSY: "wait until the other process has ended and try again",
    Obstacle.FULL: "free some space and try again",
    Obstacle.DAMAGED: "name another file, or restore a backup with `nextplay restore`",
    Obstacle.OTHER: "check the file, its folder and their rights",
}


def skip_reference_check(session: Session, table: str) -> None:
    """Have the end of a bulk block leave out a table, all of whose references the block has checked."""
    session.info.setdefault(_SOUND, set()).add(table)


class _ReaderSession(Session):
    """A session whose connection, whichever it is, allows each question the session's own seconds."""


@event.listens_for(_ReaderSession, "after_begin")
def _allow(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    limit = dialect.time_limit_of(connection)
    assert limit is not None
    limit.seconds = session.info[_SECONDS]
    session.info[_TIME_LIMIT] = limit


class DatabaseFile:
    """One SQLite file: read-only sessions, a single writer, migrations.

    Sessions are context managers. A reader sees one state of the data for as long as it is open, whatever is
    written meanwhile. Writers wait for one another, across processes too.
    """

    branch: MigrationBranch
    remedy: str
    wipes = False

    def __init__(self, url: str | Path) -> None:
        """Name the file, by path or as `sqlite:///path`; nothing is opened yet.

        Raises:
            ValueError: `url` names no SQLite file.
        """
        self.file = dialect.file_of(url)
        self._is_current = False
        self._opened: tuple[int, int] | None = None
        self._opening = threading.Lock()

    @cached_property
    def _readers(self) -> Engine:
        return self._reader_engine()

    def _reader_engine(self) -> Engine:
        return dialect.reader_engine(self.file)

    @cached_property
    def _writer(self) -> Engine:
        return dialect.writer_engine(self.file, wipe=self.wipes)

    @contextmanager
    def reader(self, *, seconds: float = 10.0) -> Iterator[Session]:
        """Open a read-only session each question of which may take `seconds`, however long it stays open.

        A query is one question; so is a statement that is part of no query.

        Raises:
            DatabaseUnavailable: There is no usable database; its subclasses say why.
            QueryTimeout: The time of a question is up.
        """
        with self._reading(self._readers, seconds) as session:
            yield session

    @contextmanager
    def _reading(self, engine: Engine, seconds: float) -> Iterator[Session]:
        self._require_file()
        session = _ReaderSession(engine, info={_SECONDS: seconds})
        try:
            with self._decoded(), session:
                self._require_current(session)
                yield session
        except DatabaseError as error:
            if dialect.is_timeout(error.orig):
                allowed = session.info[_TIME_LIMIT].allowed
                raise QueryTimeout(
                    f"The query took longer than {allowed:g} seconds and was stopped."
                ) from error
            raise self._explained(error, "read") from error

    @cached_property
    def _bulk_writer(self) -> Engine:
        return dialect.writer_engine(self.file, wipe=self.wipes, check_rows=False)

    @contextmanager
    def writer(self, *, bulk: bool = False) -> Iterator[Session]:
        """Open the writing session; it commits when the block ends and rolls back when the block raises.

        With `bulk`, references between tables are checked once, before the commit, rather than with every
        row, and rows that refer to a deleted one stay until the block deletes them.

        Raises:
            DatabaseUnavailable: There is no usable database; its subclasses say why.
            NotWritten: It cannot be written, or another writer keeps the lock too long.
            sqlite3.IntegrityError: A reference leads nowhere at the end of a `bulk` block.
        """
        self._require_file()
        try:
            engine = self._bulk_writer if bulk else self._writer
            with self._decoded(), Session(engine) as session, session.begin():
                session.connection()  # takes the lock now rather than at the first statement
                self._require_current(session)
                yield session
                if bulk:
                    session.flush()
                    dialect.require_references(session.connection(), sound=session.info.get(_SOUND, ()))
        except (IntegrityError, ProgrammingError):
            raise  # a bug in the code that writes, not a fault of the file
        except DatabaseError as error:
            raise self._explained(error, "written", NotWritten) from error

    def change_token(self) -> tuple[int, ...]:
        """Return a value that changes whenever any process writes or replaces the file.

        It is looked up without opening the file. Two writes in the same few milliseconds may leave one value.
        """
        return tuple(number for file in self._written for number in _state_of(file))

    @cached_property
    def _written(self) -> tuple[str, str]:
        file = os.path.realpath(self.file)  # the log lies beside the file itself, not beside a link to it
        return file, f"{file}-wal"

    def exists(self) -> bool:
        """Return whether there is a file.

        Raises:
            DatabaseMissing: What is there is no regular file.
            DatabaseUnavailable: Its folder cannot be looked into.
        """
        try:
            mode = self.file.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise DatabaseUnavailable(
                f"The database {self.file} cannot be reached: {error.strerror};"
                f" check the path and its rights."
            ) from None
        if stat.S_ISDIR(mode):
            raise DatabaseMissing(
                f"{self.file} is a folder, not a database; name a file in it, such as"
                f" {self.file / 'nextplay.sqlite3'}."
            )
        if not stat.S_ISREG(mode):
            raise DatabaseMissing(f"{self.file} is no regular file; name another file as the database.")
        return True

    def _require_file(self) -> None:
        """Make sure that there is a file, and that no connection is to another one that was there before."""
        if not self.exists():
            raise DatabaseMissing(f"There is no database at {self.file}; {self.remedy}.")
        state = self.file.stat()
        found = state.st_dev, state.st_ino
        with self._opening:
            if self._opened not in (None, found):
                self._close_connections()
                self._is_current = False
            self._opened = found

    def _require_current(self, session: Session) -> None:
        if not self._is_current:
            migration.require_current(session.connection(), self.branch, self.file, self.remedy)
            self._is_current = True

    def upgrade(self) -> None:
        """Create the database or bring its tables to this version of the program.

        Where that is done already, no writer is waited for.

        Raises:
            DatabaseTooNew: A newer version of the program made the tables.
            DatabaseForeign: It is a database of something else.
            DatabaseUnavailable: The file cannot be written or is no database.
        """
        if self.exists() and self._has_current_tables():
            return
        try:
            private_files.make_folder(self.file.parent)
            private_files.ensure(self.file)
            with self._decoded(), self._writer.connect() as connection:
                migration.require_upgradable(connection, self.branch, self.file)
                connection.rollback()  # Alembic begins a transaction of its own
                migration.upgrade(connection, self.branch)
        except OSError as error:
            raise DatabaseUnavailable(
                f"The database {self.file} cannot be set up: {error.strerror or error};"
                f" {_REMEDIES[Obstacle.OTHER]}."
            ) from error
        except DatabaseError as error:
            raise self._explained(error, "set up") from error

    def _has_current_tables(self) -> bool:
        """Return whether nothing is to be done; a reader looks it up: a writer alters any file."""
        try:
            with self._readers.connect() as connection:
                state = migration.require_upgradable(connection, self.branch, self.file)
                return state is TablesState.CURRENT
        except (DatabaseError, UnicodeDecodeError):
            return False  # the upgrade itself reports it

    def adopt(self) -> None:
        """Take over a file that the admin has put here: bring its tables up to date.

        Raises:
            DatabaseUnavailable: The file cannot be written or is no database.
        """
        DatabaseFile.upgrade(self)

    def is_sound(self) -> bool:
        """Return whether the file holds what was written to it last, as far as its pages do not show that."""
        return True

    def is_sound_copy(self, file: Path) -> bool:
        """Return the same for a copy of the file, of this version of the program."""
        return True

    @contextmanager
    def _decoded(self) -> Iterator[None]:
        """Raise DatabaseDamaged where the driver fails to decode a complaint that quotes what is damaged."""
        try:
            yield
        except UnicodeDecodeError as error:
            raise DatabaseDamaged(
                f"{self.file} is not a usable database; {_REMEDIES[Obstacle.DAMAGED]}."
            ) from error

    def _explained(
        self, error: DatabaseError, attempted: str, kind: type[DatabaseUnavailable] = DatabaseUnavailable
    ) -> DatabaseUnavailable:
        """Return what the driver raised as a sentence, of `kind` where the file itself is sound.

        `attempted` is what could not be done.
        """
        assert error.orig is not None
        why = dialect.obstacle(error.orig)
        if why is Obstacle.DAMAGED:
            return DatabaseDamaged(f"{self.file} is not a usable database: {error.orig}; {_REMEDIES[why]}.")
        return kind(f"The database {self.file} cannot be {attempted}: {error.orig}; {_REMEDIES[why]}.")

    def close(self) -> None:
        """Close all connections that no session holds."""
        self._close_connections()

    def _close_connections(self) -> None:
        for name in ("_readers", "_general_readers", "_writer", "_bulk_writer"):
            engine: Engine | None = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose()


def _state_of(file: str) -> tuple[int, int, int]:
    try:
        state = os.stat(file)  # noqa: PTH116 - every command does it, and a path takes twice as long
    except OSError:
        return (0, 0, 0)
    return state.st_ino, state.st_size, state.st_mtime_ns
