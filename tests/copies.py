"""Copies of stores that all tests share, for tests that write."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store import Database

# Makes a store of tables with nothing in them, at a path, sooner than migrations would.
NewStore = Callable[[Path], Database]


def copy_of(store: Database, file: Path) -> Database:
    """Copy a store and its user data, which nobody writes, and return the copy at `file`."""
    copy = Database(file)
    for shared, own in zip(store.files, copy.files, strict=True):
        # Immutable, so that nothing comes to lie beside what all tests share.
        address = f"{shared.file.absolute().as_uri()}?immutable=1"
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(own.file)) as target,
        ):
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target)
        shutil.copymode(shared.file, own.file)
    return copy
