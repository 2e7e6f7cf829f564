"""Whatever Discord refuses or loses of an answer, the person is told if that can be, and it is no defect."""

import asyncio
import logging
from collections.abc import Iterator
from types import SimpleNamespace

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.errors.handling import describe_error
from bot.telemetry.interactions import InteractionOutcome
from commands.core.replies.replies import DiscordSilent, defer
from commands.core.replies.replies import reply as answer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.services import Interaction
from localization.markdown import Markdown
from localization.translations import Translations
from playground import DriverError
from store import Database
from tests.bot.conftest import Serve
from tests.waiting import until

GONE = "What was to be changed here has been deleted meanwhile; ask again."
NOT_ALLOWED = "Discord does not let the bot do that here;"
UNREACHABLE = "Discord could not be reached for the answer; ask again in a minute."


@pytest.fixture(autouse=True)
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No defect may be logged meanwhile."""
    yield
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not [record for record in errors if record.name != "aiohttp.server"]  # the playground's


def refused(kind: type[discord.HTTPException], status: int, code: int = 0) -> discord.HTTPException:
    response = SimpleNamespace(status=status, reason="No")
    return kind(response, {"code": code, "message": "no"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "outcome", "sentence"),
    [
        (refused(discord.NotFound, 404, 10062), InteractionOutcome.EXPIRED, None),
        (refused(discord.NotFound, 404, 10015), InteractionOutcome.EXPIRED, None),
        (refused(discord.HTTPException, 401, 50027), InteractionOutcome.EXPIRED, None),
        (refused(discord.NotFound, 404, 10008), InteractionOutcome.EXPIRED, GONE),
        (refused(discord.Forbidden, 403, 50001), InteractionOutcome.FAILED, NOT_ALLOWED),
        (refused(discord.Forbidden, 403, 50007), InteractionOutcome.FAILED, NOT_ALLOWED),
        (refused(discord.DiscordServerError, 502), InteractionOutcome.FAILED, UNREACHABLE),
        (refused(discord.HTTPException, 429), InteractionOutcome.FAILED, UNREACHABLE),
        (discord.RateLimited(600.0), InteractionOutcome.FAILED, UNREACHABLE),
        (DiscordSilent(10.0), InteractionOutcome.FAILED, UNREACHABLE),
        (aiohttp.ServerDisconnectedError(), InteractionOutcome.FAILED, UNREACHABLE),
        (aiohttp.ClientPayloadError(), InteractionOutcome.FAILED, UNREACHABLE),
        (ConnectionResetError(), InteractionOutcome.FAILED, UNREACHABLE),
        (BrokenPipeError(), InteractionOutcome.FAILED, UNREACHABLE),
    ],
)
def test_trouble_of_discords_is_told_from_a_defect(
    error: Exception, outcome: InteractionOutcome, sentence: str | None
) -> None:
    reply = describe_error(error, Translations())
    assert (reply.outcome, reply.level, reply.error_id) == (outcome, logging.WARNING, None)
    assert (reply.sentence or "").startswith(sentence or "")
    assert (reply.sentence is None) is (sentence is None)


def test_a_form_of_an_answer_that_discord_does_not_take_is_a_defect() -> None:
    assert describe_error(refused(discord.HTTPException, 400, 50035), Translations()).error_id is not None


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [(404, 10008, GONE), (404, 10003, GONE), (403, 50001, NOT_ALLOWED), (403, 50013, NOT_ALLOWED)],
)
async def test_what_discord_refuses_of_an_answer_is_told_to_the_person_alone(
    serve: Serve, empty_store: Database, status: int, code: int, sentence: str
) -> None:
    served = await serve(empty_store)
    served.discord.faults.fail(status, code=code, path="/callback")
    reply = await served.member.ask("/help")
    assert reply.content.startswith(sentence)
    assert reply.ephemeral


async def test_a_connection_that_breaks_time_and_again_is_told_once_it_is_up(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store)
    served.discord.faults.drop(path="/callback", times=2)
    assert (await served.member.ask("/help")).content == UNREACHABLE


async def test_nobody_waits_for_as_long_as_discord_wants_to_be_left_alone(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store, respond_within=0.2)
    served.discord.faults.rate_limit(600.0, path="/callback")
    assert (await served.member.ask("/help")).content == UNREACHABLE
    assert (await served.member.ask("/help")).embeds


async def test_an_error_after_thinking_is_told_though_the_thinking_cannot_be_taken_away(
    serve: Serve, empty_store: Database
) -> None:
    @app_commands.command(description="Think, then fail")
    async def fail(interaction: Interaction) -> None:
        ctx = Context.of(interaction)
        await defer(ctx, ephemeral=False)
        raise CommandError(Markdown("Give one."))

    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(fail))
    served.discord.faults.fail(403, code=50013, path="/messages/@original", method="DELETE")
    reply = await served.member.ask("/fail")
    assert "Give one." in reply.text


async def test_a_follow_up_whose_connection_breaks_is_told_to_the_person(
    serve: Serve, empty_store: Database
) -> None:
    @app_commands.command(description="Think, then answer")
    async def think(interaction: Interaction) -> None:
        ctx = Context.of(interaction)
        await defer(ctx, ephemeral=True)
        await answer(ctx, Markdown("done"))

    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(think))
    served.discord.faults.drop(path="/webhooks", method="POST")
    assert UNREACHABLE in (await served.member.ask("/think")).text


async def test_an_error_whose_connection_breaks_is_told_once_more(
    serve: Serve, empty_store: Database
) -> None:
    served = await serve(empty_store, defer_after=0.0)
    served.discord.faults.drop(path="/webhooks", method="POST")
    reply = await served.member.slash("/developer", name="Valve")
    assert (await reply.followup()).content.startswith("There are no data yet")


@pytest.mark.parametrize(("status", "code"), [(404, 10015), (401, 50027), (404, 10062)])
async def test_a_follow_up_that_comes_too_late_breaks_nothing(
    serve: Serve, empty_store: Database, status: int, code: int
) -> None:
    served = await serve(empty_store, defer_after=0.0)
    served.discord.faults.fail(status, code=code, path="/webhooks", times=2)
    assert (await served.member.slash("/developer", name="Valve")).thinking
    await served.bot.finish(5)
    served.discord.faults.clear()
    assert (await served.member.ask("/help")).embeds


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060), (403, 50001), (429, 0)])
async def test_suggestions_that_discord_does_not_take_are_one_quiet_line(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    served = await serve(empty_store)
    if status == 429:
        served.discord.faults.ban(path="/callback")
    else:
        served.discord.faults.fail(status, code=code, path="/callback")
    with caplog.at_level(logging.INFO):
        typing = asyncio.create_task(served.member.autocomplete("/developer", "name", "val"))
        await until(lambda: "Suggestions were not taken" in caplog.text)
    served.discord.clock.advance(4.0)
    with pytest.raises(DriverError):
        await typing
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("code", [4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])
async def test_a_command_under_way_is_answered_though_discord_ends_the_connection(
    serve: Serve, empty_store: Database, code: int
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    @app_commands.command(description="Take a while")
    async def slow(interaction: Interaction) -> None:
        begun.set()
        await may_end.wait()
        await interaction.response.send_message("done")

    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(slow))
    served.discord.clock.advance(5.0)  # or Discord would let it in again only then
    asked = asyncio.create_task(served.member.ask("/slow"))
    await begun.wait()
    await served.discord.faults.close_sockets(code)
    may_end.set()
    assert (await asked).content == "done"
    await served.discord.gateway.wait_connected(served.application)
    assert (await served.member.ask("/help")).embeds
