"""Small stores to report on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import NewStore
from tests.store.builder import SmallStore


@pytest.fixture
def store(new_store: NewStore, tmp_path: Path) -> Iterator[SmallStore]:
    """A store that has its tables and nothing in them."""
    folder = tmp_path / "store"
    folder.mkdir()
    database = new_store(folder / "nextplay.sqlite3")
    yield SmallStore(database)
    database.close()
