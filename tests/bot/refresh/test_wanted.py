"""Which games a refresh asks Steam for first."""

from pathlib import Path

import pytest

from bot.refresh.request import RefreshRequest
from bot.refresh.wanted import games_of_linked_people
from bot.steam_options import SteamOptions
from ingest import ingest
from store import Database
from store.user_data import link
from tests.ingest.raw_files import small_world


@pytest.fixture
def database(tmp_path: Path) -> Database:
    raw = small_world(tmp_path / "raw")
    raw.path.mkdir()
    database = Database(tmp_path / "nextplay.sqlite3")
    ingest(database, [raw.write()])
    return database


def test_those_that_most_linked_people_own_come_first(database: Database) -> None:
    with database.user_data.writer() as session:
        link(session, 1, "ada", public=True)
        link(session, 2, "bob")
    assert games_of_linked_people(database) == (10, 20, 30, 555)


def test_nobody_linked_wants_nothing(database: Database) -> None:
    assert games_of_linked_people(database) == ()


def test_damaged_user_data_want_nothing(database: Database) -> None:
    database.close()
    database.user_data_file.file.write_bytes(b"no database" * 1000)
    assert games_of_linked_people(database) == ()


def test_no_store_wants_nothing(tmp_path: Path) -> None:
    assert games_of_linked_people(Database(tmp_path / "none.sqlite3")) == ()


def test_what_is_wanted_reaches_the_process_that_refreshes(tmp_path: Path) -> None:
    steam = SteamOptions(wanted=(10, 20))
    request = RefreshRequest(tmp_path, ("steam",), tmp_path, 1, 5.0, 2018, 0, steam=steam)
    assert RefreshRequest.from_json(request.to_json()).steam == steam
