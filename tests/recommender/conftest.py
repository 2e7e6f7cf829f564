"""A store of its own for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database


@pytest.fixture
def store(empty_files: Path, tmp_path: Path) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    shutil.copytree(empty_files, tmp_path, dirs_exist_ok=True)
    database = Database(tmp_path / "nextplay.sqlite3")
    yield database
    database.close()
