"""The one place where a command's error becomes a sentence for the person who ran it."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import aiohttp
import discord
from discord import app_commands

from bot.telemetry.interactions import Ending, Report
from commands.core.context import Context
from commands.core.refresher import RefreshRunning
from commands.core.replies import reply_error
from commands.core.respond import CommandError
from commands.core.services import Interaction
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store import DatabaseUnavailable, NotFound, QueryTimeout
from store.errors import NothingLeft, NothingPlayed, NothingToGoOn, PlayerIsPrivate

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an error comes to: the sentence for the person, and how loudly it is logged.

    No sentence means that the person can no longer be told; level NOTSET that nobody else needs to know.
    `incident` is the number under which a defect is logged with its trace. `ending` is what is counted.
    """

    sentence: Markdown | None
    level: int = logging.NOTSET
    incident: str | None = None
    ending: Ending = Ending.REFUSED


Handler: TypeAlias = Callable[[Exception, Translations], Outcome | None]


def expired(error: Exception, translations: Translations) -> Outcome | None:
    """Discord gave up waiting before the bot answered."""
    if isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION:
        return Outcome(None, logging.WARNING, ending=Ending.EXPIRED)
    return None


def refused(error: Exception, translations: Translations) -> Outcome | None:
    """A command explains itself."""
    return Outcome(error.sentence) if isinstance(error, CommandError) else None


def not_found(error: Exception, translations: Translations) -> Outcome | None:
    """A name or year that the data do not have."""
    if not isinstance(error, NotFound):
        return None
    sentences = {
        "game": translations.gettext("No game is called “{asked}”.", asked=escape(error.asked)),
        "developer": translations.gettext("No developer is called “{asked}”.", asked=escape(error.asked)),
        "genre": translations.gettext("No genre is called “{asked}”.", asked=escape(error.asked)),
        "tag": translations.gettext("No tag is called “{asked}”.", asked=escape(error.asked)),
        "player": translations.gettext("No player is called “{asked}”.", asked=escape(error.asked)),
        "year": translations.gettext("No reviews were posted in {asked}.", asked=escape(error.asked)),
    }
    sentence = sentences.get(
        error.kind, translations.gettext("Nothing is called “{asked}”.", asked=escape(error.asked))
    )
    if not error.suggestions:
        return Outcome(sentence)
    if error.kind == "year":
        years = translations.listing([escape(year) for year in error.suggestions])
        hint = translations.gettext("The nearest years with reviews: {years}.", years=years)
        return Outcome(Markdown(f"{sentence} {hint}"))
    names = translations.listing([_quoted(name, translations) for name in error.suggestions], style="or")
    hint = translations.gettext("Did you mean {names}?", names=names)
    return Outcome(Markdown(f"{sentence} {hint}"))


def _quoted(name: str, translations: Translations) -> Markdown:
    return translations.gettext("“{name}”", name=escape(name))


def nothing_known(error: Exception, translations: Translations) -> Outcome | None:
    """The name is known, but nothing that would answer the question."""
    if isinstance(error, NothingPlayed):
        return Outcome(
            translations.gettext(
                "Nobody in these data has played a game of the genre “{genre}”.", genre=escape(error.genre)
            )
        )
    if isinstance(error, NothingToGoOn):
        return Outcome(
            translations.gettext(
                "Nothing known of “{asked}” speaks for one game rather than another; name a game instead.",
                asked=escape(error.asked),
            )
        )
    if isinstance(error, NothingLeft):
        return Outcome(
            translations.gettext("These filters leave no game to suggest; loosen or drop one of them.")
            if error.filtered
            else translations.gettext("No game is left to suggest: all that comes close is owned or hidden.")
        )
    return None


def private(error: Exception, translations: Translations) -> Outcome | None:
    """The player is somebody's who keeps it private."""
    if not isinstance(error, PlayerIsPrivate):
        return None
    return Outcome(
        translations.gettext(
            "The data of “{player}” are private: that player is linked to somebody else.",
            player=escape(error.user_id),
        )
    )


def timed_out(error: Exception, translations: Translations) -> Outcome | None:
    """A query was stopped at its time limit."""
    if not isinstance(error, QueryTimeout):
        return None
    return Outcome(
        translations.gettext("That took too long and was stopped; try again in a minute."),
        logging.WARNING,
        ending=Ending.TIMED_OUT,
    )


