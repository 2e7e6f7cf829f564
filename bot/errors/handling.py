"""From an error to its reply: the handlers in their order, and what is logged."""

import logging
import secrets

import aiohttp
import discord
from discord import app_commands
from discord.utils import MISSING

from bot.errors import discord_trouble, questions, requests, storage
from bot.errors.reply import ErrorReply, Handler
from bot.telemetry.interactions import HandledError, InteractionOutcome, handled_error
from commands.core.buttons.did_you_mean import candidates
from commands.core.replies.replies import reply_error
from commands.core.request.context import Context
from commands.core.services.services import Interaction
from localization.markdown import Markdown
from localization.translations import Translations
from store import NotFound
from store.errors import RowDamaged

log = logging.getLogger(__name__)


def unexpected(error: Exception, translations: Translations) -> ErrorReply:
    """Anything else: a defect. The person gets a number by which the log can be searched."""
    error_id = secrets.token_hex(4)
    return ErrorReply(_noted_as(error_id, translations), logging.ERROR, error_id, InteractionOutcome.FAILED)


def _noted_as(error_id: str, translations: Translations) -> Markdown:
    return translations.gettext(
        "Something went wrong and was noted as {incident}. Try again, or tell whoever runs this bot.",
        incident=Markdown(f"`{error_id}`"),
    )


# The first that returns a reply handles the error; special cases stand before general ones.
HANDLERS: tuple[Handler, ...] = (
    discord_trouble.expired,
    discord_trouble.gone,
    discord_trouble.not_allowed,
    discord_trouble.unreachable,
    requests.refused,
    questions.not_found,
    questions.outside,
    questions.nothing_known,
    questions.private,
    questions.privacy_unknown,
    storage.timed_out,
    storage.not_written,
    storage.outcome_unknown,
    storage.user_data_unavailable,
    storage.no_data,
    requests.already_refreshing,
    requests.forbidden,
    requests.not_here,
    requests.too_soon,
    requests.failed_check,
    requests.bad_option,
    requests.unresolved,
    requests.out_of_date,
    unexpected,
)


def describe_error(error: Exception, translations: Translations) -> ErrorReply:
    """Return how to handle `error`, or the error that it wraps."""
    cause = _cause_of(error)
    replies = (handler(cause, translations) for handler in HANDLERS)
    return next(reply for reply in replies if reply is not None)


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
            sentence = reply.sentence if view is None else reply.above_buttons or reply.sentence
            await reply_error(ctx, sentence, view=view or MISSING, delete_after=reply.seconds)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        log.warning("The person could not be told: %s", failure)
    return HandledError(reply.outcome, reply.error_id)


async def report_defect(interaction: Interaction) -> None:
    """Tell the person of an error that never came to `handle` and is logged already. Never raises."""
    found = handled_error(interaction)
    if found is None or found.error_id is None or interaction.type is discord.InteractionType.autocomplete:
        return
    ctx = Context.of(interaction)
    try:
        await reply_error(ctx, _noted_as(found.error_id, ctx.translations))
    except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
        log.warning("The person could not be told: %s", failure)


def _cause_of(error: Exception) -> Exception:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _described(interaction: Interaction) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    pressed = interaction.data.get("custom_id") if interaction.data else None
    return "An unknown command" if pressed is None else f"The button {pressed!r}"


def _log_error(interaction: Interaction, error: Exception, reply: ErrorReply) -> None:
    name = _described(interaction)
    cause = _cause_of(error)
    if reply.error_id is None:
        # What looks like a damaged row may be a bug of ours, which only the trace shows.
        trace = cause if isinstance(cause, RowDamaged) else None
        log.log(reply.level, "%s: %s", name, cause, exc_info=trace)
    else:
        log.log(reply.level, "%s failed, incident %s", name, reply.error_id, exc_info=cause)
