"""Messages and the files they carry, and their JSON."""

from dataclasses import dataclass, field
from datetime import datetime

from playground.world.emojis import Emoji
from playground.world.model import Application, Channel, Json, User, iso
from playground.world.polls import Poll
from playground.world.watch import Watch

FLAG_SUPPRESS_EMBEDS = 1 << 2
FLAG_HAS_THREAD = 1 << 5
FLAG_EPHEMERAL = 1 << 6
FLAG_LOADING = 1 << 7
FLAG_SUPPRESS_NOTIFICATIONS = 1 << 12
FLAG_VOICE_MESSAGE = 1 << 13
FLAG_HAS_SNAPSHOT = 1 << 14
FLAG_COMPONENTS_V2 = 1 << 15

_SNAPSHOT = (
    "type",
    "content",
    "mentions",
    "mention_roles",
    "attachments",
    "embeds",
    "timestamp",
    "edited_timestamp",
    "flags",
    "components",
)


_AUDIO = (".ogg", ".mp3", ".wav", ".flac", ".m4a")
# Messages of people and bots; all others are notices of Discord itself.
_SAID = frozenset({0, 19, 20, 23})


@dataclass(slots=True, eq=False)
class Attachment:
    """A file that came with a message; of an old one the `size` in bytes may be all that is left."""

    id: int
    filename: str
    data: bytes
    content_type: str
    url: str
    channel_id: int
    size: int = 0
    description: str | None = None
    title: str | None = None
    size_px: tuple[int, int] | None = None
    ephemeral: bool = False
    duration_seconds: float | None = None
    waveform: str | None = None

    @property
    def key(self) -> tuple[int, int, str]:
        """What its address is made of."""
        return self.channel_id, self.id, self.filename

    @property
    def is_audio(self) -> bool:
        """Whether it can be heard."""
        return self.content_type.startswith("audio/") or self.filename.endswith(_AUDIO)

    def to_json(self) -> Json:
        """Return the attachment object."""
        body: Json = {
            "id": str(self.id),
            "filename": self.filename,
            "size": self.size,
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
        if self.duration_seconds is not None:
            body |= {"duration_secs": self.duration_seconds, "waveform": self.waveform}
        return body


@dataclass(slots=True, eq=False)
class Reaction:
    """An emoji under a message, and who put it there, in order."""

    emoji: Emoji
    users: list[User] = field(default_factory=list)

    def to_json(self, reader: User | None) -> Json:
        """Return the reaction object as `reader` sees it."""
        return {
            "emoji": self.emoji.to_json(),
            "count": len(self.users),
            "count_details": {"burst": 0, "normal": len(self.users)},
            "burst_colors": [],
            "me_burst": False,
            "me": reader in self.users,
        }


@dataclass(slots=True, eq=False)
class Message:
    """A message in a channel. `only_for` is the one person who sees an ephemeral one.

    `attachments` are listed under the message; `embedded` are files that an embed or component shows instead.
    A forward has no content of its own: `reference` is what it forwards, as `snapshot` keeps it.
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
    snapshot: Json | None = None
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    nonce: str | int | None = None
    tts: bool = False
    pinned: datetime | None = None
    reactions: dict[str, Reaction] = field(default_factory=dict)
    poll: Poll | None = None
    thread: Channel | None = None
    deleted: bool = False
    watchers: list[Watch] = field(default_factory=list)

    @property
    def files(self) -> list[Attachment]:
        """Every file the message carries, listed or shown inside it."""
        return [*self.attachments, *self.embedded]

    @property
    def is_notice(self) -> bool:
        """Whether it is a message of Discord itself, such as that something was pinned."""
        return self.type not in _SAID

    @property
    def loading(self) -> bool:
        """Shown as "thinking"."""
        return bool(self.flags & FLAG_LOADING)

    def readable(self, reader: User, *, content_intent: bool) -> bool:
        """Return whether a bot is shown the content, with or without the "Message Content Intent"."""
        return content_intent or self.channel.is_direct or self.author is reader or reader in self.mentions

    def touch(self) -> None:
        """Wake everybody who waits for a change of this message."""
        for watch in self.watchers:
            watch.bump()

    def to_json(self, reader: User | None = None) -> Json:
        """Return the message object of the HTTP API for `reader`, whose reactions and votes it marks."""
        suppressed = self.flags & FLAG_SUPPRESS_EMBEDS
        body: Json = {
            "id": str(self.id),
            "type": self.type,
            "channel_id": str(self.channel.id),
            "author": self.author.to_json(),
            "content": self.content,
            "mentions": [user.to_json() for user in self.mentions],
            "mention_roles": [str(role) for role in self.mention_roles],
            "mention_everyone": self.mention_everyone,
            "attachments": [attachment.to_json() for attachment in self.attachments],
            "embeds": [] if suppressed else self.embeds,
            "components": self.components,
            "timestamp": iso(self.created),
            "edited_timestamp": iso(self.edited) if self.edited else None,
            "flags": self.flags,
            "pinned": self.pinned is not None,
            "tts": self.tts,
        }
        return body | self._origin_json() | self._further_json(reader)

    def _origin_json(self) -> Json:
        """Return what it comes from: an application, a webhook, an interaction, another message."""
        body: Json = {}
        if self.application is not None:
            body["application_id"] = str(self.application.id)
        if self.webhook_id is not None:
            body["webhook_id"] = str(self.webhook_id)
        if self.metadata is not None:
            body["interaction_metadata"] = self.metadata
        if self.nonce is not None:
            body["nonce"] = self.nonce
        if self.reference is not None:
            body["message_reference"] = _reference(self.reference, 0 if self.snapshot is None else 1)
            if self.snapshot is None:
                body["referenced_message"] = None if self.reference.deleted else _plain(self.reference)
        if self.snapshot is not None:
            body["message_snapshots"] = [{"message": self.snapshot}]
        return body

    def _further_json(self, reader: User | None) -> Json:
        """Return what others added to it."""
        body: Json = {}
        if self.reactions:
            body["reactions"] = [reaction.to_json(reader) for reaction in self.reactions.values()]
        if self.poll is not None:
            body["poll"] = self.poll.to_json(reader)
        if self.thread is not None:
            body["thread"] = self.thread.to_json()
        return body

    def snapshot_json(self) -> Json:
        """Return what a forward of it keeps; one that is a forward itself is handed on."""
        if self.snapshot is not None:
            return self.snapshot
        full = self.to_json()
        return {key: full[key] for key in _SNAPSHOT}


def without_content(body: Json) -> Json:
    """Return a message object as a bot without the message content intent is given it."""
    kept = {key: value for key, value in body.items() if key != "poll"}
    return kept | {"content": "", "embeds": [], "attachments": [], "components": []}


def _reference(message: Message, kind: int) -> Json:
    body: Json = {"type": kind, "channel_id": str(message.channel.id), "message_id": str(message.id)}
    if message.channel.guild is not None:
        body["guild_id"] = str(message.channel.guild.id)
    return body


def _plain(message: Message) -> Json:
    return {key: value for key, value in message.to_json().items() if key != "referenced_message"}
