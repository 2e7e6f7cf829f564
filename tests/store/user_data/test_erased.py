"""What is erased is gone from the file, its log and all that lies beside it; backups keep it for a while."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store import Database, user_data
from store.backup import backup
from tests.postgres import IN_A_FILE
from tests.store.user_data.conftest import ANA, parts

pytestmark = [IN_A_FILE, pytest.mark.slow]

NAME = "a-name-to-be-forgotten"
OTHERS = [f"somebody-else-{number:04d}" for number in range(150)]


def forget(store: Database) -> None:
    store.user_data.forget(ANA)


def unlink(store: Database) -> None:
    with store.user_data.writer() as session:
        user_data.unlink(session, ANA)


def link_another(store: Database) -> None:
    with store.user_data.writer() as session:
        user_data.link(session, ANA, "another")


@pytest.fixture
def busy_store(empty_store: Database) -> Database:
    """A store in which many others come and go, so that rows are moved from page to page."""
    chance = random.Random(7)
    people = [10_000 * (1 + place % 17) + place for place in range(len(OTHERS))]
    with empty_store.user_data.writer() as session:
        for person, player in zip(people, OTHERS, strict=True):
            user_data.link(session, person, player)
    with empty_store.user_data.writer() as session:
        user_data.link(session, ANA, NAME)
    for _ in range(12):
        with empty_store.user_data.writer() as session:
            for place in chance.sample(range(len(OTHERS)), 40):
                if chance.random() < 0.5:
                    user_data.unlink(session, people[place])
                else:
                    user_data.link(session, people[place], OTHERS[place] * chance.randrange(1, 30))
    return empty_store


@pytest.mark.parametrize("erase", [forget, unlink, link_another])
def test_an_erased_name_is_in_no_file(busy_store: Database, erase: Callable[[Database], None]) -> None:
    assert in_files(busy_store, NAME)
    erase(busy_store)
    assert not in_files(busy_store, NAME)
    busy_store.close()
    assert not in_files(busy_store, NAME)


def test_hidden_games_brought_back_are_in_no_file(empty_store: Database) -> None:
    marks = [0x7A5B1C2D, 0x7A5B1C2E]
    with empty_store.user_data.writer() as session:
        for app_id in marks:
            user_data.hide_game(session, ANA, app_id)
    content = b"".join(part.read_bytes() for part in parts(empty_store))
    assert marks[0].to_bytes(4, "big") in content
    with empty_store.user_data.writer() as session:
        user_data.unhide_game(session, ANA, marks[0])
    empty_store.user_data.forget(ANA)
    content = b"".join(part.read_bytes() for part in parts(empty_store))
    assert not any(mark.to_bytes(4, "big") in content for mark in marks)


@pytest.mark.parametrize("how", ["removed one by one", "forgotten", "more than are kept"])
def test_a_taste_that_is_erased_is_in_no_file(empty_store: Database, how: str) -> None:
    marks = [0x7A5B1C2D, 0x7A5B1C2E]
    with empty_store.user_data.writer() as session:
        user_data.record_taste(session, ANA, marks[:1], likes=True)
        user_data.record_taste(session, ANA, marks[1:], likes=False)
    assert any(mark.to_bytes(4, "big") in _contents(empty_store) for mark in marks)
    if how == "forgotten":
        assert empty_store.user_data.forget(ANA).tastes == 2
    else:
        with empty_store.user_data.writer() as session:
            if how == "removed one by one":
                user_data.erase_taste(session, ANA, marks)
            else:
                user_data.record_taste(session, ANA, range(1, user_data.MOST_RATED + 1), likes=True)
    assert not any(mark.to_bytes(4, "big") in _contents(empty_store) for mark in marks)


def test_what_a_reader_kept_in_the_log_goes_with_the_next_chance(empty_store: Database) -> None:
    with empty_store.user_data.writer() as session:
        user_data.link(session, ANA, NAME)
    with empty_store.user_data.reader() as reading:
        assert user_data.linked_player(reading, ANA)
        forget(empty_store)
    assert empty_store.user_data.has_traces
    assert empty_store.user_data.wipe()
    assert not empty_store.user_data.has_traces
    assert not in_files(empty_store, NAME)


def test_a_backup_keeps_what_was_erased_until_newer_ones_replace_it(
    empty_store: Database, tmp_path: Path
) -> None:
    folder, monday = tmp_path / "backups", datetime(2026, 4, 20, tzinfo=UTC)
    with empty_store.user_data.writer() as session:
        user_data.link(session, ANA, NAME)
    before = backup(empty_store.user_data_file, folder, keep=3, now=monday)
    forget(empty_store)
    assert NAME.encode() in before.read_bytes()
    for day in range(1, 4):
        made = backup(empty_store.user_data_file, folder, keep=3, now=monday + timedelta(days=day))
        assert NAME.encode() not in made.read_bytes()
    assert not any(NAME.encode() in file.read_bytes() for file in folder.iterdir())


def _contents(store: Database) -> bytes:
    return b"".join(part.read_bytes() for part in parts(store))


def in_files(store: Database, name: str) -> bool:
    return any(name.encode() in part.read_bytes() for part in parts(store))
