"""A store with its file of user data, and ways to lose or damage that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store import Database, user_data

ANA, BEN = 111, 222
SECRET = "keeps-to-herself"

Open = Callable[[], Database]


@pytest.fixture
def reopened(empty_store: Database) -> Iterator[Open]:
    """Opens the store as another process would at its start."""
    opened = []

    def reopen() -> Database:
        database = Database(empty_store.file)
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
    file = database.user_data.file
    return sorted(file.parent.glob(f"{file.name}*"))
