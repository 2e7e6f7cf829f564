"""Real database files in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.copies import NewStore
from tests.store.builder import SmallStore


@pytest.fixture
def empty_store(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    database = new_store(tmp_path / "nextplay.sqlite3")
    yield database
    database.close()


@pytest.fixture
def small_store(empty_store: Database) -> SmallStore:
    """A database to fill and to question."""
    return SmallStore(empty_store)
