"""Messages in channels: created, edited, deleted, and published to everybody who may see them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from playground.services.attachments import Attachments
from playground.services.mentions import resolve_mentions
from playground.validation import message_errors
from playground.validation.errors import unknown_message
from playground.validation.mentions import EVERYTHING, AllowedMentions
from playground.validation.messages import Draft, Existing, Upload, check_uploads, read_draft
from playground.validation.problems import Problems, array, mapping, number, text, whole_number
from playground.world.changes import Change
from playground.world.events import Event, EventKind, Events
from playground.world.message import (
    FLAG_COMPONENTS_V2,
    FLAG_EPHEMERAL,
    FLAG_HAS_SNAPSHOT,
    FLAG_LOADING,
    FLAG_SUPPRESS_EMBEDS,
    FLAG_VOICE_MESSAGE,
    Attachment,
    Message,
)
from playground.world.model import Application, Channel, Json, User
from playground.world.state import World

MAX_ALT_TEXT = 1024
MAX_WAVEFORM, MAX_VOICE_SECONDS = 400, 1200
# How long a nonce that is enforced is remembered.
NONCE_SECONDS = 300.0
_POLL_RESULT = 46
# Of a channel that is left open, the oldest messages are gone beyond this many.
KEPT_MESSAGES = 5000
# What an edit of a message with a poll can set.
_BESIDE_A_POLL = frozenset({"flags", "allowed_mentions"})


class Messages:
    """Keeps messages and attachments, and publishes every change.

    Args:
        world: where the messages are kept.
        events: where every change is published.
        origin: the address of the server, where attachments are found.
        deliver: called with what bots get: the name of the gateway's event and the message.
    """

    def __init__(
        self,
        world: World,
        events: Events,
        origin: Callable[[], str],
        deliver: Callable[[str, Message], None],
    ) -> None:
        self._world = world
        self._events = events
        self._deliver = deliver
        self.attachments = Attachments(world.ids, origin)

    def draft(
        self,
        problems: Problems,
        body: Mapping[str, Any],
        uploads: list[Upload],
        channel: Channel,
        *,
        editing: Message | None = None,
        mentions: AllowedMentions = EVERYTHING,
    ) -> Draft:
        """Check a message body with its files; `mentions` are made where it does not say which.

        Raises:
            ApiError: for files over the limits, field errors, or an empty message.
        """
        check_uploads(uploads)
        if editing is not None:
            _check_editable(editing, body)
        files = self._files(problems, body, uploads, channel, editing)
        existing = None
        if editing is not None:
            existing = Existing(
                editing.flags,
                bool(editing.content),
                bool(editing.embeds),
                bool(editing.components),
                editing.poll is not None,
            )
        draft = read_draft(problems, body, files, existing=existing, mentions=mentions)
        problems.raise_if_any()
        return draft

    def _files(
        self,
        problems: Problems,
        body: Mapping[str, Any],
        uploads: list[Upload],
        channel: Channel,
        editing: Message | None,
    ) -> list[Attachment]:
        sent = {upload.key: self.attachments.make(channel, upload) for upload in uploads}
        had = {file.id: file for file in editing.files} if editing else {}
        kept = [] if "attachments" in body else list(had.values())
        for position, item in enumerate(array(problems, body, "attachments", 10)):
            here = problems.at("attachments", position)
            entry = mapping(here, item) or {}
            key = whole_number(here, entry, "id", required=True)
            if key is None:
                continue
            if key in sent:
                sent[key].description = text(here, entry, "description", MAX_ALT_TEXT)
                sent[key].title = text(here, entry, "title", MAX_ALT_TEXT)
                sent[key].waveform = text(here, entry, "waveform", MAX_WAVEFORM)
                sent[key].duration_seconds = number(here, entry, "duration_secs", 0, MAX_VOICE_SECONDS)
            elif key in had:
                kept.append(had[key])
            else:
                here.add("ATTACHMENT_NOT_FOUND", "Attachment data was not found")
        return [*kept, *sent.values()]

    def create(
        self,
        channel: Channel,
        author: User,
        draft: Draft,
        *,
        application: Application | None = None,
        only_for: int | None = None,
        webhook_id: int | None = None,
        message_type: int = 0,
        metadata: Json | None = None,
        reference: Message | None = None,
        flags: int = 0,
        message_id: int | None = None,
    ) -> Message:
        """Post a checked message to everybody who may see it; the first one of a post has its id."""
        message = Message(
            message_id or self._world.ids.next(),
            channel,
            author,
            self._world.clock.datetime(),
            content=draft.content,
            embeds=draft.embeds,
            components=draft.components,
            attachments=draft.attachments,
            embedded=draft.embedded,
            flags=(draft.flags & ~FLAG_EPHEMERAL) | flags,
            type=message_type,
            only_for=only_for,
            application=application,
            webhook_id=webhook_id,
            reference=reference,
            metadata=metadata,
            nonce=draft.nonce,
            tts=draft.tts,
            poll=draft.poll,
        )
        if draft.reference is not None and draft.reference.forward and reference is not None:
            message.snapshot = reference.snapshot_json()
            message.flags |= FLAG_HAS_SNAPSHOT
        if only_for is not None:
            message.flags |= FLAG_EPHEMERAL
            for file in message.files:
                file.ephemeral = True
        resolve_mentions(self._world, message, draft.allowed_mentions)
        self._post(message)
        return message

    def _post(self, message: Message) -> None:
        """Put a new message into its channel, from which the oldest one may go, and announce it."""
        self._open_poll(message)
        self.attachments.keep(message.files)
        self._world.add_message(message)
        posted = self._world.messages_in(message.channel)
        if len(posted) > KEPT_MESSAGES:
            self._remove(posted[0])
        self._publish("message_created", "MESSAGE_CREATE", message)

    def _open_poll(self, message: Message) -> None:
        if message.poll is not None:
            message.poll.ends = self._world.clock.datetime() + timedelta(hours=message.poll.hours)
            self._world.clock.call_later(message.poll.hours * 3600.0, lambda: self.end_poll(message))

    def edit(self, message: Message, draft: Draft, *, fills: bool = False) -> None:
        """Apply a checked edit; one that `fills` a "thinking" message does not mark it as edited."""
        if fills and draft.poll is not None:
            message.poll = draft.poll
            self._open_poll(message)
        if "content" in draft.given:
            message.content = draft.content
        if "embeds" in draft.given:
            message.embeds = draft.embeds
        if "components" in draft.given:
            message.components = draft.components
        self._replace_files(message, draft)
        if draft.flags & FLAG_COMPONENTS_V2:
            message.flags |= FLAG_COMPONENTS_V2
            message.content, message.embeds = "", []
        if "flags" in draft.given:
            message.flags = message.flags & ~FLAG_SUPPRESS_EMBEDS | draft.flags & FLAG_SUPPRESS_EMBEDS
        message.flags &= ~FLAG_LOADING
        if not fills:
            message.edited = self._world.clock.datetime()
        resolve_mentions(self._world, message, draft.allowed_mentions)
        self.changed(message)

    def changed(self, message: Message) -> None:
        """Send a changed message to everybody who may see it."""
        self._publish("message_updated", "MESSAGE_UPDATE", message)

    def _replace_files(self, message: Message, draft: Draft) -> None:
        self.attachments.forget(message.files)
        message.attachments, message.embedded = self._split_files(message, draft)
        self.attachments.keep(message.files)

    def _split_files(self, message: Message, draft: Draft) -> tuple[list[Attachment], list[Attachment]]:
        # A file stays inside the message while an embed or component that the edit kept still shows it.
        shown = set(_addresses(message.embeds)) | set(_addresses(message.components))
        files = [*draft.attachments, *draft.embedded]
        return [file for file in files if file.url not in shown], [
            file for file in files if file.url in shown
        ]

    def end_poll(self, message: Message) -> None:
        """End the poll of a message, now if it has not ended, and post how it ended."""
        poll = message.poll
        if poll is not None and not poll.finalized and not message.deleted:
            poll.finalized = True
            poll.ends = self._world.clock.datetime()
            self.changed(message)
            result = Draft(frozenset({"embeds"}), embeds=[poll.result_embed()])
            self.create(message.channel, message.author, result, message_type=_POLL_RESULT, reference=message)

    def delete(self, message: Message) -> None:
        """Remove a message from its channel."""
        self._remove(message)
        self._publish("message_deleted", "MESSAGE_DELETE", message)

    def delete_many(self, channel: Channel, messages: list[Message]) -> None:
        """Remove messages at once: bots get one event for all, or the usual one for a single message."""
        if len(messages) == 1:
            self.delete(messages[0])
            return
        for message in messages:
            self._remove(message)
            self._events.publish(Event("message_deleted", channel.id, message=message))
            message.touch()
        data: Json = {"ids": [str(message.id) for message in messages], "channel_id": str(channel.id)}
        if channel.guild is not None:
            data["guild_id"] = str(channel.guild.id)
        if messages:
            self._world.announce(Change("MESSAGE_DELETE_BULK", data, channel.guild, channel))

    def _remove(self, message: Message) -> None:
        message.deleted = True
        self._world.remove_message(message)
        self.attachments.forget(message.files)

    def with_nonce(self, channel: Channel, author: User, nonce: str | int) -> Message | None:
        """Return the message that somebody posted with this nonce in the last minutes."""
        since = self._world.clock.now() - NONCE_SECONDS
        for message in reversed(self._world.messages_in(channel)):
            if message.created.timestamp() < since:
                return None
            if message.author is author and message.nonce == nonce:
                return message
        return None

    def find(self, channel: Channel, message_id: int) -> Message:
        """Return a message of a channel that everybody sees.

        Raises:
            ApiError: 10008 if there is none.
        """
        for message in self._world.messages_in(channel):
            if message.id == message_id and message.only_for is None:
                return message
        raise unknown_message()

    def _publish(self, kind: EventKind, name: str, message: Message) -> None:
        self._events.publish(Event(kind, message.channel.id, message.only_for, message))
        message.touch()
        if message.only_for is None:
            self._deliver(name, message)


def _check_editable(message: Message, body: Mapping[str, Any]) -> None:
    if message.flags & FLAG_VOICE_MESSAGE:
        raise message_errors.voice_message_edited()
    # "Poll Resource": after creation, the poll message cannot be edited.
    if message.poll is not None and not set(body) <= _BESIDE_A_POLL:
        raise message_errors.poll_edited()


def _addresses(parts: Any) -> list[str]:
    if isinstance(parts, dict):
        found = [parts["url"]] if isinstance(parts.get("url"), str) else []
        if isinstance(parts.get("icon_url"), str):
            found.append(parts["icon_url"])
        return found + [address for value in parts.values() for address in _addresses(value)]
    if isinstance(parts, list):
        return [address for part in parts for address in _addresses(part)]
    return []
