"""Whatever goes wrong in a command, the person is told, alone, and nothing private is told or logged."""

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.errors.handling import HANDLERS, describe_error, unexpected
from commands.core.replies.replies import defer
from commands.core.request.context import Context
from commands.core.request.refusal import CommandError
from commands.core.services.refresher import RefreshRunning
from commands.core.services.services import Interaction
from localization.markdown import Markdown
from localization.translations import Locales, Translations
from store import Database, DatabaseUnavailable, NotFound, QueryTimeout
from store.errors import (
    NoDeckRatings,
    NothingLeft,
    NothingPlayed,
    NothingToGoOn,
    PlayerIsPrivate,
    RuledOut,
    Unknown,
    UserDataUnavailable,
)
from tests.bot.conftest import Serve
from tests.bot.refreshers import ManualJob

KNOWN: dict[str, tuple[Callable[[], Exception], str]] = {
    "refusal": (lambda: CommandError(Markdown("Give one.")), "Give one."),
    "game": (
        lambda: NotFound("game", "Portl", ("Portal", "Portal 2")),
        "No game is called “Portl”. Did you mean “Portal” or “Portal 2”?",
    ),
    "year": (
        lambda: NotFound("year", "1999", ("2010", "2011")),
        "No reviews were posted in 1999. The nearest years with reviews: 2010 and 2011.",
    ),
    "release year": (
        lambda: NotFound("release year", "1999", ("2010",)),
        "No game released in 1999 has a review. The nearest years with reviews: 2010.",
    ),
    "another kind": (lambda: NotFound("planet", "Mars"), "Nothing is called “Mars”."),
    "unplayed": (
        lambda: NothingPlayed("Accounting"),
        "Nobody in these data has played a game of the genre “Accounting”.",
    ),
    "unknown taste": (
        lambda: NothingToGoOn("ana", Unknown.LIBRARY),
        "Too little is known of the games of “ana” to go by them; name a game instead.",
    ),
    "nothing left": (
        lambda: NothingLeft(RuledOut.KNOWN),
        "All games that come close are owned or reviewed already; try another game.",
    ),
    "nothing within filters": (
        lambda: NothingLeft(RuledOut.FILTERS),
        "These filters leave no game to suggest; loosen or drop one of them.",
    ),
    "no ratings of the Deck": (
        NoDeckRatings,
        "These data do not know how games run on the Steam Deck; ask without that.",
    ),
    "private": (
        lambda: PlayerIsPrivate("a_b"),
        "The data of “a\\_b” are private: that player is linked to somebody else. If it is you, `/link`"
        " says so.",
    ),
    "slow": (
        lambda: QueryTimeout("10 seconds"),
        "That took too long and was stopped; try again in a minute.",
    ),
    "no store": (
        lambda: DatabaseUnavailable("There is no database at /home/ana/x."),
        "The data cannot be read just now; whoever runs this bot finds the reason in its log.",
    ),
    "no user data": (
        lambda: UserDataUnavailable("The file /home/ana/x.people.sqlite3 is gone."),
        "What people stored can be neither read nor changed just now; whoever runs this bot finds the reason",
    ),
    "no permission": (
        lambda: app_commands.MissingPermissions(["manage_guild"]),
        "Only those who manage this server can do that.",
    ),
    "no server": (app_commands.NoPrivateMessage, "That works only in a server."),
    "cooldown": (
        lambda: app_commands.CommandOnCooldown(app_commands.Cooldown(1, 60), 31.4),
        "Slow down: you can do that again <t:",
    ),
    "check": (lambda: app_commands.CheckFailure("no"), "You cannot do that here."),
}


def failing(*, after_thinking: bool = False) -> app_commands.Command[Any, ..., None]:
    """Return the command `/fail`, whose option names what it raises."""

    @app_commands.command(description="Fail")
    async def fail(interaction: Interaction, how: str) -> None:
        if after_thinking:
            await defer(Context.of(interaction), ephemeral=False)
        raise KNOWN[how][0]() if how in KNOWN else RuntimeError("the secret is 1234")

    return fail


@pytest.mark.parametrize("how", KNOWN)
def test_each_known_error_has_its_sentence(how: str) -> None:
    error, sentence = KNOWN[how]
    assert (describe_error(error(), Translations()).sentence or "").startswith(sentence)


