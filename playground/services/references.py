"""Which message another one answers or forwards, and who may."""

from playground.services.messages import Messages
from playground.validation import message_errors
from playground.validation.errors import ApiError
from playground.validation.messages import Draft
from playground.validation.problems import Problems
from playground.world import permissions
from playground.world.message import Message
from playground.world.model import Application, Channel
from playground.world.state import World

_NEEDED = permissions.VIEW_CHANNEL | permissions.READ_MESSAGE_HISTORY


def referenced(
    world: World, messages: Messages, application: Application, channel: Channel, draft: Draft
) -> Message | None:
    """Return the message that a bot's draft replies to or forwards.

    Raises:
        ApiError: 50035 if it must exist and does not, the bot cannot see it, or it is a notice; 160002 for a
            reply where the bot does not read the history, 160014 for a forward of what it may not read.
    """
    wanted = draft.reference
    if wanted is None:
        return None
    source = channel if wanted.channel_id is None else world.channels.get(wanted.channel_id)
    granted = 0 if source is None else world.permissions_in(application.user, source)
    if source is channel and not wanted.forward and not granted & permissions.READ_MESSAGE_HISTORY:
        raise message_errors.reply_without_history()
    found = None
    if source is not None and not _NEEDED & ~granted and (wanted.forward or source is channel):
        found = _found(messages, source, wanted.message_id)
    if found is None:
        if wanted.must_exist or wanted.forward:
            _refuse("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
    elif found.is_notice:
        _refuse("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
    elif wanted.forward and not found.readable(application.user, content_intent=application.reads_content):
        raise message_errors.unreadable_forward()
    return found


def _found(messages: Messages, channel: Channel, message_id: int) -> Message | None:
    try:
        return messages.find(channel, message_id)
    except ApiError:
        return None


def _refuse(code: str, message: str) -> None:
    problems = Problems()
    problems.at("message_reference").add(code, message)
    problems.raise_if_any()
