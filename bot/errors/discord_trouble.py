"""What Discord refuses or loses between what a person does and the answer to it.

Its codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes.
"""

import logging

import aiohttp
import discord

from bot.errors.reply import ErrorReply
from bot.telemetry.interactions import InteractionOutcome
from commands.core.replies.replies import DiscordSilent
from localization.translations import Translations

# Nobody can be answered any more: an unknown interaction, its webhook, or the token of that.
_OVER = (10062, 10015, 50027)
_TOO_MANY = 429


def expired(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord gave up waiting before the bot answered, or takes no more answers."""
    if isinstance(error, discord.HTTPException) and error.code in _OVER:
        return ErrorReply(None, logging.WARNING, outcome=InteractionOutcome.EXPIRED)
    return None


def gone(error: Exception, translations: Translations) -> ErrorReply | None:
    """The message to be changed, or its channel, was deleted meanwhile."""
    if not isinstance(error, discord.NotFound):
        return None
    return ErrorReply(
        translations.gettext("What was to be changed here has been deleted meanwhile; ask again."),
        logging.WARNING,
        outcome=InteractionOutcome.EXPIRED,
    )


def not_allowed(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord does not let the bot do that there."""
    if not isinstance(error, discord.Forbidden):
        return None
    return ErrorReply(
        translations.gettext(
            "Discord does not let the bot do that here; whoever manages this server can give it the rights to"
            " see the channel, to send messages, and to embed links and attach files."
        ),
        logging.WARNING,
        outcome=InteractionOutcome.FAILED,
    )


def unreachable(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord is in trouble, allows no more calls for now, or the connection to it broke."""
    is_refused = isinstance(error, discord.HTTPException) and (
        error.status >= 500 or error.status == _TOO_MANY
    )
    is_lost = isinstance(error, DiscordSilent | discord.RateLimited | aiohttp.ClientError | ConnectionError)
    if not (is_refused or is_lost):
        return None
    return ErrorReply(
        translations.gettext("Discord could not be reached for the answer; ask again in a minute."),
        logging.WARNING,
        outcome=InteractionOutcome.FAILED,
    )
