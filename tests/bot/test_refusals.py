"""Where Discord refuses the bot or cannot be reached, it ends in a sentence and an exit code of its own."""

import asyncio
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.discord_refusals import ExitCode, refusal_of
from playground import LocalDiscord
from tests.bot.processes import Start
from tests.waiting import until

CODES = {
    4004: ExitCode.TOKEN_REFUSED,
    4010: ExitCode.BOT_REFUSED,
    4011: ExitCode.BOT_REFUSED,
    4012: ExitCode.BOT_REFUSED,
    4013: ExitCode.BOT_REFUSED,
    4014: ExitCode.BOT_REFUSED,
}


def one_sentence(said: str) -> str:
    """Return the last line, which is all that the command line says; the lines before are the log."""
    assert "Traceback" not in said
    sentence = said.splitlines()[-1]
    assert sentence.startswith("nextplay: ")
    return sentence


@pytest.mark.parametrize("code", [4004, 4011, 4014])
async def test_a_connection_that_discord_ends_for_good_ends_the_bot(
    start: Start, local_discord: LocalDiscord, code: int
) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    await bot.member.ask("/help")
    await local_discord.faults.close_sockets(code)
    ended, said = await bot.ended()
    assert ended == CODES[code]
    assert "DISCORD_TOKEN" in one_sentence(said) if code == 4004 else str(code) in one_sentence(said)


async def test_a_token_that_is_reset_while_the_bot_runs_ends_it(
    start: Start, local_discord: LocalDiscord
) -> None:
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    local_discord.world.revoke(bot.application)
    local_discord.faults.invalidate()
    ended, said = await bot.ended()
    assert ended == ExitCode.TOKEN_REFUSED
    assert "DISCORD_TOKEN" in one_sentence(said)


async def test_a_wrong_token_ends_the_start(start: Start) -> None:
    bot = await start(DISCORD_TOKEN="no.such.token")
    ended, said = await bot.ended(60)
    assert ended == ExitCode.TOKEN_REFUSED
    assert "no.such.token" not in said
    assert "DISCORD_TOKEN" in one_sentence(said)


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_login_that_discord_turns_away_for_now_can_be_tried_again(
    start: Start, local_discord: LocalDiscord, status: int
) -> None:
    if status == 429:
        local_discord.faults.ban(path="/users/@me", times=100)
    else:
        local_discord.faults.fail(status, path="/users/@me", times=100)
    ended, said = await (await start()).ended(60)
    assert ended == ExitCode.UNREACHABLE
    assert str(status) in one_sentence(said)


async def test_a_login_over_discords_limit_is_repeated_as_it_asks(
    start: Start, local_discord: LocalDiscord
) -> None:
    local_discord.faults.rate_limit(0.1, path="/users/@me", times=2)
    bot = await start()
    await bot.member.ready_commands(timeout=60)
    await bot.stop()


async def test_a_discord_that_is_not_there_can_be_tried_again(
    start: Start, local_discord: LocalDiscord
) -> None:
    await local_discord.close()
    ended, said = await (await start()).ended(60)
    assert ended == ExitCode.UNREACHABLE
    assert "cannot be reached" in one_sentence(said)


async def test_one_that_stays_tries_nothing_more_after_a_refusal_until_it_is_stopped(
    start: Start, local_discord: LocalDiscord
) -> None:
    bot = await start("--stay", DISCORD_TOKEN="no.such.token")
    await until(lambda: local_discord.recorder.exchanges)
    tries = len(local_discord.recorder.exchanges)
    await asyncio.sleep(1)
    assert bot.process.returncode is None
    assert len(local_discord.recorder.exchanges) == tries
    bot.process.terminate()
    ended, said = await bot.ended()
    assert ended == ExitCode.TOKEN_REFUSED
    assert "DISCORD_TOKEN" in one_sentence(said)


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(SimpleNamespace(close_code=code), shard_id=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        *((closed(code), ended) for code, ended in CODES.items()),
        (closed(4000), ExitCode.UNREACHABLE),
        (discord.GatewayNotFound(), ExitCode.UNREACHABLE),  # type: ignore[no-untyped-call]
        (aiohttp.ServerDisconnectedError(), ExitCode.UNREACHABLE),
        (aiohttp.ClientPayloadError(), ExitCode.UNREACHABLE),
        (TimeoutError(), ExitCode.UNREACHABLE),
        (ConnectionResetError(), ExitCode.UNREACHABLE),
        (discord.PrivilegedIntentsRequired(None), ExitCode.BOT_REFUSED),
        (discord.LoginFailure(), ExitCode.TOKEN_REFUSED),
    ],
)
def test_every_way_to_lose_discord_has_an_exit_code(error: Exception, code: ExitCode) -> None:
    refusal = refusal_of(error)
    assert refusal is not None
    assert refusal.exit_code == code


@pytest.mark.parametrize("error", [RuntimeError(), OSError("disk"), ValueError(), discord.ClientException()])
def test_a_defect_is_not_taken_for_one(error: Exception) -> None:
    assert refusal_of(error) is None
