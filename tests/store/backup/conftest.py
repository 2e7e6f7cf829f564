"""A small real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.copies import NewStore
from tests.store.backup.recorded_runs import add_run


@pytest.fixture
def database(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A store whose only run is called 'first'."""
    opened = new_store(tmp_path / "store.sqlite3")
    add_run(opened, "first")
    yield opened
    opened.close()
