"""Keeping the file of user data locked, as another process would."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from store import Database


@contextmanager
def locked(database: Database) -> Iterator[sqlite3.Connection]:
    """Hold the write lock of the user data, until the block ends or the connection is rolled back."""
    with closing(sqlite3.connect(database.user_data_file.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
