"""A number in the header of a database file, which no table, migration or refresh touches.

In the store it is a mark, in the file of user data a counter.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import Connection

# SQLite keeps it as a signed 32-bit integer, 0 where none was written.
LARGEST_MARK = (1 << 31) - 1


def stored_mark(file: Path) -> int:
    """Return the number, 0 where there is none.

    Raises:
        DriverError: The file cannot be read, or is no database.
    """
    with closing(_connect(file, "ro")) as connection:
        (mark,) = connection.execute("PRAGMA user_version").fetchone()
    return int(mark)


def write_mark(file: Path, mark: int) -> bool:
    """Write the number (1 to `LARGEST_MARK`) if nobody else is writing; return whether it was written.

    It is not waited for: a refresh writes for minutes.
    """
    try:
        with closing(_connect(file, "rw")) as connection:
            connection.execute(f"PRAGMA user_version = {mark:d}")
    except sqlite3.Error:
        return False
    return True


def counted(connection: Connection) -> int:
    """Return the number as the transaction sees it."""
    number: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return number


def count_up(connection: Connection) -> int:
    """Count one up, in the transaction that writes; after the largest comes 0 again. Return the number."""
    number = (counted(connection) + 1) % (LARGEST_MARK + 1)
    connection.exec_driver_sql(f"PRAGMA user_version = {number:d}")
    return number


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    address = f"{file.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=0.2 if mode == "ro" else 0)
