"""Small stores in real files."""

import pytest

from store import Database
from tests.store.builder import SmallStore


@pytest.fixture
def small_store(empty_store: Database) -> SmallStore:
    """A database to fill and to question."""
    return SmallStore(empty_store)
