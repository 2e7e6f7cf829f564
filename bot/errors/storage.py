"""What cannot be read or stored. The reasons name files of this machine, so only the log has them."""

import logging

from bot.errors.reply import ErrorReply
from bot.telemetry.interactions import InteractionOutcome
from localization.translations import Translations
from store import DatabaseUnavailable, QueryTimeout
from store.errors import NotWritten, OutcomeUnknown, UserDataUnavailable


def timed_out(error: Exception, translations: Translations) -> ErrorReply | None:
    """A query was stopped at its time limit."""
    if not isinstance(error, QueryTimeout):
        return None
    return ErrorReply(
        translations.gettext("That took too long and was stopped; try again in a minute."),
        logging.WARNING,
        outcome=InteractionOutcome.TIMED_OUT,
    )


def not_written(error: Exception, translations: Translations) -> ErrorReply | None:
    """A change could not be made."""
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


def user_data_unavailable(error: Exception, translations: Translations) -> ErrorReply | None:
    """What people stored cannot be read."""
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


def no_data(error: Exception, translations: Translations) -> ErrorReply | None:
    """The store cannot be read."""
    if not isinstance(error, DatabaseUnavailable):
        return None
    return ErrorReply(
        translations.gettext(
            "The data cannot be read just now; whoever runs this bot finds the reason in its log."
        ),
        logging.ERROR,
        outcome=InteractionOutcome.FAILED,
    )
