"""A disk that takes no writes: nothing half is stored, and who is private stays so."""

from collections.abc import Iterator

import pytest

from store import Database, user_data
from store.errors import DatabaseUnavailable, NotWritten
from store.visibility import Visibility
from tests.bot.faults.disks import SmallDisk
from tests.copies import NewStore

ANA, BEN, SECRET = 111, 222, "keeps-to-herself"


@pytest.fixture
def on_disk(disk: SmallDisk, new_store: NewStore) -> Iterator[Database]:
    """A store on the small disk, in which Ana keeps a player private."""
    database = new_store(disk.folder / "nextplay.sqlite3")
    with database.user_data.writer() as session:
        user_data.link(session, ANA, SECRET)
    yield database
    database.close()


def link_many(database: Database) -> None:
    with database.user_data.writer() as session:
        for person in range(1_000, 3_000):
            user_data.hide_game(session, person, 620)


def test_a_full_disk_stores_nothing_half(on_disk: Database, disk: SmallDisk) -> None:
    disk.leave(0)
    with pytest.raises(NotWritten, match="full"):
        link_many(on_disk)
    assert Visibility.load(on_disk.user_data, BEN).hides(SECRET)
    on_disk.close()
    started = Database(on_disk.file)
    started.upgrade()
    assert Visibility.load(started.user_data, BEN).hides(SECRET)
    started.close()
    disk.make_room()
    assert Visibility.load(on_disk.user_data, BEN).private == frozenset({SECRET})
    link_many(on_disk)
    with on_disk.user_data.reader() as session:
        assert user_data.hidden_games(session, 1_000) == {620}


def test_a_disk_that_is_read_only_shows_nobody_private(on_disk: Database, disk: SmallDisk) -> None:
    on_disk.close()
    disk.make_read_only()
    assert Visibility.load(on_disk.user_data, BEN).hides(SECRET)
    with pytest.raises(DatabaseUnavailable), on_disk.user_data.writer() as session:
        user_data.unlink(session, ANA)
    on_disk.close()
    disk.make_read_only(read_only=False)
    assert Visibility.load(on_disk.user_data, BEN).private == frozenset({SECRET})


def test_a_disk_that_is_full_for_erasing_keeps_all_and_says_so(on_disk: Database, disk: SmallDisk) -> None:
    disk.leave(0)
    try:
        on_disk.user_data.forget(ANA)
    except DatabaseUnavailable:
        assert Visibility.load(on_disk.user_data, BEN).hides(SECRET)
    disk.make_room()
    on_disk.user_data.forget(ANA)
    assert on_disk.user_data.wipe()
    files = on_disk.user_data_file.file.parent.glob(f"{on_disk.user_data_file.file.name}*")
    assert not any(SECRET.encode() in file.read_bytes() for file in files)
