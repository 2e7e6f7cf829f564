"""Two bots that serve parts of the same shards, over one store and one Discord."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.client import NextplayBot
from bot.options import BotOptions
from bot.shards.identify import IdentifyTurns
from bot.shards.part import ShardPart
from bot.shards.start import TooManyShards
from bot.shards.states import are_connected
from playground import LocalDiscord
from playground.gateway.limits import GatewayLimits
from playground.world.model import Application
from playground.world.snowflake import shard_of
from store import Database
from tests.bot.refreshers import ManualRefresher
from tests.waiting import until

Begin = Callable[[ShardPart | None], Awaitable[NextplayBot]]


@pytest.fixture
def application(local_discord: LocalDiscord) -> Application:
    """The bot's application, in a server for each of two shards."""
    application = local_discord.add_application("Nextplay")
    local_discord.add_guilds(application, 2)
    return application


@pytest.fixture
async def begin(application: Application, empty_store: Database, tmp_path: Path) -> AsyncIterator[Begin]:
    """Starts a bot of a part of the shards, or of all; it does not wait until it is connected."""
    running: list[tuple[NextplayBot, asyncio.Task[None]]] = []

    async def begin(part: ShardPart | None) -> NextplayBot:
        turns = IdentifyTurns(empty_store.user_data.claim, seconds_apart=0.0)
        options = BotOptions(part=part, identify_turns=turns, sync_record=tmp_path / "synced")
        bot = NextplayBot(empty_store, ManualRefresher(), options)
        running.append((bot, asyncio.create_task(bot.start(application.token))))
        await asyncio.wait({running[-1][1]}, timeout=0.1)
        return bot

    yield begin
    for bot, task in running:
        await bot.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=2, max_concurrency=2))
async def test_only_the_leader_syncs_and_its_end_hands_over(
    local_discord: LocalDiscord, application: Application, begin: Begin
) -> None:
    leader = await begin(ShardPart(0, 0, 2))
    await until(lambda: leader.is_leader)
    follower = await begin(ShardPart(1, 1, 2))
    await asyncio.wait_for(local_discord.gateway.wait_connected(application), 30)
    syncs = [line for line in local_discord.transcript().splitlines() if "registers its commands" in line]
    assert len(syncs) == 1
    assert (leader.is_leader, follower.is_leader) == (True, False)
    assert follower.command_ids == leader.command_ids
    assert are_connected(leader.shard_states.read())
    assert [state.id for state in follower.shard_states.read()] == [1]


@pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=2, max_concurrency=2))
async def test_without_a_part_there_are_as_many_shards_as_discord_recommends(
    local_discord: LocalDiscord, application: Application, begin: Begin
) -> None:
    bot = await begin(None)
    await asyncio.wait_for(local_discord.gateway.wait_connected(application), 30)
    assert [(state.id, state.is_connected) for state in bot.shard_states.read()] == [(0, True), (1, True)]


@pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=2, max_concurrency=2))
async def test_commands_count_for_the_shard_of_their_server_or_the_first(
    local_discord: LocalDiscord, application: Application, begin: Begin
) -> None:
    bot = await begin(None)
    asked = {0: 0, 1: 0}
    for times, guild in enumerate(application.guilds.values(), 1):
        member = guild.add_member("Ana")
        person = local_discord.person(member, guild.add_channel("general"))
        await person.ready_commands()
        for _ in range(times):
            await person.ask("/help")
        asked[shard_of(guild.id, 2)] += times
    await local_discord.person(member, local_discord.dm_channel(member, application)).ask("/help")
    asked[0] += 1
    await until(lambda: {state.id: state.commands for state in bot.shard_states.read()} == asked)


@pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=500))
async def test_more_shards_than_one_process_serves_are_refused_with_what_to_do(
    application: Application, empty_store: Database, tmp_path: Path
) -> None:
    bot = NextplayBot(empty_store, ManualRefresher(), BotOptions(sync_record=tmp_path / "synced"))
    async with bot:
        with pytest.raises(TooManyShards, match="--shards 0-99/500"):
            await bot.start(application.token)


@pytest.mark.local_discord(gateway_limits=GatewayLimits(session_starts=1))
async def test_where_no_connection_is_allowed_any_more_none_is_tried(
    local_discord: LocalDiscord, application: Application, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    local_discord.gateway.identify(application, 0, 0, 1)
    before = set(local_discord.gateway.sessions)
    await begin(None)
    await until(lambda: "Discord allows 0 more connections today" in caplog.text)
    await asyncio.sleep(0.1)
    assert set(local_discord.gateway.sessions) == before
    assert local_discord.world.application_of(application.token) is application


@pytest.mark.local_discord(gateway_limits=GatewayLimits(shards=2, max_concurrency=2))
async def test_each_bot_reports_its_shards_and_takes_the_report_back_at_the_end(
    local_discord: LocalDiscord, application: Application, begin: Begin
) -> None:
    bots = [await begin(ShardPart(number, number, 2)) for number in (0, 1)]
    await asyncio.wait_for(local_discord.gateway.wait_connected(application), 30)
    reporting = [asyncio.create_task(bot.background.report_shards()) for bot in bots]
    await until(lambda: len(bots[0].services.shard_reports()) == 2)
    found = bots[1].services.shard_reports()
    assert [(report.shards[0].id, report.connected, report.total) for report in found] == [
        (0, 1, 2),
        (1, 1, 2),
    ]
    assert not any(report.is_silent(datetime.now(UTC)) for report in found)
    reporting[0].cancel()
    await asyncio.wait({reporting[0]})
    assert [report.shards[0].id for report in bots[1].services.shard_reports()] == [1]
    reporting[1].cancel()
