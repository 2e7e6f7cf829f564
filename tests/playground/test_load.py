"""Many people at once."""

import asyncio
from collections import Counter

import pytest

from tests.playground.conftest import Place

PEOPLE, COMMANDS = 50, 20


@pytest.mark.usefixtures("bot")
async def test_fifty_people_with_twenty_commands_each_are_all_answered_once(place: Place) -> None:
    async def use(number: int) -> list[str]:
        person = place.discord.person(place.guild.add_member(f"Person {number}"))
        replies = [await person.slash("/echo", text=f"{number}-{turn}") for turn in range(COMMANDS)]
        assert not any(reply.failed for reply in replies)
        return [reply.content for reply in replies]

    answers = await asyncio.gather(*(use(number) for number in range(PEOPLE)))
    expected = [[f"{number}-{turn}" for turn in range(COMMANDS)] for number in range(PEOPLE)]
    assert answers == expected
    posted = Counter(message.content for message in place.person.messages)
    assert len(posted) == PEOPLE * COMMANDS
    assert set(posted.values()) == {1}
