"""Adds to guilds, changes and removes, and announces all of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playground.world.changes import Announce, Change
from playground.world.clock import Clock
from playground.world.model import (
    TEXT_CHANNEL,
    Channel,
    Guild,
    Json,
    Member,
    Role,
    SupportsValue,
    Thread,
    User,
)
from playground.world.snowflake import SnowflakeFactory


class GuildChanges:
    """Whatever happens to a guild's channels, threads, roles and members happens here.

    Args:
        clock: tells when.
        ids: the ids of what is new.
        channels: every channel of the world by its id.
        add_user: makes somebody new, of a name and a locale.
        announce: called with every change.
    """

    def __init__(
        self,
        clock: Clock,
        ids: SnowflakeFactory,
        channels: dict[int, Channel],
        add_user: Callable[[str, str], User],
        announce: Announce,
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._channels = channels
        self._add_user = add_user
        self._announce = announce

    def now(self) -> datetime:
        """Return the present moment."""
        return self._clock.datetime()

    def add_channel(self, guild: Guild, name: str, *, kind: int = TEXT_CHANNEL, **about: Any) -> Channel:
        """Return a further channel of a guild; `about` are fields of the channel."""
        channel = Channel(self._ids.next(), kind, name, guild, **about)
        guild.channels.append(channel)
        self._channels[channel.id] = channel
        self._announce_channel("CHANNEL_CREATE", channel)
        return channel

    def change_channel(self, channel: Channel, **changes: Any) -> None:
        """Set fields of a channel or thread."""
        if _set(channel, changes):
            self.touch_channel(channel)

    def change_thread(self, channel: Channel, thread: Thread, **changes: Any) -> None:
        """Set fields that only a thread has."""
        if changes.get("archived", thread.archived) != thread.archived:
            changes["archive_changed"] = self._clock.datetime()
        if _set(thread, changes):
            self.touch_channel(channel)

    def touch_channel(self, channel: Channel) -> None:
        """Announce that a channel has changed, such as its place."""
        self._announce_channel("CHANNEL_UPDATE" if channel.thread is None else "THREAD_UPDATE", channel)

    def remove_channel(self, channel: Channel) -> None:
        """Remove a channel with its threads, or a thread."""
        guild = channel.guild
        assert guild is not None
        for thread in [thread for thread in guild.threads if thread.parent is channel]:
            self.remove_channel(thread)
        self._announce_channel("CHANNEL_DELETE" if channel.thread is None else "THREAD_DELETE", channel)
        (guild.channels if channel.thread is None else guild.threads).remove(channel)
        for inner in guild.channels:
            if inner.parent is channel:
                self.change_channel(inner, parent=None)
        del self._channels[channel.id]

    def add_thread(
        self,
        parent: Channel,
        kind: int,
        name: str,
        thread: Thread,
        *,
        slowmode_seconds: int = 0,
        thread_id: int | None = None,
    ) -> Channel:
        """Return a thread in a channel; the one of a message has its id."""
        assert parent.guild is not None
        channel = Channel(
            thread_id or self._ids.next(),
            kind,
            name,
            parent.guild,
            parent=parent,
            thread=thread,
            slowmode_seconds=slowmode_seconds,
        )
        parent.guild.threads.append(channel)
        self._channels[channel.id] = channel
        self._announce(
            Change("THREAD_CREATE", {**channel.to_json(), "newly_created": True}, channel.guild, channel)
        )
        return channel

    def add_role(self, guild: Guild, name: str, permissions: int = 0, **about: Any) -> Role:
        """Return a further role, below those that the guild has but @everyone; `about` are fields of it."""
        for above in guild.roles:
            above.position += above is not guild.everyone
        role = Role(self._ids.next(), name, permissions, position=1, **about)
        guild.roles.append(role)
        self._announce_role("GUILD_ROLE_CREATE", guild, role)
        return role

    def change_role(self, guild: Guild, role: Role, **changes: Any) -> None:
        """Set fields of a role."""
        if _set(role, changes):
            self._announce_role("GUILD_ROLE_UPDATE", guild, role)

    def remove_role(self, guild: Guild, role: Role) -> None:
        """Remove a role from a guild and from those who have it."""
        guild.roles.remove(role)
        for member in guild.members.values():
            if role in member.roles:
                member.roles.remove(role)
        data = {"guild_id": str(guild.id), "role_id": str(role.id)}
        self._announce(Change("GUILD_ROLE_DELETE", data, guild))

    def add_member(
        self,
        guild: Guild,
        name: str,
        *,
        permissions: int | SupportsValue | None = None,
        locale: str = "en-US",
        user: User | None = None,
    ) -> Member:
        """Return a person who joins a guild; extra permissions come with a role of their own."""
        user = user or self._add_user(name, locale)
        roles = []
        if permissions is not None:
            wanted = permissions if isinstance(permissions, int) else int(permissions.value)
            extra = wanted & ~guild.everyone.permissions
            if extra:
                roles.append(self.add_role(guild, f"Role of {name}", extra))
        return self.join(Member(user, guild, roles, self._clock.datetime()))

    def join(self, member: Member) -> Member:
        """Let somebody in."""
        member.guild.members[member.id] = member
        self._announce_member("GUILD_MEMBER_ADD", member, member.to_json())
        return member

    def change_member(self, member: Member, **changes: Any) -> None:
        """Set fields of a member."""
        if _set(member, changes):
            self._announce_member("GUILD_MEMBER_UPDATE", member, member.to_json())

    def remove_member(self, member: Member) -> None:
        """Remove a member who leaves, or is made to."""
        member.guild.members.pop(member.id, None)
        self._announce_member("GUILD_MEMBER_REMOVE", member, {"user": member.user.to_json()})

    def ban(self, guild: Guild, user: User, reason: str | None) -> None:
        """Remove somebody and let them not come back."""
        guild.bans[user.id] = reason
        member = guild.members.get(user.id)
        if member is not None:
            self.remove_member(member)
        self._announce(Change("GUILD_BAN_ADD", _about(guild, user), guild))

    def unban(self, guild: Guild, user: User) -> None:
        """Let somebody come back."""
        del guild.bans[user.id]
        self._announce(Change("GUILD_BAN_REMOVE", _about(guild, user), guild))

    def change_guild(self, guild: Guild, **changes: Any) -> None:
        """Set fields of a guild."""
        if _set(guild, changes):
            self._announce(Change("GUILD_UPDATE", guild.to_json(), guild))

    def _announce_channel(self, name: str, channel: Channel) -> None:
        self._announce(Change(name, channel.to_json(), channel.guild, channel))

    def _announce_role(self, name: str, guild: Guild, role: Role) -> None:
        self._announce(Change(name, {"guild_id": str(guild.id), "role": role.to_json()}, guild))

    def _announce_member(self, name: str, member: Member, data: Json) -> None:
        self._announce(Change(name, {"guild_id": str(member.guild.id), **data}, member.guild))


def _about(guild: Guild, user: User) -> Json:
    return {"guild_id": str(guild.id), "user": user.to_json()}


def _set(target: Channel | Thread | Role | Member | Guild, changes: dict[str, Any]) -> bool:
    """Set the fields; whether anything is otherwise by now."""
    before = {name: getattr(target, name) for name in changes}
    for name, value in changes.items():
        setattr(target, name, value)
    return before != changes
