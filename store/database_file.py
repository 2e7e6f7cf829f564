"""One database file: read-only sessions for questions, one writer for everything else, migrations."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from store import dialect, migration, private_files
from store.errors import DatabaseUnavailable, NotWritten, QueryTimeout
from store.migration import MigrationBranch
from store.session_cache import caching_info

# The key in a reader session's `info` of the seconds that it was allowed last.
_SECONDS = "nextplay.seconds"


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
        """Open a read-only session whose queries may take `seconds` in all.

        Raises:
            DatabaseUnavailable: There is no usable database.
            QueryTimeout: The time is up.
        """
        self._require_file()
        session = Session(self._readers, info=caching_info())
        try:
            with session:
                self.limit_time(session, seconds)
                self._require_current(session)
                yield session
        except OperationalError as error:
            if dialect.is_timeout(error.orig):
                allowed = session.info[_SECONDS]
                raise QueryTimeout(
                    f"The query took longer than {allowed:g} seconds and was stopped."
                ) from error
            raise DatabaseUnavailable(f"The database {self.file} cannot be read: {error.orig}.") from error
        except DatabaseError as error:
            raise DatabaseUnavailable(f"{self.file} is not a usable database: {error.orig}.") from error

    def limit_time(self, session: Session, seconds: float) -> None:
        """Limit the further queries of a reader's `session` to `seconds` in all."""
        session.info[_SECONDS] = seconds
        dialect.limit_time(session.connection().connection.dbapi_connection, seconds)

    @cached_property
    def _bulk_writer(self) -> Engine:
        return dialect.writer_engine(self.file, wipe=self.wipes, check_rows=False)

    @contextmanager
    def writer(self, *, bulk: bool = False) -> Iterator[Session]:
        """Open the writing session; it commits when the block ends and rolls back when the block raises.

        With `bulk`, references between tables are checked once, before the commit, rather than with every
        row, and rows that refer to a deleted one stay until the block deletes them.

        Raises:
            DatabaseUnavailable: There is no usable database.
            NotWritten: It cannot be written, or another writer keeps the lock too long.
            sqlite3.IntegrityError: A reference leads nowhere at the end of a `bulk` block.
        """
        self._require_file()
        try:
            with Session(self._bulk_writer if bulk else self._writer) as session, session.begin():
                session.connection()  # takes the lock now rather than at the first statement
                self._require_current(session)
                yield session
                if bulk:
                    session.flush()
                    dialect.require_references(session.connection())
        except OperationalError as error:
            kind = DatabaseUnavailable if dialect.is_damage(error.orig) else NotWritten
            raise kind(f"The database {self.file} cannot be written: {error.orig}.") from error
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise DatabaseUnavailable(f"{self.file} is not a usable database: {error.orig}.") from error

    def change_token(self) -> tuple[int, ...]:
        """Return a value that changes whenever any process writes or replaces the file.

        It is looked up without opening the file. Two writes in the same few milliseconds may leave one value.
        """
        return tuple(number for file in self._written for number in _state_of(file))

    @cached_property
    def _written(self) -> tuple[str, str]:
        return str(self.file), f"{self.file}-wal"

    def _require_file(self) -> None:
        """Refuse a file that is not there; open anew one that was put in the place of another."""
        try:
            state = os.stat(self._written[0])  # noqa: PTH116 - as in `_state_of`
        except OSError:
            state = None
        if state is None or not stat.S_ISREG(state.st_mode):
            raise DatabaseUnavailable(f"There is no database at {self.file}; {self.remedy}.")
        there = state.st_dev, state.st_ino
        if self._opened not in (None, there):
            # What is open still reads and writes the file that is gone.
            self._drop_connections()
            self._is_current = False
        self._opened = there

    def _require_current(self, session: Session) -> None:
        if not self._is_current:
            migration.require_current(session.connection(), self.branch, self.file, self.remedy)
            self._is_current = True

    def upgrade(self) -> None:
        """Create the database or bring its tables to this version of the program.

        Where that is done already, no writer is waited for.

        Raises:
            DatabaseUnavailable: The file cannot be written or is no database.
        """
        if self._has_current_tables():
            return
        try:
            private_files.make_folder(self.file.parent)
            private_files.ensure(self.file)
            with self._writer.connect() as connection:
                migration.upgrade(connection, self.branch)
        except (DatabaseError, OSError) as error:
            reason = error.orig if isinstance(error, DatabaseError) else error
            raise DatabaseUnavailable(f"The database {self.file} cannot be set up: {reason}.") from error

    def _has_current_tables(self) -> bool:
        if not self.file.is_file():
            return False
        try:
            with self._readers.connect() as connection:
                return migration.is_current(connection, self.branch)
        except DatabaseError:
            return False  # the upgrade itself reports it

    def adopt(self) -> None:
        """Go on with a file that whoever runs the bot has put here: bring its tables up to date.

        Raises:
            DatabaseUnavailable: The file cannot be written or is no database.
        """
        DatabaseFile.upgrade(self)

    def is_sound(self) -> bool:
        """Tell whether the file holds what was written to it last, as far as its pages do not show that."""
        return True

    def is_sound_copy(self, file: Path) -> bool:
        """Tell the same of a copy of the file, of this version of the program."""
        return True

    def close(self) -> None:
        """Close all connections that no session holds."""
        self._drop_connections()

    def _drop_connections(self) -> None:
        for name in ("_readers", "_writer", "_bulk_writer"):
            engine: Engine | None = self.__dict__.pop(name, None)
            if engine is not None:
                engine.dispose()


def _state_of(file: str) -> tuple[int, int, int]:
    try:
        state = os.stat(file)  # noqa: PTH116 - every command does it, and a path takes twice as long
    except OSError:
        return (0, 0, 0)
    return state.st_ino, state.st_size, state.st_mtime_ns
