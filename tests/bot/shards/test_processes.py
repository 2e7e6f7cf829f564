"""A bot of several processes: 16 shards, 10,000 servers, and processes that are killed."""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from ingest.sample import write_sample
from playground import LocalDiscord, Reply, SimulatedUser
from playground.gateway.limits import GatewayLimits
from playground.world.snowflake import shard_of
from store.models import RunOutcome
from tests.bot.processes import PLAYERS, Running, Start
from tests.waiting import until

pytestmark = [
    pytest.mark.faults,
    pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=16, max_concurrency=16)),
]

_SHARDS = 16
_SERVERS = 10_000
_PARTS = ("0-3/16", "4-7/16", "8-11/16", "12-15/16")


async def _start_all(start: Start, discord: LocalDiscord, **variables: str) -> list[Running]:
    """Start four processes of four shards each; the first one leads."""
    first = await start("--shards", _PARTS[0], **variables)
    discord.add_guilds(first.application, _SERVERS)
    await until(lambda: bool(list(first.home.glob("nextplay.people.leader-*"))))
    others = [await start("--shards", part, beside=first, **variables) for part in _PARTS[1:]]
    await _connected(discord, first)
    return [first, *others]


async def _connected(discord: LocalDiscord, bot: Running) -> None:
    await asyncio.wait_for(discord.gateway.wait_connected(bot.application), 120)


def _people(discord: LocalDiscord, bot: Running) -> dict[int, SimulatedUser]:
    """Return a person of each shard, in a server that belongs to it."""
    found: dict[int, SimulatedUser] = {}
    for guild in bot.application.guilds.values():
        shard = shard_of(guild.id, _SHARDS)
        if shard not in found:
            found[shard] = discord.person(guild.add_member(f"Person {shard}"), guild.add_channel("general"))
    return found


async def _ask(people: Iterable[SimulatedUser]) -> list[Reply]:
    return list(await asyncio.gather(*(person.ask("/help") for person in people)))


async def test_a_killed_process_costs_no_command_of_other_shards_and_its_own_come_back(
    start: Start, local_discord: LocalDiscord
) -> None:
    bots = await _start_all(start, local_discord)
    people = _people(local_discord, bots[0])
    assert sorted(people) == list(range(_SHARDS))
    assert all(reply.embeds and not reply.followups for reply in await _ask(people.values()))

    of_others = [person for shard, person in people.items() if not 4 <= shard <= 7]
    asked = [asyncio.create_task(_ask(of_others)) for _ in range(3)]
    bots[1].process.kill()
    assert all(reply.embeds for replies in await asyncio.gather(*asked) for reply in replies)
    assert all(reply.embeds for reply in await _ask(of_others))
    assert not local_discord.gateway.connected(bots[0].application)

    await start("--shards", _PARTS[1], beside=bots[0])
    await _connected(local_discord, bots[0])
    assert all(reply.embeds for reply in await _ask(people.values()))


async def test_a_leader_that_is_killed_in_a_refresh_is_followed_and_the_data_are_renewed_once(
    start: Start, local_discord: LocalDiscord
) -> None:
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    night = {
        "NEXTPLAY_TIME_ZONE": "UTC",
        "NEXTPLAY_REFRESH_AT": f"{an_hour_ago:%H:%M}",
        "NEXTPLAY_REFRESH_JITTER_MINUTES": "0",
    }
    leader = await start("--shards", _PARTS[0], **night)
    await until(lambda: bool(list(leader.home.glob("nextplay.people.leader-*"))))
    leader.process.kill()
    await leader.process.wait()
    # The night before was missed, so that whoever leads refreshes at once.
    write_sample(leader.home / "source", players=400)
    with closing(sqlite3.connect(leader.home / "nextplay.sqlite3")) as database, database:
        long_ago = "2026-01-01 00:00:00.000000"
        database.execute("UPDATE refresh_runs SET started_at = ?, finished_at = ?", [long_ago, long_ago])

    leader = await start("--shards", _PARTS[0], beside=leader, **night)
    await until(lambda: leader.status().runs[0].outcome is RunOutcome.RUNNING)
    os.killpg(leader.process.pid, signal.SIGSTOP)
    follower = await start("--shards", _PARTS[1], beside=leader, **night)
    await until(lambda: bool(list((leader.home / "nextplay.shards").glob("4-7-*"))))
    leader.process.kill()
    assert leader.status().counts.players in (PLAYERS, 400)

    await until(lambda: follower.status().runs[0].outcome is RunOutcome.APPLIED)
    status = follower.status()
    assert status.counts.players == 400
    assert [run.outcome for run in status.runs].count(RunOutcome.RUNNING) == 0
    by_schedule = [run.outcome for run in status.runs if run.started_by == "schedule"]
    assert by_schedule.count(RunOutcome.APPLIED) == 1
