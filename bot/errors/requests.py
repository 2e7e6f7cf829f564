"""What is refused for how, where, when or by whom it was asked."""

import logging
from datetime import UTC, datetime, timedelta

import discord
from discord import app_commands

from bot.errors.reply import ErrorReply
from bot.stale_interactions import Unresolved
from commands.core.access.permissions import NotTheOwner
from commands.core.request.refusal import CommandError
from commands.core.services.refresher import RefreshRunning
from localization.markdown import Markdown, escape
from localization.translations import Translations


def refused(error: Exception, translations: Translations) -> ErrorReply | None:
    """A command explains itself."""
    return ErrorReply(error.sentence) if isinstance(error, CommandError) else None


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
    # One more, since Discord shows whole seconds; it counts them down in the person's language.
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


def unresolved(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord names somebody only by an id."""
    if not isinstance(error, Unresolved):
        return None
    return ErrorReply(
        translations.gettext("Discord does not tell who or what was chosen there; choose again."),
        logging.WARNING,
    )


def out_of_date(error: Exception, translations: Translations) -> ErrorReply | None:
    """Discord still shows a command as it was before an update, or says something else than was asked."""
    is_malformed = type(error) is app_commands.AppCommandError  # so discord.py reports it
    if is_malformed or isinstance(
        error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
    ):
        return ErrorReply(
            translations.gettext("This command has just changed; reload Discord and try again."),
            logging.WARNING,
        )
    return None
