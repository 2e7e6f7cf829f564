"""What exists in this Discord: users, guilds, channels and applications, and their JSON."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from playground.world import permissions

Json = dict[str, Any]

TEXT_CHANNEL = 0
DM_CHANNEL = 1


def iso(moment: datetime) -> str:
    """A timestamp the way Discord writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class SupportsValue(Protocol):
    """Anything that carries its permission bits in `.value`, as discord.py's Permissions does."""

    @property
    def value(self) -> int:
        """The bits."""
        ...


@dataclass(slots=True, eq=False)
class User:
    """A person, or the user account of a bot."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    locale: str = "en-US"

    @property
    def display_name(self) -> str:
        """The name people see."""
        return self.global_name or self.username

    def to_json(self) -> Json:
        """The public user object."""
        body: Json = {
            "id": str(self.id),
            "username": self.username,
            "discriminator": "0000" if self.bot else "0",
            "global_name": self.global_name,
            "avatar": None,
            "public_flags": 0,
            "flags": 0,
            "banner": None,
            "accent_color": None,
            "avatar_decoration_data": None,
            "collectibles": None,
            "primary_guild": None,
        }
        if self.bot:
            body["bot"] = True
        return body


@dataclass(slots=True, eq=False)
class Role:
    """A named set of permissions in a guild."""

    id: int
    name: str
    permissions: int
    position: int = 0

    def to_json(self) -> Json:
        """The role object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
            "description": None,
        }


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel of a guild, or a direct message between one person and one bot."""

    id: int
    type: int
    name: str = ""
    guild: "Guild | None" = None
    recipients: tuple[User, ...] = ()
    nsfw: bool = False
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    last_message_id: int | None = None

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message."""
        return self.type == DM_CHANNEL

    def allow(self, who: "Role | Member", *, allow: int = 0, deny: int = 0) -> None:
        """Set what a role or member may (not) do here beyond the rest of the guild."""
        target = who.id if isinstance(who, Role) else who.user.id
        self.overwrites[target] = (allow, deny)

    def to_json(self, reader: User | None = None) -> Json:
        """The channel object; in a direct message, `reader` is not among the recipients."""
        last = None if self.last_message_id is None else str(self.last_message_id)
        if self.guild is None:
            others = [user.to_json() for user in self.recipients if user is not reader]
            return {
                "id": str(self.id),
                "type": self.type,
                "flags": 0,
                "last_message_id": last,
                "recipients": others,
            }
        kinds = {role.id for role in self.guild.roles}
        return {
            "id": str(self.id),
            "type": self.type,
            "name": self.name,
            "guild_id": str(self.guild.id),
            "position": self.guild.channels.index(self),
            "parent_id": None,
            "topic": None,
            "nsfw": self.nsfw,
            "flags": 0,
            "rate_limit_per_user": 0,
            "last_message_id": last,
            "permission_overwrites": [
                {"id": str(target), "type": int(target not in kinds), "allow": str(allow), "deny": str(deny)}
                for target, (allow, deny) in self.overwrites.items()
            ],
        }


@dataclass(slots=True, eq=False)
class Member:
    """A user in one guild."""

    user: User
    guild: "Guild"
    roles: list[Role]
    joined_at: datetime

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def permissions(self) -> int:
        """What the member may do in the guild, whatever the channel."""
        bits = self.guild.everyone.permissions
        for role in self.roles:
            bits |= role.permissions
        return permissions.ALL if bits & permissions.ADMINISTRATOR else bits

    def permissions_in(self, channel: Channel) -> int:
        """What the member may do in one channel."""
        bits = self.guild.everyone.permissions
        for role in self.roles:
            bits |= role.permissions
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
        return permissions.effective(bits, pairs)

    def to_json(self, *, with_user: bool = True) -> Json:
        """The member object."""
        body: Json = {
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": [str(role.id) for role in self.roles],
            "joined_at": iso(self.joined_at),
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
        }
        if with_user:
            body["user"] = self.user.to_json()
        return body


