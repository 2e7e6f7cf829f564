"""Whom one process forgets, every other that shares the user data forgets too."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from commands.core.services.cooldowns import Cooldowns
from store import Database
from store.database import Address
from tests.bot.conftest import Serve, Served
from tests.postgres import IN_A_FILE, ON_A_SERVER
from tests.waiting import until

QUESTION = "similar to", 620


@pytest.fixture
async def elsewhere(serve: Serve, own_store: Database, place: Address | None) -> AsyncIterator[Served]:
    """Another process with the same store and user data, with a Discord server of its own."""
    database = Database(own_store.file, user_data=place)
    served = await serve(database, cooldowns=Cooldowns(5, 1_000.0))
    await until(lambda: database.user_data.change_token() == database.user_data.change_token())
    yield served
    await served.bot.close()
    database.close()


def remember(served: Served, *people: int) -> None:
    for person in people:
        served.bot.services.cooldowns.take(person)
        served.bot.services.recently_shown.add(person, QUESTION, [400])


def remembers(served: Served, person: int) -> bool:
    return bool(served.bot.services.recently_shown.games(person, QUESTION))


async def forget(served: Served) -> None:
    await served.member.click(await served.member.ask("/forget-me"), "Erase everything")


async def test_another_process_forgets_the_person_too(served: Served, elsewhere: Served) -> None:
    person = served.member.user.id
    remember(elsewhere, person)
    await forget(served)
    await until(lambda: not remembers(elsewhere, person))
    assert elsewhere.bot.services.cooldowns.known == 0


@ON_A_SERVER
async def test_a_server_tells_whom_so_that_nobody_else_is_forgotten(
    served: Served, elsewhere: Served
) -> None:
    person = served.member.user.id
    remember(elsewhere, person, 42)
    await forget(served)
    await until(lambda: not remembers(elsewhere, person))
    assert remembers(elsewhere, 42)
    assert remembers(elsewhere, 42)


@IN_A_FILE
async def test_a_process_alone_forgets_nobody_but_the_person(served: Served) -> None:
    person = served.member.user.id
    remember(served, person, 42)
    await forget(served)
    assert not remembers(served, person)
    await asyncio.sleep(2.5)  # longer than a look at the file is apart from the next
    assert remembers(served, 42)
