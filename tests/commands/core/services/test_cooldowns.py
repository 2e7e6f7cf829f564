"""Heavy commands need a rest, each person for themselves, and are told until when."""

import re
import time

import pytest
from discord import app_commands

from commands.core.services.cooldowns import Cooldowns
from store import Database
from tests.bot.conftest import Serve
from tests.waiting import until


async def test_a_person_is_told_when_the_next_heavy_command_is_possible(
    serve: Serve, sample_store: Database
) -> None:
    served = await serve(sample_store, cooldowns=Cooldowns(2, 30.0))
    assert (await served.member.ask("/recommend", game="Portal 2")).embeds
    assert (await served.member.ask("/top")).embeds
    reply = await served.member.ask("/compare games", first="Portal", second="Portal 2")
    told = re.fullmatch(r"Slow down: you can do that again <t:(\d+):R>\.", reply.content)
    assert told is not None
    assert reply.ephemeral
    assert time.time() < int(told[1]) <= time.time() + 32
    # Light commands, and other people, do not wait.
    assert (await served.member.ask("/developer", name="Valve")).embeds
    assert (await served.admin.ask("/top")).embeds


async def test_what_is_told_goes_when_it_no_longer_holds(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store, cooldowns=Cooldowns(1, 0.2))
    await served.member.ask("/top")
    refused = await served.member.ask("/top")
    assert "Slow down" in refused.content
    await until(lambda: refused.message is None)
    assert (await served.member.ask("/top")).embeds


async def test_what_is_refused_does_not_count(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store, cooldowns=Cooldowns(1, 30.0))
    for _ in range(3):
        assert "No game" in (await served.member.ask("/recommend", game="No such game")).content
        assert "Give only one" in (await served.member.ask("/recommend", game="Portal", player="x")).content
    assert (await served.member.ask("/top")).embeds
    assert "Slow down" in (await served.member.ask("/top")).content


async def test_buttons_are_counted_apart_from_commands(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store, cooldowns=Cooldowns(1, 30.0))
    reply = await served.member.ask("/recommend", game="Portal 2")
    await served.member.click(reply, "Another 5")
    assert "Slow down" in (await served.member.click(reply, "Another 5")).text
    assert "Slow down" in (await served.member.ask("/top")).content


def test_one_alone_on_a_machine_never_waits() -> None:
    cooldowns = Cooldowns.none()
    for _ in range(1_000):
        cooldowns.take(1)
    assert cooldowns.known == 0


def test_a_rest_ends() -> None:
    now = 100.0
    cooldowns = Cooldowns(2, 10.0, clock=lambda: now)
    for _ in range(2):
        cooldowns.take(1)
    with pytest.raises(app_commands.CommandOnCooldown) as refusal:
        cooldowns.take(1)
    assert refusal.value.retry_after == 10
    now = 111.0
    cooldowns.take(1)


def test_nothing_is_kept_of_those_who_have_rested_or_are_forgotten() -> None:
    now = 100.0
    cooldowns = Cooldowns(1, 10.0, clock=lambda: now)
    for person in range(1_000):
        cooldowns.take(person)
    now = 111.0
    cooldowns.take(1_000)
    assert cooldowns.known == 1
    cooldowns.forget(1_000)
    assert cooldowns.known == 0
