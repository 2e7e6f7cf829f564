"""A small world of raw files and an empty store for each test of ingest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Database
from tests.copies import NewStore
from tests.ingest.raw_files import RawFolder, small_world


@pytest.fixture
def world(tmp_path: Path) -> RawFolder:
    """Small raw files, written."""
    folder = tmp_path / "raw"
    folder.mkdir()
    raw = small_world(folder)
    raw.write()
    return raw


@pytest.fixture
def database(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A store with nothing in it."""
    store = new_store(tmp_path / "nextplay.sqlite3")
    yield store
    store.close()
