"""Messages in channels: created, edited, deleted, and published to everybody who may see them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playground.services.images import pixel_size
from playground.validation.errors import ApiError, unknown_message
from playground.validation.messages import Draft, Existing, Upload, check_uploads, read_draft
from playground.validation.problems import Problems, array, integer, mapping
from playground.world import permissions
from playground.world.events import Event, EventKind, Events
from playground.world.message import FLAG_COMPONENTS_V2, FLAG_EPHEMERAL, FLAG_LOADING, Attachment, Message
from playground.world.model import Application, Channel, Json, User
from playground.world.state import World

_MENTION = re.compile(r"<@!?(\d+)>")


class Messages:
    """Keeps messages and attachments, and publishes every change.

    Args:
        world: where the messages are kept.
        events: where every change is published.
        origin: the address of the server, where attachments are found.
        deliver: is told what bots should hear: the name of the gateway's event and the message.
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
        self._origin = origin
        self._deliver = deliver
        self.attachments: dict[tuple[int, int, str], Attachment] = {}

    def attach(self, channel: Channel, upload: Upload, *, ephemeral: bool = False) -> Attachment:
        """Keep an uploaded file where the CDN address of its message will find it."""
        file_id = self._world.ids.next()
        url = f"{self._origin()}/attachments/{channel.id}/{file_id}/{upload.filename}"
        attachment = Attachment(
            file_id,
            upload.filename,
            upload.data,
            upload.content_type,
            url,
            size_px=pixel_size(upload.data),
            ephemeral=ephemeral,
        )
        self.attachments[channel.id, file_id, upload.filename] = attachment
        return attachment

    def draft(
        self,
        problems: Problems,
        body: Mapping[str, Any],
        uploads: list[Upload],
        channel: Channel,
        *,
        editing: Message | None = None,
    ) -> Draft:
        """Check a message body with its files.

        Raises:
            ApiError: for files over the limits, field errors, or an empty message.
        """
        check_uploads(uploads)
        files = self._files(problems, body, uploads, channel, editing)
        existing = Existing()
        if editing is not None:
            existing = Existing(
                editing.flags, bool(editing.content), bool(editing.embeds), bool(editing.components)
            )
        draft = read_draft(problems, body, files, existing=existing)
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
        sent = {upload.key: self.attach(channel, upload) for upload in uploads}
        had = {file.id: file for file in editing.files} if editing else {}
        kept = [] if "attachments" in body else list(had.values())
        for position, item in enumerate(array(problems, body, "attachments", 10)):
            here = problems.at("attachments", position)
            entry = mapping(here, item) or {}
            key = integer(here, entry, "id", 0, 2**63 - 1, required=True)
            if key is None:
                continue
            if key in sent:
                sent[key].description = entry.get("description")
                sent[key].title = entry.get("title")
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
        webhook: bool = False,
        message_type: int = 0,
        metadata: Json | None = None,
        reference: Message | None = None,
        flags: int = 0,
    ) -> Message:
        """Post a checked message and tell everybody who may see it."""
        message = Message(
            self._world.ids.next(),
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
            webhook_id=application.id if application and webhook else None,
            reference=reference,
            metadata=metadata,
            nonce=draft.nonce,
            tts=draft.tts,
        )
        if only_for is not None:
            message.flags |= FLAG_EPHEMERAL
            for file in message.files:
                file.ephemeral = True
        self._resolve_mentions(message, draft.allowed_mentions)
        self._world.add_message(message)
        self._publish("message_created", "MESSAGE_CREATE", message)
        return message

    def edit(self, message: Message, draft: Draft, *, fills: bool = False) -> None:
        """Apply a checked edit; one that `fills` a "thinking" message does not mark it as edited."""
        if "content" in draft.given:
            message.content = draft.content
        if "embeds" in draft.given:
            message.embeds = draft.embeds
        if "components" in draft.given:
            message.components = draft.components
        message.attachments, message.embedded = self._split_files(message, draft)
        if draft.flags & FLAG_COMPONENTS_V2:
            message.flags |= FLAG_COMPONENTS_V2
            message.content, message.embeds = "", []
        message.flags &= ~FLAG_LOADING
        if not fills:
            message.edited = self._world.clock.datetime()
        self._resolve_mentions(message, draft.allowed_mentions)
        self._publish("message_updated", "MESSAGE_UPDATE", message)

    def _split_files(self, message: Message, draft: Draft) -> tuple[list[Attachment], list[Attachment]]:
        # A file stays inside the message while an embed or component that the edit kept still shows it.
        shown = set(_addresses(message.embeds)) | set(_addresses(message.components))
        files = [*draft.attachments, *draft.embedded]
        return [file for file in files if file.url not in shown], [
            file for file in files if file.url in shown
        ]

    def delete(self, message: Message) -> None:
        """Remove a message from its channel."""
        message.deleted = True
        self._world.remove_message(message)
        self._publish("message_deleted", "MESSAGE_DELETE", message)

    def find(self, channel: Channel, message_id: int) -> Message:
        """A message of a channel that everybody sees.

        Raises:
            ApiError: 10008 if there is none.
        """
        for message in self._world.messages_in(channel):
            if message.id == message_id and message.only_for is None:
                return message
        raise unknown_message()

    def reference(self, channel: Channel, draft: Draft) -> Message | None:
        """The message that a draft replies to.

        Raises:
            ApiError: 50035 if it must exist and does not.
        """
        if draft.reference_id is None:
            return None
        try:
            return self.find(channel, draft.reference_id)
        except ApiError:
            if not draft.reference_must_exist:
                return None
            problems = Problems()
            problems.at("message_reference").add("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            problems.raise_if_any()
            raise

    def _publish(self, kind: EventKind, name: str, message: Message) -> None:
        self._events.publish(Event(kind, message.channel.id, message.only_for, message))
        message.touch()
        if message.only_for is None:
            self._deliver(name, message)

    def _resolve_mentions(self, message: Message, allowed: Json | None) -> None:
        parse = ["users", "everyone"] if allowed is None else allowed.get("parse") or []
        listed = {str(user) for user in (allowed or {}).get("users") or []}
        named = dict.fromkeys(_MENTION.findall(message.content))
        message.mentions = [
            self._world.users[int(user)]
            for user in named
            if int(user) in self._world.users and ("users" in parse or user in listed)
        ]
        may = self._world.permissions_in(message.author, message.channel) & permissions.MENTION_EVERYONE
        loud = "@everyone" in message.content or "@here" in message.content
        message.mention_everyone = bool(may) and "everyone" in parse and loud


def _addresses(parts: Any) -> list[str]:
    if isinstance(parts, dict):
        found = [parts["url"]] if isinstance(parts.get("url"), str) else []
        if isinstance(parts.get("icon_url"), str):
            found.append(parts["icon_url"])
        return found + [address for value in parts.values() for address in _addresses(value)]
    if isinstance(parts, list):
        return [address for part in parts for address in _addresses(part)]
    return []
