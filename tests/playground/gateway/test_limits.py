"""Shards: how many a bot should have, which may identify when, and how many sessions it may begin."""

import asyncio
from collections import Counter

import pytest

from playground.gateway.limits import DAY_SECONDS, GatewayLimits
from playground.world.snowflake import shard_of
from tests.playground.conftest import Caller, Place
from tests.playground.gateway.conftest import Connect
from tests.waiting import until


async def _limits(call: Caller) -> tuple[int, dict[str, int]]:
    status, body = await call("GET", "/gateway/bot")
    assert status == 200
    return body["shards"], body["session_start_limit"]


async def test_one_shard_is_recommended_for_each_thousand_servers(call: Caller, place: Place) -> None:
    assert (await _limits(call))[0] == 1
    place.discord.add_guilds(place.application, 2000)
    assert (await _limits(call))[0] == 3


async def test_servers_made_at_once_belong_to_all_shards_alike(place: Place) -> None:
    place.discord.add_guilds(place.application, 160)
    counts = Counter(shard_of(guild_id, 16) for guild_id in place.application.guilds)
    assert sorted(counts) == list(range(16))
    assert max(counts.values()) <= 12


async def test_sessions_are_counted_until_a_day_is_over(connect: Connect, call: Caller, place: Place) -> None:
    assert (await _limits(call))[1] == {
        "total": 1000,
        "remaining": 1000,
        "reset_after": 0,
        "max_concurrency": 1,
    }
    await (await connect()).identify(place.application)
    _, limit = await _limits(call)
    assert limit["remaining"] == 999
    assert 0 < limit["reset_after"] <= 1000 * DAY_SECONDS
    place.discord.clock.advance(DAY_SECONDS)
    assert (await _limits(call))[1]["remaining"] == 1000


@pytest.mark.local_discord(gateway_limits=GatewayLimits(session_starts=1))
async def test_a_bot_that_begins_too_many_loses_its_token(connect: Connect, place: Place) -> None:
    await (await connect()).identify(place.application)
    place.discord.clock.advance(5)
    client = await connect()
    await client.send(2, {"token": place.application.token, "properties": {}, "intents": 0})
    assert await client.closed_with() == 4004


@pytest.mark.local_discord(gateway_limits=GatewayLimits(guilds_per_shard=3))
async def test_a_shard_of_too_many_servers_is_turned_away(connect: Connect, place: Place) -> None:
    place.discord.add_guilds(place.application, 4)
    client = await connect()
    await client.send(2, {"token": place.application.token, "properties": {}, "intents": 0})
    assert await client.closed_with() == 4011
    ready = await (await connect()).identify(place.application, shard=[0, 2])
    assert len(ready["d"]["guilds"]) <= 3


@pytest.mark.local_discord(gateway_limits=GatewayLimits(max_concurrency=2))
async def test_shards_of_different_groups_identify_at_once(connect: Connect, place: Place) -> None:
    for shard in (0, 1):
        await (await connect()).identify(place.application, shard=[shard, 3])
    client = await connect()
    identify = {"token": place.application.token, "properties": {}, "intents": 0, "shard": [2, 3]}
    await client.send(2, identify)
    assert (await client.receive())["op"] == 9
    place.discord.clock.advance(5)
    await client.send(2, identify)
    await client.event("READY")


@pytest.mark.local_discord(gateway_limits=GatewayLimits(max_concurrency=2))
async def test_a_bot_is_connected_once_all_its_shards_are(connect: Connect, place: Place) -> None:
    waiting = asyncio.create_task(place.discord.gateway.wait_connected(place.application))
    await (await connect()).identify(place.application, shard=[0, 2])
    await asyncio.sleep(0.05)
    assert not waiting.done()
    last = await connect()
    await last.identify(place.application, shard=[1, 2])
    await asyncio.wait_for(waiting, 5)
    await last.socket.close()
    await until(lambda: not place.discord.gateway.connected(place.application))