def no_data(error: Exception, translations: Translations) -> Outcome | None:
    """The store cannot be read. The reason names files of this machine, so only the log has it."""
    if not isinstance(error, DatabaseUnavailable):
        return None
    return Outcome(
        translations.gettext(
            "The data cannot be read just now; whoever runs this bot finds the reason in its log."
        ),
        logging.ERROR,
        ending=Ending.FAILED,
    )


def already_refreshing(error: Exception, translations: Translations) -> Outcome | None:
    """A second refresh was asked for."""
    if not isinstance(error, RefreshRunning):
        return None
    since = discord.utils.format_dt(error.job.started_at, "R")
    return Outcome(
        translations.gettext("A refresh is running already, started {since}.", since=Markdown(since))
    )


def forbidden(error: Exception, translations: Translations) -> Outcome | None:
    """The person may not run the command."""
    if isinstance(error, app_commands.MissingPermissions):
        return Outcome(translations.gettext("Only those who manage this server can do that."))
    return None


def not_here(error: Exception, translations: Translations) -> Outcome | None:
    """A server's command was run in a direct message."""
    if isinstance(error, app_commands.NoPrivateMessage):
        return Outcome(translations.gettext("That works only in a server."))
    return None


def too_soon(error: Exception, translations: Translations) -> Outcome | None:
    """A command needs a rest before the same person runs it again."""
    if not isinstance(error, app_commands.CommandOnCooldown):
        return None
    # Discord counts in whole seconds and shows the moment in the person's own words, as they pass.
    moment = discord.utils.format_dt(datetime.now(UTC) + timedelta(seconds=error.retry_after + 1), "R")
    return Outcome(translations.gettext("You can do that again {moment}.", moment=Markdown(moment)))


def failed_check(error: Exception, translations: Translations) -> Outcome | None:
    """Any other condition that a command sets."""
    if isinstance(error, app_commands.CheckFailure):
        return Outcome(translations.gettext("You cannot do that here."), logging.INFO)
    return None


def bad_option(error: Exception, translations: Translations) -> Outcome | None:
    """A value that an option cannot take."""
    if isinstance(error, app_commands.TransformerError):
        return Outcome(translations.gettext("“{value}” cannot be used here.", value=escape(str(error.value))))
    return None


def out_of_date(error: Exception, translations: Translations) -> Outcome | None:
    """Discord still shows a command as it was before an update."""
    if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return Outcome(
            translations.gettext("This command has just changed; reload Discord and try again."),
            logging.WARNING,
        )
    return None


def unexpected(error: Exception, translations: Translations) -> Outcome:
    """Anything else: a defect. The person gets a number by which the log can be searched."""
    incident = secrets.token_hex(4)
    sentence = translations.gettext(
        "Something went wrong and was noted as {incident}. Try again, or tell whoever runs this bot.",
        incident=Markdown(f"`{incident}`"),
    )
    return Outcome(sentence, logging.ERROR, incident, Ending.FAILED)


# The first that knows the error as its own has the word; special cases stand before general ones.
HANDLERS: tuple[Handler, ...] = (
    expired,
    refused,
    not_found,
    nothing_known,
    private,
    timed_out,
    no_data,
    already_refreshing,
    forbidden,
    not_here,
    too_soon,
    failed_check,
    bad_option,
    out_of_date,
    unexpected,
)


def outcome_of(error: Exception, translations: Translations) -> Outcome:
    """Return what `error`, or the error that it wraps, comes to."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    outcomes = (handler(cause, translations) for handler in HANDLERS)
    return next(outcome for outcome in outcomes if outcome is not None)


async def handle(interaction: Interaction, error: Exception) -> Report:
    """Tell the person what became of the interaction, and the log where somebody should know; return it too.

    Never raises, and never leaves an interaction unanswered that can still be answered.
    """
    ctx = Context.of(interaction)
    outcome = outcome_of(error, ctx.translations)
    if outcome.level:
        _note(interaction, error, outcome)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
        elif outcome.sentence is not None:
            await reply_error(ctx, outcome.sentence)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        log.warning("The person could not be told: %s", failure)
    return Report(outcome.ending, outcome.incident)


def _name(interaction: Interaction) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    pressed = interaction.data.get("custom_id") if interaction.data else None
    return "An unknown command" if pressed is None else f"The button {pressed!r}"


def _note(interaction: Interaction, error: Exception, outcome: Outcome) -> None:
    name = _name(interaction)
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if outcome.incident is None:
        log.log(outcome.level, "%s: %s", name, cause)
    else:
        log.log(outcome.level, "%s failed, incident %s", name, outcome.incident, exc_info=cause)
