"""A store of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    database = Database(tmp_path / "nextplay.sqlite3")
    database.upgrade()
    yield database
    database.close()