def test_every_handler_but_the_last_leaves_an_unknown_error_to_the_next() -> None:
    assert [handler(RuntimeError(), Translations()) for handler in HANDLERS[:-1]] == [None] * (
        len(HANDLERS) - 1
    )
    assert HANDLERS[-1] is unexpected


async def test_a_second_refresh_is_told_since_when_the_first_runs() -> None:
    job = ManualJob("42")
    job.started_at = datetime(2018, 1, 4, tzinfo=UTC)
    sentence = describe_error(RefreshRunning(job), Translations()).sentence
    assert sentence == "A refresh is running already, started <t:1515024000:R>."


@pytest.mark.parametrize("after_thinking", [False, True])
async def test_every_error_reaches_the_person_alone(
    serve: Serve, empty_store: Database, after_thinking: bool
) -> None:
    command = failing(after_thinking=after_thinking)
    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(command))
    for how, (_, sentence) in KNOWN.items():
        reply = await served.member.slash("/fail", how=how)
        told = await reply.followup() if after_thinking else reply
        assert reply.deleted is after_thinking
        assert told.content.startswith(sentence)
        assert told.ephemeral


async def test_a_defect_is_logged_under_the_number_that_the_person_gets(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(failing()))
    reply = await served.member.ask("/fail", how="unexpectedly")
    incident = re.search(r"noted as `([0-9a-f]{8})`", reply.content)
    assert incident is not None
    assert reply.ephemeral
    assert "secret" not in reply.text
    record = next(record for record in caplog.records if incident[1] in record.getMessage())
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], RuntimeError)


async def test_the_log_says_why_the_data_cannot_be_read_and_the_person_is_not_told_paths(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(empty_store)
    empty_store.close()
    empty_store.file.unlink()
    reply = await served.member.ask("/developer", name="Valve")
    assert reply.ephemeral
    assert str(empty_store.file) not in reply.text
    assert any(str(empty_store.file) in record.getMessage() for record in caplog.records)


async def test_an_answer_that_comes_too_late_is_logged_and_breaks_nothing(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    @app_commands.command(description="Answer too late")
    async def late(interaction: Interaction) -> None:
        served.discord.clock.advance(4)
        await interaction.response.send_message("here I am")

    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(late))
    reply = await served.member.ask("/late")
    assert reply.failed
    # The next command is answered as ever.
    assert (await served.member.ask("/help")).embeds
    logged = [record.levelname for record in caplog.records if record.name == "bot.errors.handling"]
    assert logged == ["WARNING"]


async def test_a_command_that_the_bot_no_longer_has_is_explained(serve: Serve, empty_store: Database) -> None:
    served = await serve(empty_store, prepare=lambda bot: bot.tree.add_command(failing()))
    served.bot.tree.remove_command("fail")
    reply = await served.member.ask("/fail", how="refusal")
    assert reply.content == "This command has just changed; reload Discord and try again."
    assert reply.ephemeral


async def test_autocomplete_without_data_offers_nothing_and_is_logged(
    serve: Serve, empty_store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    served = await serve(empty_store)
    empty_store.close()
    empty_store.file.unlink()
    assert await served.member.autocomplete("/developer", "name", "val") == []
    assert any(record.name == "commands.core.options.autocomplete" for record in caplog.records)


def test_discord_shows_mentions_of_nobody() -> None:
    sentence = describe_error(NotFound("game", "@everyone <@1> **x**"), Translations()).sentence
    assert (
        sentence == "No game is called “@\u200beveryone \\<@1\\> \\*\\*x\\*\\*”. Names complete as you type."
    )
    assert discord.utils.escape_mentions(sentence) == sentence


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            NotFound("genre or tag", "zmobis", ("Zombies",)),
            "Ningún género ni etiqueta se llama «zmobis». ¿Quisiste decir «Zombis»?",
        ),
        (
            NothingPlayed("Accounting"),
            "En estos datos nadie ha jugado a ningún juego del género «Contabilidad».",
        ),
    ],
)
def test_genres_are_named_in_the_readers_language(error: Exception, sentence: str) -> None:
    assert describe_error(error, Locales().translations("es-ES")).sentence == sentence
