"""Which games a refresh asks Steam for first."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.refresh import request_for
from bot.refresh.request import RefreshRequest
from bot.refresh.wanted import wanted_games
from bot.settings import Settings
from bot.steam_options import SteamOptions
from ingest import ingest
from ingest.sources.steam.kept.models import AppState, KeptReview
from playground.steam import LocalSteam
from store import Database
from store.user_data import (
    LibraryAnswer,
    LibraryState,
    count_questions,
    link,
    link_account,
    store_answer,
)
from tests.copies import copy_of
from tests.ingest.raw_files import small_world
from tests.ingest.sources.steam.asking import nights


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A store of the small world. Read only."""
    folder = tmp_path_factory.mktemp("wanted")
    raw = small_world(folder / "raw")
    raw.path.mkdir()
    database = Database(folder / "nextplay.sqlite3")
    ingest(database, [raw.write()])
    database.close()
    return database


@pytest.fixture
def database(filled: Database, tmp_path: Path) -> Database:
    return copy_of(filled, tmp_path / "nextplay.sqlite3")


def ask(database: Database, *app_ids: int) -> None:
    with database.user_data.writer() as session:
        count_questions(session, Counter(app_ids), datetime.now(UTC).date())


def own(database: Database, person: int, *app_ids: int) -> None:
    now = datetime.now(UTC)
    with database.user_data.writer() as session:
        link_account(session, person, 76_561_197_960_265_728 + person, persona="Ana")
        answer = LibraryAnswer(LibraryState.OPEN, dict.fromkeys(app_ids, 60))
        store_answer(session, person, 76_561_197_960_265_728 + person, answer, now)


def test_those_that_most_linked_people_own_come_first(database: Database) -> None:
    with database.user_data.writer() as session:
        link(session, 1, "ada", public=True)
        link(session, 2, "bob")
    assert wanted_games(database) == (10, 20, 30, 555)


def test_what_several_own_by_their_own_accounts_counts_and_what_one_owns_alone_does_not(
    database: Database,
) -> None:
    own(database, 1, 700, 800)
    own(database, 2, 800, 900, 10)
    own(database, 3, 10, 800)
    assert wanted_games(database) == (800, 10)


def test_what_is_asked_about_comes_before_what_is_owned_and_most_asked_first(database: Database) -> None:
    own(database, 1, 800, 10)
    own(database, 2, 800, 10)
    ask(database, 10, 30, 30, 777)
    assert wanted_games(database) == (30, 10, 777, 800)


def test_nobody_linked_wants_nothing(database: Database) -> None:
    assert wanted_games(database) == ()


def test_damaged_user_data_want_nothing(database: Database) -> None:
    ask(database, 10)
    database.close()
    database.user_data_file.file.write_bytes(b"no database" * 1000)
    assert wanted_games(database) == ()


def test_no_store_wants_nothing(tmp_path: Path) -> None:
    assert wanted_games(Database(tmp_path / "none.sqlite3")) == ()


def test_what_is_wanted_reaches_the_process_that_refreshes(tmp_path: Path) -> None:
    steam = SteamOptions(wanted=(10, 20))
    request = RefreshRequest(tmp_path, ("steam",), tmp_path, 1, 5.0, 2018, 0, steam=steam)
    assert RefreshRequest.from_json(request.to_json()).steam == steam


def test_a_refresh_of_steam_from_the_command_line_wants_them_too(database: Database) -> None:
    ask(database, 30)
    settings = Settings(_env_file=None, database=database.file)
    assert request_for(settings, ["steam"]).steam.wanted == (30,)
    assert request_for(settings, ["data/source"]).steam.wanted == ()


@pytest.mark.slow
def test_the_next_night_asks_steam_for_the_games_that_were_asked_about(
    database: Database, steam: LocalSteam, tmp_path: Path
) -> None:
    asked = nights(steam, tmp_path, review_games=0, details_a_run=0, player_counts_a_run=0)
    asked.run()
    least = sorted(
        (state for state in asked.rows(AppState) if state.is_game and state.ratings),
        key=lambda state: state.ratings,
    )
    second, first = (state.app for state in least[:2])
    ask(database, first, second, first)
    asked.run(review_games=1, details_a_run=1, wanted=wanted_games(database))
    assert {review.app for review in asked.rows(KeptReview)} == {first}
    assert {state.app for state in asked.rows(AppState) if state.details_at is not None} == {first}
