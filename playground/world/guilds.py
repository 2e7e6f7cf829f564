"""Guilds with their channels, threads and members, and who may do what there."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from playground.world import permissions
from playground.world.channels import DM_CHANNEL, PRIVATE_THREAD, TEXT_CHANNEL, THREADS, WITH_POSTS
from playground.world.emojis import CustomEmoji
from playground.world.guild_defaults import CHANNEL_DEFAULTS, GUILD_DEFAULTS
from playground.world.roles import Role, SupportsValue
from playground.world.threads import Thread
from playground.world.users import Json, User, iso


@dataclass(slots=True, eq=False)
class Channel:
    """A channel or thread of a guild, or a direct message between one person and one bot."""

    id: int
    type: int
    name: str = ""
    guild: "Guild | None" = None
    recipients: tuple[User, ...] = ()
    nsfw: bool = False
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    last_message_id: int | None = None
    topic: str | None = None
    parent: "Channel | None" = None
    slowmode_seconds: int = 0
    thread: Thread | None = None
    flags: int = 0
    tags: list[Json] = field(default_factory=list)
    # What nobody here acts on: bitrates, layouts and the like, by the names of the API.
    settings: Json = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message."""
        return self.type == DM_CHANNEL

    def allow(self, who: "Role | Member", *, allow: int = 0, deny: int = 0) -> None:
        """Set what a role or member may (not) do here beyond the rest of the guild."""
        target = who.id if isinstance(who, Role) else who.user.id
        self.overwrites[target] = (allow, deny)

    def to_json(self, reader: User | None = None) -> Json:
        """Return the channel object; in a direct message, `reader` is not among the recipients."""
        body: Json = {
            "id": str(self.id),
            "type": self.type,
            "flags": self.flags,
            "last_message_id": None if self.last_message_id is None else str(self.last_message_id),
        }
        if self.guild is None:
            body["recipients"] = [user.to_json() for user in self.recipients if user is not reader]
            return body
        body |= {
            "name": self.name,
            "guild_id": str(self.guild.id),
            "parent_id": None if self.parent is None else str(self.parent.id),
            "rate_limit_per_user": self.slowmode_seconds,
        }
        return body | (self._own_json(self.guild) if self.thread is None else self.thread.to_json())

    def _own_json(self, guild: "Guild") -> Json:
        kinds = {role.id for role in guild.roles}
        body: Json = {
            "position": guild.channels.index(self) if self in guild.channels else 0,
            "topic": self.topic,
            "nsfw": self.nsfw,
            "permission_overwrites": [
                {"id": str(target), "type": int(target not in kinds), "allow": str(allow), "deny": str(deny)}
                for target, (allow, deny) in self.overwrites.items()
            ],
        }
        if self.type in WITH_POSTS:
            body["available_tags"] = self.tags
        return body | CHANNEL_DEFAULTS.get(self.type, {}) | self.settings


@dataclass(slots=True, eq=False)
class Member:
    """A user in one guild."""

    user: User
    guild: "Guild"
    roles: list[Role]
    joined_at: datetime
    nick: str | None = None
    timeout_until: datetime | None = None

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def permissions(self) -> int:
        """What the member may do in the guild, whatever the channel. Its owner may do everything."""
        bits = self._role_bits
        return permissions.ALL if bits & permissions.ADMINISTRATOR else self._heard(bits)

    @property
    def is_silenced(self) -> bool:
        """Whether a timeout lasts; administrators and the owner have none."""
        until = self.timeout_until
        lasts = until is not None and until > self.guild.factory.now()
        return lasts and not self._role_bits & permissions.ADMINISTRATOR

    def _heard(self, bits: int) -> int:
        # "Permissions for Timed Out Members".
        return bits & permissions.OF_SILENCED if self.is_silenced else bits

    @property
    def _role_bits(self) -> int:
        if self.user.id == self.guild.owner_id:
            return permissions.ALL
        bits = self.guild.everyone.permissions
        for role in self.roles:
            bits |= role.permissions
        return bits

    def permissions_in(self, channel: Channel) -> int:
        """Return what the member may do in one channel; in a thread what the channel that it is in allows."""
        if channel.parent is not None and channel.type in THREADS:
            return self._permissions_in_thread(channel, channel.parent)
        found = channel.overwrites
        pairs = [found[self.guild.everyone.id]] if self.guild.everyone.id in found else []
        role_pairs = [found[role.id] for role in self.roles if role.id in found]
        if role_pairs:
            allow = deny = 0
            for role_allow, role_deny in role_pairs:
                allow |= role_allow
                deny |= role_deny
            pairs.append((allow, deny))
        if self.user.id in found:
            pairs.append(found[self.user.id])
        return self._heard(permissions.effective(self._role_bits, pairs))

    def _permissions_in_thread(self, channel: Channel, parent: Channel) -> int:
        assert channel.thread is not None
        bits = self.permissions_in(parent)
        hidden = channel.type == PRIVATE_THREAD and self.user.id not in channel.thread.members
        if hidden and not bits & permissions.MANAGE_THREADS:
            return 0
        speaks = bits & permissions.SEND_MESSAGES_IN_THREADS
        return bits | permissions.SEND_MESSAGES if speaks else bits & ~permissions.SEND_MESSAGES

    def give(self, role: Role) -> None:
        """Give the member a role; bots that watch members are told."""
        self.guild.factory.change_member(self, roles=[*self.roles, *([] if role in self.roles else [role])])

    def take(self, role: Role) -> None:
        """Take a role from the member; bots that watch members are told."""
        self.guild.factory.change_member(self, roles=[held for held in self.roles if held is not role])

    def to_json(self, *, with_user: bool = True) -> Json:
        """Return the member object."""
        body: Json = {
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "roles": [str(role.id) for role in self.roles],
            "joined_at": iso(self.joined_at),
            "premium_since": None,
            "communication_disabled_until": None if self.timeout_until is None else iso(self.timeout_until),
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
        }
        if with_user:
            body["user"] = self.user.to_json()
        return body


