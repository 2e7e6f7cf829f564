"""`nextplay run` as a process, told to stop: it ends within ten seconds and leaves nothing behind."""

import asyncio
import os
import socket
import sys

import httpx
import pytest

from ingest.sample import write_sample
from playground import LocalDiscord
from store.models import RunOutcome
from tests.bot.processes import PLAYERS, Start
from tests.waiting import until


async def test_a_stop_while_nothing_happens_says_what_was_served(start: Start) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    await bot.member.ask("/help")
    lines = await bot.stop()
    messages = [line["message"] for line in lines]
    assert [message for message in messages if f"games, {PLAYERS} players" in message]
    assert "Stopping" in messages
    assert not [line for line in lines if line["level"] not in ("info", "debug")]


async def test_the_api_beside_the_bot_answers_from_its_store_and_ends_with_it(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    bot = await start(NEXTPLAY_API_PORT=str(port))
    await bot.member.ready_commands(timeout=60)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        assert (await client.get("/developer/Valve")).status_code == 200
        lines = await bot.stop()
        with pytest.raises(httpx.ConnectError):
            await client.get("/developer/Valve")
    assert not [line for line in lines if line["level"] not in ("info", "debug")]


@pytest.mark.parametrize("drawn", [False, True], ids=["while a picture is drawn", "after a picture"])
async def test_a_stop_ends_the_process_that_draws(start: Start, drawn: bool) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    reply = await bot.member.ask("/developer", name="Valve")
    while drawn and not reply.files:
        await reply.changed(60)
    lines = await bot.stop()
    assert not [line for line in lines if line["level"] not in ("info", "debug")]


async def test_the_health_check_passes_while_it_runs(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = {"NEXTPLAY_METRICS_PORT": str(free.getsockname()[1])}

    async def check() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.telemetry.healthcheck"),
            env=os.environ | port,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()
        return process.returncode, said.decode()

    bot = await start(**port)
    await bot.member.ready_commands(timeout=60)
    await bot.member.ask("/help")
    assert await check() == (0, "")
    await bot.stop()
    code, said = await check()
    assert (code, len(said.splitlines())) == (1, 1)


async def test_a_command_under_way_is_answered_before_the_end(
    start: Start, local_discord: LocalDiscord
) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    local_discord.faults.slow(1.0, path="/callback")
    asked = asyncio.create_task(bot.member.ask("/help"))
    await until(lambda: not local_discord.faults._planned)
    lines = await bot.stop()
    assert (await asked).embeds
    assert [line["outcome"] for line in lines if "command" in line] == ["ok"]


async def test_a_command_that_does_not_end_is_cancelled(start: Start, local_discord: LocalDiscord) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    local_discord.faults.slow(60, path="/callback")
    asked = asyncio.create_task(bot.member.ask("/help"))
    await until(lambda: not local_discord.faults._planned)
    await bot.stop()
    asked.cancel()


async def test_a_refresh_under_way_is_rolled_back_and_leaves_the_old_data(start: Start) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    write_sample(bot.home / "source", players=400)
    assert "Started by" in (await bot.admin.slash("/admin refresh")).text
    await until(lambda: bot.status().runs[0].outcome is RunOutcome.RUNNING)
    await bot.stop()
    status = bot.status()
    assert status.counts.players == PLAYERS
    assert status.runs[0].outcome is RunOutcome.CANCELLED


async def test_a_start_that_gets_no_answer_from_discord_can_be_stopped(
    start: Start, local_discord: LocalDiscord
) -> None:
    local_discord.faults.slow(60, path="/users/@me")
    bot = await start()
    await until(lambda: not local_discord.faults._planned)
    await bot.stop()
