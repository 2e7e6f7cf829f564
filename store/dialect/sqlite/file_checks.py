"""Looking at a whole SQLite file: whether its pages are in order, and whether it can be written."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from store.dialect.sqlite.file_copy import DriverConnection, open_file, require_sound, snapshot

# So few pages stay in memory that what is tried out reaches the disk.
_PAGES_IN_MEMORY = 8
_TRIED_BYTES = 1 << 20
# A refresh writes for longer than anybody wants to wait for an answer.
_WAIT_MS = 500


class PageCheck:
    """A look at every page of a file, which takes seconds for a large one and can be ended from elsewhere."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: DriverConnection | None = None
        self._is_stopped = False

    def run(self) -> None:
        """Check the pages; return early once stopped.

        Raises:
            Damaged: SQLite finds them in disorder.
            DriverError: The file cannot be read.
        """
        try:
            with snapshot(self._file) as connection:
                self._connection = connection
                if not self._is_stopped:
                    require_sound(connection)
        except sqlite3.OperationalError:
            if not self._is_stopped:
                raise
        finally:
            self._connection = None

    def stop(self) -> None:
        """End the check, from another thread."""
        self._is_stopped = True
        if (connection := self._connection) is not None:
            with suppress(sqlite3.ProgrammingError):  # it has just been closed
                connection.interrupt()


def try_writing(file: Path) -> None:
    """Write a megabyte into `file`, and take it back.

    Raises:
        DriverError: It cannot be written, or somebody else is writing.
    """
    with open_file(file, "rw") as connection:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        connection.execute(f"PRAGMA cache_size = {_PAGES_IN_MEMORY}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE writing_is_tried (content BLOB)")
        connection.execute("INSERT INTO writing_is_tried VALUES (zeroblob(?))", (_TRIED_BYTES,))
        connection.execute("ROLLBACK")
