"""Small stores to report on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.store.builder import SmallStore


@pytest.fixture
def store(empty_files: Path, tmp_path: Path) -> Iterator[SmallStore]:
    """A store that has its tables and nothing in them."""
    folder = tmp_path / "store"
    shutil.copytree(empty_files, folder)
    database = Database(folder / "nextplay.sqlite3")
    yield SmallStore(database)
    database.close()
