"""Copying a whole SQLite database while others read and write it, by SQLite's own online backup."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from store.dialect.sqlite import BUSY_TIMEOUT_MS

# Between two steps an interrupt (Ctrl-C) is heard; 4 MB of 4 KB pages are a few milliseconds.
_PAGES_PER_STEP = 1024
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Damaged(Exception):
    """The file is no SQLite database, or its pages contradict one another."""


@contextmanager
def snapshot(file: Path) -> Iterator[sqlite3.Connection]:
    """Open `file` read-only and keep the state of this moment in sight, whatever is written meanwhile.

    Raises Damaged if it is no SQLite database, sqlite3.Error if it cannot be read.
    """
    with _opened(file, "ro") as connection, _damage_told():
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # BEGIN alone takes no snapshot
        yield connection


def copy_out(source: sqlite3.Connection, target: Path) -> None:
    """Write what `source` sees to the new file `target`: one file, complete, on the disk.

    Raises Damaged if the copy is not sound, sqlite3.Error if it cannot be written.
    """
    with _opened(target, "rwc") as connection, _damage_told():
        _copy(source, connection)
        connection.execute("PRAGMA journal_mode = DELETE")  # the file shall need no -wal beside it
        require_sound(connection)


def copy_in(source: sqlite3.Connection, target: Path) -> None:
    """Replace the content of the live database `target` by what `source` sees, in one transaction.

    Readers of `target` see all of the old content until they begin anew, and all of the new one then.
    Whatever breaks it off, a kill or a full disk included, leaves the old content.

    Raises Damaged if `target` is too damaged for a transaction, sqlite3.Error if it cannot be written or is
    being written by another for too long.
    """
    with _opened(target, "rwc") as connection, _damage_told():
        connection.execute("PRAGMA journal_mode = WAL")
        _copy(source, connection)
        connection.execute("PRAGMA busy_timeout = 0")
        with suppress(sqlite3.OperationalError):  # the restore is done; this only gives room back sooner
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def require_sound(connection: sqlite3.Connection, *, thorough: bool = False) -> None:
    """Raise Damaged unless SQLite finds the pages in order; `thorough` compares indexes with rows too."""
    with _damage_told():
        check = "integrity_check" if thorough else "quick_check"
        (finding,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    if finding != "ok":
        raise Damaged(" ".join(str(finding).split()))


def page_size(connection: sqlite3.Connection) -> int:
    """Return the size of the database's pages in bytes."""
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(size)


@contextmanager
def _opened(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    address = f"{file.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        yield connection


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    def refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
        # The time for waiting is over when a step says so; Python would try again for ever.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("another process is writing it")

    source.backup(target, pages=_PAGES_PER_STEP, progress=refuse_to_wait)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            raise Damaged(str(error)) from error
        raise
