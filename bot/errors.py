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
from discord.utils import MISSING

from bot.telemetry.interactions import HandledError, InteractionOutcome
from commands.core.context import Context
from commands.core.did_you_mean import candidates
from commands.core.permissions import NotTheOwner
from commands.core.provenance import not_in_data, outside_data
from commands.core.refresher import RefreshRunning
from commands.core.refusal import CommandError
from commands.core.replies import reply_error
from commands.core.services import Interaction
from localization.markdown import Markdown, escape
from localization.translations import Translations
from store import DatabaseUnavailable, NotFound, QueryTimeout
from store.errors import (
    NoDeckRatings,
    NothingLeft,
    NothingPlayed,
    NothingToGoOn,
    NotInData,
    NotWritten,
    OutcomeUnknown,
    OutsideData,
    PlayerIsPrivate,
    PrivacyUnknown,
    RowDamaged,
    RuledOut,
    Unknown,
    UserDataUnavailable,
)

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """How an error is handled: the sentence for the person, and the level that it is logged at.

    There is no sentence where the person can no longer be answered; at level NOTSET nothing is logged.
    `error_id` is the number under which a defect is logged with its trace. `outcome` is what is counted.
    The sentence is deleted after `seconds`, if given, when it no longer holds.
    """

    sentence: Markdown | None
    level: int = logging.NOTSET
    error_id: str | None = None
    outcome: InteractionOutcome = InteractionOutcome.REFUSED
    seconds: float | None = None


Handler: TypeAlias = Callable[[Exception, Translations], ErrorReply | None]


