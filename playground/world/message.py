"""Messages and the files they carry, and their JSON."""

from dataclasses import dataclass, field
from datetime import datetime

from playground.world.model import Application, Channel, Json, User, iso
from playground.world.watch import Watch

FLAG_SUPPRESS_EMBEDS = 1 << 2
FLAG_EPHEMERAL = 1 << 6
FLAG_LOADING = 1 << 7
FLAG_SUPPRESS_NOTIFICATIONS = 1 << 12
FLAG_COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, eq=False)
class Attachment:
    """A file that came with a message."""

    id: int
    filename: str
    data: bytes
    content_type: str
    url: str
    description: str | None = None
    title: str | None = None
    size_px: tuple[int, int] | None = None
    ephemeral: bool = False

    def to_json(self) -> Json:
        """The attachment object."""
        body: Json = {
            "id": str(self.id),
            "filename": self.filename,
            "size": len(self.data),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": self.content_type,
        }
        if self.size_px:
            body["width"], body["height"] = self.size_px
        if self.description:
            body["description"] = self.description
        if self.title:
            body["title"] = self.title
        if self.ephemeral:
            body["ephemeral"] = True
        return body


@dataclass(slots=True, eq=False)
class Message:
    """A message in a channel. `only_for` is the one person who sees an ephemeral one.

    `attachments` are listed under the message; `embedded` are files that an embed or component shows instead.
    """

    id: int
    channel: Channel
    author: User
    created: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    embedded: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    edited: datetime | None = None
    only_for: int | None = None
    application: Application | None = None
    webhook_id: int | None = None
    reference: "Message | None" = None
    metadata: Json | None = None
    mentions: list[User] = field(default_factory=list)
    mention_everyone: bool = False
    nonce: str | int | None = None
    tts: bool = False
    deleted: bool = False
    watchers: list[Watch] = field(default_factory=list)

    @property
    def files(self) -> list[Attachment]:
        """Every file the message carries, listed or shown inside it."""
        return [*self.attachments, *self.embedded]

    @property
    def loading(self) -> bool:
        """Shown as "thinking"."""
        return bool(self.flags & FLAG_LOADING)

    def touch(self) -> None:
        """Wake everybody who waits for a change of this message."""
        for watch in self.watchers:
            watch.bump()

    def to_json(self) -> Json:
        """The message object as the HTTP API returns it."""
        body: Json = {
            "id": str(self.id),
            "type": self.type,
            "channel_id": str(self.channel.id),
            "author": self.author.to_json(),
            "content": self.content,
            "mentions": [user.to_json() for user in self.mentions],
            "mention_roles": [],
            "mention_everyone": self.mention_everyone,
            "attachments": [attachment.to_json() for attachment in self.attachments],
            "embeds": self.embeds,
            "components": self.components,
            "timestamp": iso(self.created),
            "edited_timestamp": iso(self.edited) if self.edited else None,
            "flags": self.flags,
            "pinned": False,
            "tts": self.tts,
        }
        if self.application is not None:
            body["application_id"] = str(self.application.id)
        if self.webhook_id is not None:
            body["webhook_id"] = str(self.webhook_id)
        if self.metadata is not None:
            body["interaction_metadata"] = self.metadata
        if self.nonce is not None:
            body["nonce"] = self.nonce
        if self.reference is not None:
            body["message_reference"] = _reference(self.reference)
            body["referenced_message"] = None if self.reference.deleted else _plain(self.reference)
        return body


def _reference(message: Message) -> Json:
    body: Json = {"type": 0, "channel_id": str(message.channel.id), "message_id": str(message.id)}
    if message.channel.guild is not None:
        body["guild_id"] = str(message.channel.guild.id)
    return body


def _plain(message: Message) -> Json:
    return {key: value for key, value in message.to_json().items() if key != "referenced_message"}
