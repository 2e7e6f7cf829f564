"""A store with its user data, in a file or on a server, and ways to lose or damage them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import Database, user_data
from store.database import Address
from tests.copies import NewStore

ANA, BEN = 111, 222
SECRET = "keeps-to-herself"

Open = Callable[[], Database]


@pytest.fixture
def empty_store(new_store: NewStore, tmp_path: Path, place: Address | None) -> Iterator[Database]:
    """A database that has its tables and nothing in them."""
    database = Database(new_store(tmp_path / "nextplay.sqlite3").file, user_data=place)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def reopened(empty_store: Database, place: Address | None) -> Iterator[Open]:
    """Opens the store as another process would at its start."""
    opened = []

    def reopen() -> Database:
        database = Database(empty_store.file, user_data=place)
        opened.append(database)
        database.upgrade()
        return database

    yield reopen
    for database in opened:
        database.close()


@pytest.fixture
def store(empty_store: Database) -> Database:
    """A store in which Ana keeps a player private."""
    with empty_store.user_data.writer() as session:
        user_data.link(session, ANA, SECRET)
    return empty_store


def parts(database: Database) -> list[Path]:
    """Return the file of user data and those that SQLite keeps beside it."""
    file = database.user_data_file.file
    return sorted(file.parent.glob(f"{file.name}*"))