class EntityFactory(Protocol):
    """Makes what is new in a guild. The world does, which hands out the ids."""

    def add_channel(self, guild: "Guild", name: str, *, nsfw: bool = False) -> Channel:
        """A further text channel of a guild."""
        ...

    def add_role(self, guild: "Guild", name: str, permissions: int = 0) -> Role:
        """A further role of a guild."""
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
        """A person who joins a guild."""
        ...


@dataclass(slots=True, eq=False)
class Guild:
    """A server."""

    id: int
    name: str
    factory: "EntityFactory"
    everyone: Role
    owner_id: int
    created: datetime
    locale: str = "en-US"
    roles: list[Role] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)

    def add_channel(self, name: str, *, nsfw: bool = False) -> Channel:
        """A further text channel."""
        return self.factory.add_channel(self, name, nsfw=nsfw)

    def add_role(self, name: str, permissions: int = 0) -> Role:
        """A further role; give it to people with `member.roles.append(role)`."""
        return self.factory.add_role(self, name, permissions)

    def add_member(
        self,
        name: str,
        *,
        permissions: int | SupportsValue | None = None,
        locale: str = "en-US",
        user: User | None = None,
    ) -> Member:
        """A person who joins; `user` is somebody known from another guild.

        `permissions` are added to those of everybody: an int, or anything whose `.value` is one.
        """
        return self.factory.add_member(self, name, permissions=permissions, locale=locale, user=user)

    def to_json(self) -> Json:
        """The guild object without members and channels."""
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "description": None,
            "home_header": None,
            "splash": None,
            "discovery_splash": None,
            "features": [],
            "banner": None,
            "owner_id": str(self.owner_id),
            "application_id": None,
            "region": "",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "widget_channel_id": None,
            "verification_level": 0,
            "roles": [role.to_json() for role in self.roles],
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": None,
            "max_members": 500000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "rules_channel_id": None,
            "safety_alerts_channel_id": None,
            "public_updates_channel_id": None,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": None,
        }


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody of a team, who may not have accepted yet; `role` is "admin", "developer" or "read_only"."""

    user: User
    role: str = "admin"
    accepted: bool = True

    def to_json(self, team: "Team") -> Json:
        """The team member object."""
        return {
            "user": self.user.to_json(),
            "team_id": str(team.id),
            "membership_state": 2 if self.accepted else 1,
            "role": self.role,
            "permissions": ["*"],
        }


@dataclass(frozen=True, slots=True)
class Team:
    """Those who own an application together; the owner of the team is one of its members."""

    id: int
    name: str
    owner: User
    members: tuple[TeamMember, ...]

    def to_json(self) -> Json:
        """The team object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "owner_user_id": str(self.owner.id),
            "members": [member.to_json(self) for member in self.members],
        }

    def as_user(self) -> User:
        """The user that Discord names as the owner of the team's applications."""
        return User(self.id, f"team{self.id}")


@dataclass(slots=True, eq=False)
class Application:
    """A bot as its owner registered it; one that a team owns names nobody else."""

    id: int
    name: str
    token: str
    user: User
    owner: User
    privileged_intents: int = 0
    team: Team | None = None
    guilds: dict[int, Guild] = field(default_factory=dict)
    user_installs: set[int] = field(default_factory=set)
    # Ids of commands that a server's admins opened or closed for a role or member, per (guild, command).
    command_overrides: dict[tuple[int, int], dict[int, bool]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Application {self.name} id={self.id}>"

    @property
    def flags(self) -> int:
        """Application flags: which privileged intents are switched on (limited: under 100 guilds)."""
        presence, members, content = 1 << 8, 1 << 1, 1 << 15
        flags = 1 << 23
        for intent, flag in ((presence, 1 << 13), (members, 1 << 15), (content, 1 << 19)):
            if self.privileged_intents & intent:
                flags |= flag
        return flags
