"""The bot starts with one line, answers over a bad connection, and stops cleanly when told to."""

import asyncio
import gc
import logging
import os
import signal
import threading
from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.client import NextplayBot
from bot.running import serve
from commands import registry
from commands.core.replies.replies import defer
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from playground import LocalDiscord, SimulatedUser
from store import Database, queries
from store.models import RunOutcome
from tests.bot.conftest import Serve
from tests.bot.refreshers import ManualRefresher
from tests.waiting import until


async def test_the_start_says_in_one_line_what_is_served(
    serve: Serve, sample_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        await serve(sample_store)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.client"]
    with sample_store.reader() as session:
        counts = queries.data_status(session).counts
    everything = registry.collect()
    served = f"serves {len(everything.commands) + len(everything.context_menus)} commands (synced)"
    assert f"{served}: {counts.games:,} games, {counts.players:,} players" in line
    assert "From generated sample data as of " in line


async def test_a_start_without_data_says_what_to_do(
    serve: Serve, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        await serve(Database(tmp_path / "nothing.sqlite3"))
    assert "nextplay refresh" in caplog.text


async def test_no_intent_is_asked_for(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    assert served.bot.intents == discord.Intents.none()


@pytest.mark.parametrize("fault", ["drop", "lose_reply"])
async def test_an_answer_over_a_breaking_connection_arrives_once(
    serve: Serve, empty_store: Database, fault: str
) -> None:
    served = await serve(empty_store)
    getattr(served.discord.faults, fault)(path="/callback")
    reply = await served.member.ask("/help")
    assert reply.embeds
    await asyncio.sleep(0.1)
    assert not reply.followups


async def test_an_answer_survives_a_rate_limit(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    served.discord.faults.rate_limit(0.05, path="/callback")
    assert (await served.member.ask("/help")).embeds


async def test_commands_are_answered_after_the_connection_was_cut(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store)
    served.discord.faults.drop_sockets()
    reply = await served.member.ask("/help")
    assert reply.embeds


class Running:
    """A bot that runs under `serve`, as on a real machine."""

    def __init__(self, discord: LocalDiscord, bot: NextplayBot) -> None:
        application = discord.add_application("Nextplay")
        guild = discord.add_guild("Sample server")
        discord.install(application, guild)
        self.token = application.token
        self.member: SimulatedUser = discord.person(guild.add_member("Ana"))
        self.task = asyncio.create_task(serve(bot, application.token))


@pytest.fixture
async def refresher() -> ManualRefresher:
    return ManualRefresher()


@pytest.fixture
def bot(empty_store: Database, refresher: ManualRefresher) -> NextplayBot:
    return NextplayBot(empty_store, refresher)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_bot_and_the_refresh_under_way(
    local_discord: LocalDiscord, bot: NextplayBot, refresher: ManualRefresher, number: signal.Signals
) -> None:
    running = Running(local_discord, bot)
    await running.member.ready_commands()
    job = await refresher.start("schedule")
    os.kill(os.getpid(), number)
    await asyncio.wait_for(running.task, 10)
    assert bot.is_closed()
    assert (await job.result()).outcome is RunOutcome.CANCELLED


async def test_a_command_under_way_is_answered_before_the_stop(
    local_discord: LocalDiscord, bot: NextplayBot
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    @app_commands.command(description="Take a while")
    async def slow(interaction: Interaction) -> None:
        begun.set()
        await may_end.wait()
        await interaction.response.send_message("done")

    bot.tree.add_command(slow)
    running = Running(local_discord, bot)
    await running.member.ready_commands()
    asked = asyncio.create_task(running.member.ask("/slow"))
    await begun.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.05)
    may_end.set()
    assert (await asked).content == "done"
    await asyncio.wait_for(running.task, 10)


@pytest.mark.parametrize("thinking", [None, "publicly", "privately"])
async def test_who_waits_for_a_command_that_does_not_end_is_told_of_the_stop(
    local_discord: LocalDiscord, bot: NextplayBot, thinking: str | None
) -> None:
    begun = asyncio.Event()

    @app_commands.command(description="Never end")
    async def endless(interaction: Interaction) -> None:
        if thinking is not None:
            await defer(Context.of(interaction), ephemeral=thinking == "privately")
        begun.set()
        await asyncio.Event().wait()

    bot.tree.add_command(endless)
    running = Running(local_discord, bot)
    await running.member.ready_commands()
    reply = asyncio.create_task(running.member.slash("/endless"))
    await begun.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running.task, 10)
    told = [(await reply).content, *(followup.content for followup in (await reply).followups)]
    assert "The bot is being restarted; ask again in a minute." in told


async def test_who_asks_while_the_bot_stops_is_told_of_it(
    local_discord: LocalDiscord, bot: NextplayBot
) -> None:
    may_end = asyncio.Event()

    @app_commands.command(description="Take a while")
    async def slow(interaction: Interaction) -> None:
        await may_end.wait()
        await interaction.followup.send("done")

    bot.tree.add_command(slow)
    running = Running(local_discord, bot)
    await running.member.ready_commands()
    first = asyncio.create_task(running.member.slash("/slow"))
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.1)
    late = await running.member.ask("/help")
    assert late.content == "The bot is being restarted; ask again in a minute."
    assert late.ephemeral
    await asyncio.sleep(1)
    may_end.set()
    await first
    await asyncio.wait_for(running.task, 10)


@pytest.mark.usefixtures("own_collector")
async def test_what_stays_to_the_end_is_not_searched_for_garbage_once_it_serves(
    local_discord: LocalDiscord, bot: NextplayBot
) -> None:
    running = Running(local_discord, bot)
    await running.member.ready_commands()
    await until(gc.get_freeze_count)
    await bot.close()
    await running.task


async def test_a_token_that_discord_does_not_know_ends_the_start(
    local_discord: LocalDiscord, bot: NextplayBot
) -> None:
    with pytest.raises(discord.LoginFailure):
        await serve(bot, "no.such.token")


async def test_the_token_is_never_logged(
    local_discord: LocalDiscord, bot: NextplayBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        running = Running(local_discord, bot)
        await running.member.ready_commands()
        await running.member.ask("/developer", name="Valve")
        await bot.close()
        await running.task
    logged = [record.getMessage() for record in caplog.records]
    assert len(logged) > 10
    assert not any(running.token in message for message in logged)
    assert running.token not in repr(bot)


async def test_questions_leave_the_event_loop_free(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store)
    names = await asyncio.gather(
        *(served.bot.services.query_runner.run(lambda _: threading.current_thread().name) for _ in range(3))
    )
    assert all(name.startswith("query") for name in names)
