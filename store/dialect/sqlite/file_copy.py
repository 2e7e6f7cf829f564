"""Copying a whole SQLite database while others read and write it, by SQLite's own online backup."""

import enum
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from store.dialect.sqlite.engines import BUSY_TIMEOUT_MS, uri_of

# Between two steps an interrupt (Ctrl-C) is heard; 4 MB of 4 KB pages are a few milliseconds.
_PAGES_PER_STEP = 1024
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
# The same, and what is said where a table or column is not there.
_CONTENT = {*_DAMAGE, sqlite3.SQLITE_ERROR}

# A connection of the driver itself, as the functions below hand it to one another.
DriverConnection = sqlite3.Connection
# What these functions raise where the file cannot be read or written.
DriverError = sqlite3.Error


class Damaged(Exception):
    """The file is no SQLite database, or its pages contradict one another."""


class Obstacle(enum.Enum):
    """Why a file could not be read or written."""

    BUSY = enum.auto()
    FULL = enum.auto()
    DAMAGED = enum.auto()
    OTHER = enum.auto()


def obstacle(error: BaseException) -> Obstacle:
    """Return why the driver raised `error`."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return Obstacle.BUSY
    if code in _CONTENT:
        return Obstacle.DAMAGED
    return Obstacle.FULL if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) else Obstacle.OTHER


def is_damage(error: BaseException | None) -> bool:
    """Return whether the driver raised `error` for the file's content, not because it was locked out."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return code in _CONTENT


@contextmanager
def snapshot(file: Path) -> Iterator[DriverConnection]:
    """Open `file` read-only and keep the state of this moment in sight, whatever is written meanwhile.

    Raises:
        Damaged: It is no SQLite database.
        DriverError: It cannot be read.
    """
    with _damage_recognized(), open_file(file, "ro") as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # BEGIN alone takes no snapshot
        yield connection


def copy_out(source: DriverConnection, target: Path) -> None:
    """Write what `source` sees to the file `target`, new or empty: one file, complete, on the disk.

    Raises:
        Damaged: The copy is not sound.
        DriverError: It cannot be written.
    """
    with _damage_recognized(), open_file(target, "rwc") as connection:
        _copy(source, connection)
        connection.execute("PRAGMA journal_mode = DELETE")  # so that the file needs no -wal beside it
        require_sound(connection)


def compact_copy(source: Path, target: Path) -> None:
    """Write what the database `source` holds at this moment to the file `target`, new or empty.

    The room that no row uses is left out.

    Raises:
        Damaged: The source is not sound.
        DriverError: It cannot be read, or the target cannot be written.
    """
    with _damage_recognized(), open_file(source, "ro") as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def make_standalone(file: Path) -> None:
    """Have the database be one file, without a log beside it, that no file of user data belongs to.

    Raises:
        DriverError: It cannot be written.
    """
    with _damage_recognized(), open_file(file, "rw") as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 0")


def copy_in(source: DriverConnection, target: Path) -> None:
    """Replace the content of the live database `target` by what `source` sees, in one transaction.

    Readers of `target` see all of the old content until they begin again, and all of the new one then.
    Whatever breaks it off, a kill or a full disk included, leaves the old content.

    Raises:
        Damaged: `target` is too damaged for a transaction.
        DriverError: It cannot be written, or another writes it for too long.
    """
    with _damage_recognized(), open_file(target, "rwc") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        _copy(source, connection)
        connection.execute("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError):  # the restore is done; this only gives room back sooner
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def require_sound(connection: DriverConnection, *, thorough: bool = False) -> None:
    """Check that SQLite finds the pages in order; `thorough` compares indexes with rows too.

    Raises:
        Damaged: It does not.
    """
    with _damage_recognized():
        check = "integrity_check" if thorough else "quick_check"
        (finding,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    if finding != "ok":
        raise Damaged(" ".join(str(finding).split()))


def stored_revision(connection: DriverConnection) -> str | None:
    """Return the revision that Alembic stored in the database, None where it stored none."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return None if row is None else str(row[0])


def page_size(connection: DriverConnection) -> int:
    """Return the size of the database's pages in bytes."""
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(size)


@contextmanager
def open_file(file: Path, mode: str) -> Iterator[DriverConnection]:
    """Open `file` for the block as `mode` says: "ro", "rw" or, where it may be made, "rwc".

    Raises:
        DriverError: It cannot be opened.
    """
    if _is_irregular(file):
        refusal = sqlite3.OperationalError("it is no regular file")  # SQLite would wait for a pipe
        refusal.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise refusal
    address = f"{uri_of(file)}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        yield connection


def _is_irregular(file: Path) -> bool:
    with suppress(OSError):
        return not stat.S_ISREG(file.stat().st_mode)
    return False


def _copy(source: DriverConnection, target: DriverConnection) -> None:
    def refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
        # A step that reports this has waited long enough; Python would retry for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("another process is writing it")

    source.backup(target, pages=_PAGES_PER_STEP, progress=refuse_to_wait)


@contextmanager
def _damage_recognized() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            raise Damaged(str(error)) from error
        raise
    except UnicodeDecodeError as error:
        # SQLite's complaint quotes what is damaged, and the driver cannot decode it.
        raise Damaged("its schema is malformed") from error
