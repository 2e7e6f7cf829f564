"""Real database files in a folder of the test's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.store.builder import SmallStore


@pytest.fixture
def empty_store(empty_files: Path, tmp_path: Path) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    shutil.copytree(empty_files, tmp_path, dirs_exist_ok=True)
    database = Database(tmp_path / "nextplay.sqlite3")
    yield database
    database.close()


@pytest.fixture
def small_store(empty_store: Database) -> SmallStore:
    """A database to fill and to question."""
    return SmallStore(empty_store)
