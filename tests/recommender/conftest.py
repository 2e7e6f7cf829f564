"""A store of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.copies import NewStore


@pytest.fixture
def store(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    database = new_store(tmp_path / "nextplay.sqlite3")
    yield database
    database.close()
