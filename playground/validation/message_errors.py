"""What Discord refuses about messages, threads and polls."""

from playground.validation.errors import ApiError


def cannot_edit_others() -> ApiError:
    """Only the author edits a message."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    """A message needs content, an embed, a file or components."""
    return ApiError(400, 50006, "Cannot send an empty message")


def not_a_text_channel() -> ApiError:
    """A message in a channel that holds none, such as a category."""
    return ApiError(400, 50008, "Cannot send messages in a non-text channel")


def in_a_forum() -> ApiError:
    """A message in a forum, which holds posts."""
    return ApiError(400, 40058, "Cannot send a message in a forum channel")


def wrong_number_to_delete() -> ApiError:
    """Fewer than two or more than a hundred messages to delete at once."""
    return ApiError(400, 50016, "Provided too few or too many messages to delete.")


def too_old_to_delete() -> ApiError:
    """A message of more than two weeks among those to delete at once."""
    return ApiError(400, 50034, "You can only bulk delete messages that are under 14 days old.")


def system_message() -> ApiError:
    """Something that is done to messages of people and bots only."""
    return ApiError(403, 50021, "Cannot execute action on a system message")


def invalid_sticker() -> ApiError:
    """A sticker that the application cannot use; there are none here."""
    return ApiError(400, 50081, "Invalid sticker sent")


def voice_message_with_more() -> ApiError:
    """A voice message that has text, embeds, components or a poll beside its sound."""
    return ApiError(400, 50159, "Voice messages do not support additional content.")


def voice_message_without_audio() -> ApiError:
    """A voice message that has not exactly one file, a sound."""
    return ApiError(400, 50160, "Voice messages must have a single audio attachment.")


def voice_message_without_metadata() -> ApiError:
    """A voice message whose file says neither how long it is nor how it looks."""
    return ApiError(400, 50161, "Voice messages must have supporting metadata.")


def voice_message_edited() -> ApiError:
    """Voice messages stay as they are."""
    return ApiError(400, 50162, "Voice messages cannot be edited.")


def reply_without_history() -> ApiError:
    """Only who reads the history of a channel answers messages in it."""
    return ApiError(403, 160002, "You cannot reply without permission to read message history")


def unreadable_forward() -> ApiError:
    """A forward of a message whose content the application is not shown."""
    return ApiError(400, 160014, "You cannot forward a message whose content you cannot read")


def thread_exists() -> ApiError:
    """The message has a thread already."""
    return ApiError(400, 160004, "A thread has already been created for this message")


def thread_locked() -> ApiError:
    """Only who manages threads writes in a locked one."""
    return ApiError(403, 160005, "Thread is locked")


def thread_archived() -> ApiError:
    """An archived thread is opened before anything else happens in it."""
    return ApiError(400, 50083, "Thread is archived")


def tag_required() -> ApiError:
    """A post without a tag in a forum that asks for one."""
    return ApiError(400, 40067, "A tag is required to create a forum post in this channel")


def repeated_tag() -> ApiError:
    """Two tags of a forum that are called alike."""
    return ApiError(400, 40061, "Tag names must be unique")


def poll_expired() -> ApiError:
    """The poll has ended already."""
    return ApiError(400, 520001, "Poll expired")


def poll_edited() -> ApiError:
    """Polls stay as they are."""
    return ApiError(400, 520003, "Cannot edit a poll message")


def expiry_without_poll() -> ApiError:
    """The end of a poll in a message that has none."""
    return ApiError(400, 520006, "Cannot expire a non-poll message")


def unknown_answer() -> ApiError:
    """The message has no poll, or not such an answer."""
    return ApiError(404, 10008, "Unknown Message")


def post_without_name() -> ApiError:
    """A webhook's message to a forum that names neither a post nor a new one."""
    return ApiError(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")


def post_named_twice() -> ApiError:
    """A webhook's message to a forum that names a post and a new one."""
    message = "Webhooks posted to forum channels cannot have both a thread_name and thread_id"
    return ApiError(400, 220002, message)


def post_outside_a_forum() -> ApiError:
    """A webhook that would open a post where there are none."""
    return ApiError(400, 220003, "Webhooks can only create threads in forum channels")