class EntityFactory(Protocol):
    """Makes and changes what is in a guild, and tells its bots."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...

    def add_channel(self, guild: "Guild", name: str, *, kind: int = TEXT_CHANNEL, **about: Any) -> Channel:
        """Return a further channel of a guild; `about` are fields of the channel."""
        ...

    def add_role(self, guild: "Guild", name: str, permissions: int = 0) -> Role:
        """Return a further role of a guild."""
        ...

    def add_member(
        self,
        guild: "Guild",
        name: str,
        *,
        permissions: int | SupportsValue | None = None,
        locale: str = "en-US",
        user: User | None = None,
    ) -> Member:
        """Return a person who joins a guild."""
        ...

    def change_member(self, member: Member, **changes: Any) -> None:
        """Set fields of a member."""
        ...

    def remove_member(self, member: Member) -> None:
        """Remove a member who leaves."""
        ...


@dataclass(slots=True, eq=False)
class Guild:
    """A server. `bans` have the reason for each user's id; `threads` are in the order they were made."""

    id: int
    name: str
    factory: "EntityFactory"
    everyone: Role
    owner_id: int
    created: datetime
    locale: str = "en-US"
    roles: list[Role] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    threads: list[Channel] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    bans: dict[int, str | None] = field(default_factory=dict)
    emojis: dict[int, CustomEmoji] = field(default_factory=dict)
    # What nobody here acts on, by the names of the API.
    settings: Json = field(default_factory=dict)

    def add_channel(self, name: str, *, nsfw: bool = False, kind: int = TEXT_CHANNEL) -> Channel:
        """Return a further channel, a text channel unless `kind` is another type."""
        return self.factory.add_channel(self, name, kind=kind, nsfw=nsfw)

    def add_role(self, name: str, permissions: int = 0) -> Role:
        """Return a further role; `member.give(role)` gives it to people."""
        return self.factory.add_role(self, name, permissions)

    def add_member(
        self,
        name: str,
        *,
        permissions: int | SupportsValue | None = None,
        locale: str = "en-US",
        user: User | None = None,
    ) -> Member:
        """Return a person who joins; `user` is somebody known from another guild.

        `permissions` are added to those of everybody: an int, or anything whose `.value` is one.
        """
        return self.factory.add_member(self, name, permissions=permissions, locale=locale, user=user)

    def remove_member(self, member: Member) -> None:
        """Remove a member who leaves, or is made to."""
        self.factory.remove_member(member)

    def role(self, role_id: int) -> Role | None:
        """Return the role with this id."""
        return next((role for role in self.roles if role.id == role_id), None)

    def to_json(self, *, with_counts: bool = False) -> Json:
        """Return the guild object without members and channels."""
        body: Json = {
            **GUILD_DEFAULTS,
            **self.settings,
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner_id),
            "roles": [role.to_json() for role in self.roles],
            "preferred_locale": self.locale,
            "emojis": [emoji.to_json() for emoji in self.emojis.values()],
        }
        return body | self.counts() if with_counts else body

    def counts(self) -> Json:
        """Return how many members there are, and are about: everybody always is."""
        return {
            "approximate_member_count": len(self.members),
            "approximate_presence_count": len(self.members),
        }