def expired(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord gave up waiting before the bot answered."""
    if isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION:
        return ErrorReply(None, logging.WARNING, outcome=InteractionOutcome.EXPIRED)
    return None


def refused(error: Exception, translations: Translations) -> ErrorReply | None:
    """A command explains itself."""
    return ErrorReply(error.sentence) if isinstance(error, CommandError) else None


def not_found(error: Exception, translations: Translations) -> ErrorReply | None:
    """A name or year that the data do not have."""
    if not isinstance(error, NotFound):
        return None
    sentences = {
        "game": translations.gettext("No game is called “{asked}”.", asked=escape(error.asked)),
        "developer": translations.gettext("No developer is called “{asked}”.", asked=escape(error.asked)),
        "genre": translations.gettext("No genre is called “{asked}”.", asked=escape(error.asked)),
        "tag": translations.gettext("No tag is called “{asked}”.", asked=escape(error.asked)),
        "genre or tag": translations.gettext(
            "No genre or tag is called “{asked}”.", asked=escape(error.asked)
        ),
        "player": translations.gettext("No player is called “{asked}”.", asked=escape(error.asked)),
        "year": translations.gettext("No reviews were posted in {asked}.", asked=escape(error.asked)),
        "release year": translations.gettext(
            "No game released in {asked} has a review.", asked=escape(error.asked)
        ),
    }
    sentence = sentences.get(
        error.kind, translations.gettext("Nothing is called “{asked}”.", asked=escape(error.asked))
    )
    if isinstance(error, NotInData):
        sentence = _not_in_data(error, translations)
    if not error.suggestions:
        return ErrorReply(sentence)
    if error.kind in {"year", "release year"}:
        years = translations.listing([escape(year) for year in error.suggestions])
        hint = translations.gettext("The nearest years with reviews: {years}.", years=years)
        return ErrorReply(Markdown(f"{sentence} {hint}"))
    names = translations.listing([_quoted(name, translations) for name in error.suggestions], style="or")
    hint = translations.gettext("Did you mean {names}?", names=names)
    return ErrorReply(Markdown(f"{sentence} {hint}"))


def outside(error: Exception, translations: Translations) -> ErrorReply | None:
    """The question is about a time after the data end."""
    if not isinstance(error, OutsideData):
        return None
    return ErrorReply(outside_data(error.asked, error.ends, translations))


def _not_in_data(error: NotInData, translations: Translations) -> Markdown:
    if error.on_steam:
        return not_in_data(error.title, error.ends, translations)
    return translations.gettext(
        "“{title}” is not on Steam, so that nothing is known of it.", title=escape(error.title)
    )


def _quoted(name: str, translations: Translations) -> Markdown:
    return translations.gettext("“{name}”", name=escape(name))


def nothing_known(error: Exception, translations: Translations) -> ErrorReply | None:
    """The name is known, but nothing that would answer the question."""
    if isinstance(error, NothingPlayed):
        return ErrorReply(
            translations.gettext(
                "Nobody in these data has played a game of the genre “{genre}”.", genre=escape(error.genre)
            )
        )
    if isinstance(error, NoDeckRatings):
        return ErrorReply(
            translations.gettext("These data do not know how games run on the Steam Deck; ask without that.")
        )
    if isinstance(error, NothingToGoOn):
        return ErrorReply(_nothing_to_go_on(error, translations))
    if isinstance(error, NothingLeft):
        return ErrorReply(_nothing_left(error, translations))
    return None


def _nothing_to_go_on(error: NothingToGoOn, translations: Translations) -> Markdown:
    asked = escape(error.asked)
    sentences = {
        Unknown.TRAINING: translations.gettext(
            "No suggestions have been worked out from these data yet; whoever runs this bot can do that."
        ),
        Unknown.GAME: translations.gettext(
            "Too little is known of “{asked}” to find games like it; name another game.", asked=asked
        ),
        Unknown.PLAYER: translations.gettext(
            "These data have neither a game that “{asked}” owns nor a review in which “{asked}” recommends"
            " one; name a game instead.",
            asked=asked,
        ),
        Unknown.LIBRARY: translations.gettext(
            "Too little is known of the games of “{asked}” to go by them; name a game instead.", asked=asked
        ),
        Unknown.GAMES: translations.gettext(
            "Too little is known of “{asked}” to go by; name games that more people own.", asked=asked
        ),
    }
    return sentences[error.unknown]


def _nothing_left(error: NothingLeft, translations: Translations) -> Markdown:
    sentences = {
        RuledOut.NOT_CLOSE: translations.gettext(
            "No game comes close enough to be suggested; ask by another game."
        ),
        RuledOut.TOO_WELL_KNOWN: translations.gettext(
            "Only well-known games come close; ask without “hidden gems”."
        ),
        RuledOut.KNOWN: translations.gettext(
            "All games that come close are owned or reviewed already; ask by another game."
        ),
        RuledOut.LEFT_OUT: translations.gettext(
            "All other games that come close are hidden; {hidden} brings them back.",
            hidden=translations.command("hidden"),
        ),
        RuledOut.FILTERS: translations.gettext(
            "These filters leave no game to suggest; loosen or drop one of them."
        ),
        RuledOut.NOT_FOR_SALE: translations.gettext(
            "All other games that come close are not sold, not out yet, or add-ons; ask by another game."
        ),
        RuledOut.GROUP: translations.gettext(
            "No game that comes close can be played by so many; ask with fewer people."
        ),
    }
    return sentences[error.ruled_out]


def private(error: Exception, translations: Translations) -> ErrorReply | None:
    """The player is somebody's who keeps it private."""
    if not isinstance(error, PlayerIsPrivate):
        return None
    return ErrorReply(
        translations.gettext(
            "The data of “{player}” are private: that player is linked to somebody else.",
            player=escape(error.user_id),
        )
    )


def privacy_unknown(error: Exception, translations: Translations) -> ErrorReply | None:
    """Nobody can tell who is private, so that no player is shown. The log has the reason."""
    if not isinstance(error, PrivacyUnknown):
        return None
    return ErrorReply(
        translations.gettext(
            "No player is shown just now, as nobody can tell who is private; whoever runs this bot finds the"
            " reason in its log."
        ),
        logging.WARNING,
        outcome=InteractionOutcome.FAILED,
    )


def user_data_unavailable(error: Exception, translations: Translations) -> ErrorReply | None:
    """What people stored cannot be read. The reason names files of this machine, so only the log has it."""
    if not isinstance(error, UserDataUnavailable):
        return None
    return ErrorReply(
        translations.gettext(
            "What people stored can be neither read nor changed just now; whoever runs this bot finds the"
            " reason in its log."
        ),
        logging.ERROR,
        outcome=InteractionOutcome.FAILED,
    )


def not_written(error: Exception, translations: Translations) -> ErrorReply | None:
    """A change could not be made. The reason names files of this machine, so only the log has it."""
    if not isinstance(error, NotWritten):
        return None
    return ErrorReply(
        translations.gettext("That could not be stored, so nothing has changed; try again in a minute."),
        logging.ERROR,
        outcome=InteractionOutcome.FAILED,
    )


def outcome_unknown(error: Exception, translations: Translations) -> ErrorReply | None:
    """The server of user data went away as it was to keep a change."""
    if not isinstance(error, OutcomeUnknown):
        return None
    return ErrorReply(
        translations.gettext(
            "The connection was lost as that was being stored; look whether it was before you do it again."
        ),
        logging.ERROR,
        outcome=InteractionOutcome.FAILED,
    )


def timed_out(error: Exception, translations: Translations) -> ErrorReply | None:
    """A query was stopped at its time limit."""
    if not isinstance(error, QueryTimeout):
        return None
    return ErrorReply(
        translations.gettext("That took too long and was stopped; try again in a minute."),
        logging.WARNING,
        outcome=InteractionOutcome.TIMED_OUT,
    )


def no_data(error: Exception, translations: Translations) -> ErrorReply | None:
    """The store cannot be read. The reason names files of this machine, so only the log has it."""
    if not isinstance(error, DatabaseUnavailable):
        return None
    return ErrorReply(
        translations.gettext(
            "The data cannot be read just now; whoever runs this bot finds the reason in its log."
        ),
        logging.ERROR,
        outcome=InteractionOutcome.FAILED,
    )


def already_refreshing(error: Exception, translations: Translations) -> ErrorReply | None:
    """A second refresh was asked for."""
    if not isinstance(error, RefreshRunning):
        return None
    since = discord.utils.format_dt(error.job.started_at, "R")
    return ErrorReply(
        translations.gettext("A refresh is running already, started {since}.", since=Markdown(since))
    )


def forbidden(error: Exception, translations: Translations) -> ErrorReply | None:
    """The person may not run the command."""
    if isinstance(error, NotTheOwner):
        return ErrorReply(translations.gettext("Only those who run this bot can do that."))
    if isinstance(error, app_commands.MissingPermissions):
        return ErrorReply(translations.gettext("Only those who manage this server can do that."))
    return None


def not_here(error: Exception, translations: Translations) -> ErrorReply | None:
    """A server's command was run in a direct message."""
    if isinstance(error, app_commands.NoPrivateMessage):
        return ErrorReply(translations.gettext("That works only in a server."))
    return None


def too_soon(error: Exception, translations: Translations) -> ErrorReply | None:
    """A command needs a rest before the same person runs it again."""
    if not isinstance(error, app_commands.CommandOnCooldown):
        return None
    # Discord counts in whole seconds and shows the moment in the person's own words, as they pass.
    wait = error.retry_after + 1
    moment = discord.utils.format_dt(datetime.now(UTC) + timedelta(seconds=wait), "R")
    sentence = translations.gettext("Slow down: you can do that again {moment}.", moment=Markdown(moment))
    return ErrorReply(sentence, seconds=wait)


def failed_check(error: Exception, translations: Translations) -> ErrorReply | None:
    """Any other condition that a command sets."""
    if isinstance(error, app_commands.CheckFailure):
        return ErrorReply(translations.gettext("You cannot do that here."), logging.INFO)
    return None


def bad_option(error: Exception, translations: Translations) -> ErrorReply | None:
    """A value that an option cannot take."""
    if isinstance(error, app_commands.TransformerError):
        return ErrorReply(
            translations.gettext("“{value}” cannot be used here.", value=escape(str(error.value)))
        )
    return None


def out_of_date(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord still shows a command as it was before an update."""
    if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        return ErrorReply(
            translations.gettext("This command has just changed; reload Discord and try again."),
            logging.WARNING,
        )
    return None


def unexpected(error: Exception, translations: Translations) -> ErrorReply:
    """Anything else: a defect. The person gets a number by which the log can be searched."""
    error_id = secrets.token_hex(4)
    sentence = translations.gettext(
        "Something went wrong and was noted as {incident}. Try again, or tell whoever runs this bot.",
        incident=Markdown(f"`{error_id}`"),
    )
    return ErrorReply(sentence, logging.ERROR, error_id, InteractionOutcome.FAILED)


# The first that returns a reply handles the error; special cases stand before general ones.
HANDLERS: tuple[Handler, ...] = (
    expired,
    refused,
    not_found,
    outside,
    nothing_known,
    private,
    privacy_unknown,
    timed_out,
    not_written,
    outcome_unknown,
    user_data_unavailable,
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


def describe_error(error: Exception, translations: Translations) -> ErrorReply:
    """Return how to handle `error`, or the error that it wraps."""
    cause = _cause_of(error)
    replies = (handler(cause, translations) for handler in HANDLERS)
    return next(reply for reply in replies if reply is not None)


def _cause_of(error: Exception) -> Exception:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


async def handle(interaction: Interaction, error: Exception) -> HandledError:
    """Tell the person what went wrong, log it where needed, and return how it was handled.

    Never raises, and never leaves an interaction unanswered that can still be answered.
    """
    ctx = Context.of(interaction)
    reply = describe_error(error, ctx.translations)
    if reply.outcome is InteractionOutcome.REFUSED:
        ctx.give_turn_back()
    if reply.level:
        _log_error(interaction, error, reply)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            if not interaction.response.is_done():
                await interaction.response.autocomplete([])
        elif reply.sentence is not None:
            cause = _cause_of(error)
            view = candidates(ctx, cause) if isinstance(cause, NotFound) else None
            await reply_error(ctx, reply.sentence, view=view or MISSING, delete_after=reply.seconds)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        log.warning("The person could not be told: %s", failure)
    return HandledError(reply.outcome, reply.error_id)


def _described(interaction: Interaction) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    pressed = interaction.data.get("custom_id") if interaction.data else None
    return "An unknown command" if pressed is None else f"The button {pressed!r}"


def _log_error(interaction: Interaction, error: Exception, reply: ErrorReply) -> None:
    name = _described(interaction)
    cause = _cause_of(error)
    if reply.error_id is None:
        # A damaged row may be a defect of ours in truth, which only its trace tells.
        trace = cause if isinstance(cause, RowDamaged) else None
        log.log(reply.level, "%s: %s", name, cause, exc_info=trace)
    else:
        log.log(reply.level, "%s failed, incident %s", name, reply.error_id, exc_info=cause)
