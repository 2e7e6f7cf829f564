"""Own libraries are fetched daily for those who use them, and go a week after they were closed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.library_refresh import LibraryRefresh
from commands.core.services.user_data import UserDataRepository
from store import Database, user_data
from store.execution.executor import QueryExecutor
from store.steam_protocols import NoSuchAccount
from store.user_data import LibraryAnswer, LibraryState

NOW = datetime.now(UTC)
FIRST = 76_561_197_960_300_000
OPEN = LibraryAnswer(LibraryState.OPEN, {620: 5}, "Gael")
FAILED = LibraryAnswer(LibraryState.FAILED, {})


class Steam:
    """Stands in for Steam: answers by account, and remembers who was asked about."""

    def __init__(self) -> None:
        self.answers: dict[int, LibraryAnswer] = {}
        self.asked: list[int] = []

    async def find(self, text: str) -> int:
        raise NoSuchAccount(text)

    async def library(self, steam_id: int) -> LibraryAnswer:
        self.asked.append(steam_id)
        if steam_id not in self.answers:
            raise NoSuchAccount(str(steam_id))
        return self.answers[steam_id]


@pytest.fixture
async def repository(empty_store: Database) -> AsyncIterator[UserDataRepository]:
    executor = QueryExecutor("query")
    repository = UserDataRepository(empty_store, executor)
    yield repository
    repository.close()
    executor.close()


@pytest.fixture
def steam() -> Steam:
    return Steam()


def people(store: Database, count: int, *, days_ago: float = 2) -> None:
    """Have people whose libraries came some days ago, and who asked by them today."""
    with store.user_data.writer() as session:
        for person in range(1, count + 1):
            user_data.link_account(session, person, FIRST + person, persona=None)
            at = NOW - timedelta(days=days_ago)
            user_data.store_answer(session, person, FIRST + person, OPEN, at)
            user_data.note_activity(session, person)


def library(store: Database, person: int) -> user_data.OwnLibrary | None:
    with store.user_data.reader() as session:
        return user_data.own_library(session, person)


def refresh(repository: UserDataRepository, steam: Steam | None) -> LibraryRefresh:
    return LibraryRefresh(repository, steam, seconds_between_libraries=0)


async def test_each_library_that_is_due_is_asked_for_once(
    empty_store: Database, repository: UserDataRepository, steam: Steam
) -> None:
    people(empty_store, 3)
    steam.answers = dict.fromkeys(range(FIRST, FIRST + 9), LibraryAnswer(LibraryState.OPEN, {400: 1}))
    refreshing = refresh(repository, steam)
    assert await refreshing.round(NOW) == 3
    assert await refreshing.round(NOW) == 0
    assert sorted(steam.asked) == [FIRST + 1, FIRST + 2, FIRST + 3]
    found = library(empty_store, 1)
    assert found is not None
    assert dict(found.games) == {400: 1}


async def test_a_steam_in_trouble_is_left_alone_and_everybody_keeps_what_they_had(
    empty_store: Database, repository: UserDataRepository, steam: Steam
) -> None:
    people(empty_store, 9)
    steam.answers = dict.fromkeys(range(FIRST, FIRST + 10), FAILED)
    assert await refresh(repository, steam).round(NOW) == 0
    assert len(steam.asked) == 3
    found = library(empty_store, 1)
    assert found is not None
    assert dict(found.games) == dict(OPEN.games)


async def test_a_library_closed_for_a_week_goes_even_without_a_key(
    empty_store: Database, repository: UserDataRepository, steam: Steam
) -> None:
    people(empty_store, 1, days_ago=9)
    closed = LibraryAnswer(LibraryState.GAMES_CLOSED, {})
    with empty_store.user_data.writer() as session:
        user_data.store_answer(session, 1, FIRST + 1, closed, NOW - timedelta(days=8))
    assert await refresh(repository, None).round(NOW) == 0
    assert library(empty_store, 1) is None


async def test_an_account_that_steam_has_no_longer_counts_as_closed(
    empty_store: Database, repository: UserDataRepository, steam: Steam
) -> None:
    people(empty_store, 1)
    await refresh(repository, steam).round(NOW)
    with empty_store.user_data.reader() as session:
        account = user_data.steam_account(session, 1)
    assert account is not None
    assert account.closed_since is not None
    assert library(empty_store, 1) is not None
