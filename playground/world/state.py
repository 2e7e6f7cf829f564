"""The world of one playground: who and what exists, and how to add to it."""

import secrets
from base64 import urlsafe_b64encode
from collections import defaultdict

from playground.world import permissions as bits
from playground.world.changes import Announce, Change
from playground.world.clock import Clock
from playground.world.emojis import CustomEmoji, Emoji
from playground.world.guild_changes import GuildChanges
from playground.world.invites import Invite
from playground.world.message import Message
from playground.world.model import (
    DM_CHANNEL,
    Application,
    Channel,
    Guild,
    Json,
    Member,
    Role,
    Team,
    TeamMember,
    User,
)
from playground.world.snowflake import SnowflakeFactory
from playground.world.webhooks import Webhook


def username_of(name: str) -> str:
    """Return a valid username made from a display name."""
    kept = "".join(letter for letter in name.lower().replace(" ", "_") if letter.isalnum() or letter in "._")
    return kept or "person"


class World:
    """Every user, application, guild and channel, by id."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = SnowflakeFactory(clock.now)
        self.users: dict[int, User] = {}
        self.applications: dict[int, Application] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.webhooks: dict[int, Webhook] = {}
        self.invites: dict[str, Invite] = {}
        self.application_emojis: dict[int, dict[int, CustomEmoji]] = defaultdict(dict)
        self.guild_changes = GuildChanges(clock, self.ids, self.channels, self._newcomer, self.announce)
        self._announced: list[Announce] = []
        self._by_token: dict[str, Application] = {}
        self._dms: dict[tuple[int, int], Channel] = {}
        self._messages: dict[int, list[Message]] = defaultdict(list)

    def listen(self, announce: Announce) -> None:
        """Call `announce` with every change of a guild from now on."""
        self._announced.append(announce)

    def announce(self, change: Change) -> None:
        """Call all listeners with a change."""
        for announce in self._announced:
            announce(change)

    def _newcomer(self, name: str, locale: str) -> User:
        return self.add_user(name, locale=locale)

    def add_user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        """Return somebody new, in no guild yet."""
        user = User(self.ids.next(), username_of(name), None if bot else name, bot=bot, locale=locale)
        if bot:
            user.username = name
        self.users[user.id] = user
        return user

    def add_application(
        self,
        name: str,
        *,
        token: str | None = None,
        privileged_intents: int = 0,
        owner: User | None = None,
    ) -> Application:
        """Register a bot, which `owner` owns; somebody new if None.

        `privileged_intents` are those switched on for it (presences 1 << 8, members 1 << 1, message content
        1 << 15); identifying with any other privileged intent is refused.
        """
        owner = owner or self.add_user(f"Owner of {name}")
        user = self.add_user(name, bot=True)
        prefix = urlsafe_b64encode(str(user.id).encode()).decode().rstrip("=")
        secret = token or f"{prefix}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(28)}"
        if secret in self._by_token:
            raise ValueError("another application has this token")
        application = Application(user.id, name, secret, user, owner, privileged_intents)
        self.applications[application.id] = application
        self._by_token[secret] = application
        return application

    def add_team(self, name: str, *members: TeamMember) -> Team:
        """Found a team, owned by the first of `members`; `application.team = team` hands it a bot."""
        return Team(self.ids.next(), name, members[0].user, members)

    def revoke(self, application: Application) -> None:
        """Forget the token of a bot."""
        self._by_token.pop(application.token, None)

    def application_of(self, token: str) -> Application | None:
        """Return whose token this is."""
        return self._by_token.get(token)

    def add_guild(self, name: str, *, locale: str = "en-US", with_channel: bool = True) -> Guild:
        """Return a server with one text channel, `general`, if any, owned by nobody in particular."""
        guild_id = self.ids.next_guild()
        owner = self.add_user(f"Owner of {name}")
        everyone = Role(guild_id, "@everyone", bits.DEFAULT_MEMBER)
        guild = Guild(
            guild_id,
            name,
            self.guild_changes,
            everyone,
            owner.id,
            self.clock.datetime(),
            locale,
            roles=[everyone],
        )
        self.guilds[guild_id] = guild
        self.guild_changes.join(Member(owner, guild, [], self.clock.datetime()))
        if with_channel:
            guild.add_channel("general")
        return guild

    def number_tags(self, tags: list[Json]) -> None:
        """Give ids to the tags of a forum that have none."""
        for tag in tags:
            tag["id"] = tag["id"] or str(self.ids.next())

    def has_emoji(self, emoji: Emoji) -> bool:
        """Return whether an emoji is a character, or one of a guild or an application."""
        owned = [*(guild.emojis for guild in self.guilds.values()), *self.application_emojis.values()]
        return emoji.id is None or any(emoji.id in emojis for emojis in owned)

    def install(self, application: Application, guild: Guild, *, permissions: int | None = None) -> None:
        """Add a bot to a server, with the permissions of everybody unless others are given."""
        roles = []
        if permissions is not None:
            bot_id = application.user.id
            roles.append(self.guild_changes.add_role(guild, application.name, permissions, bot_id=bot_id))
        self.guild_changes.join(Member(application.user, guild, roles, self.clock.datetime()))
        application.guilds[guild.id] = guild

    def uninstall(self, application: Application, guild: Guild) -> None:
        """Take a bot out of a server, with the role that came with it."""
        self.announce(Change("GUILD_DELETE", {"id": str(guild.id)}, guild, only_for=application))
        member = guild.members[application.user.id]
        for role in [role for role in member.roles if role.bot_id == member.id]:
            self.guild_changes.remove_role(guild, role)
        del application.guilds[guild.id]
        self.guild_changes.remove_member(member)

    def install_for(self, application: Application, user: User) -> None:
        """Install an app for one person, wherever that person is."""
        application.user_installs.add(user.id)

    def dm_channel(self, person: User, bot: User) -> Channel:
        """Return the direct messages between a person and a bot, made at first use."""
        key = (person.id, bot.id)
        if key not in self._dms:
            channel = Channel(self.ids.next(), DM_CHANNEL, recipients=(person, bot))
            self._dms[key] = channel
            self.channels[channel.id] = channel
        return self._dms[key]

    def messages_in(self, channel: Channel) -> list[Message]:
        """Return the messages of a channel, oldest first."""
        return self._messages[channel.id]

    def add_message(self, message: Message) -> None:
        """Put a message at the end of its channel."""
        self._messages[message.channel.id].append(message)
        if message.channel.thread is not None:
            message.channel.thread.sent += 1
        message.channel.last_message_id = message.id

    def remove_message(self, message: Message) -> None:
        """Take a message out of its channel."""
        left = self._messages[message.channel.id]
        left.remove(message)
        message.channel.last_message_id = left[-1].id if left else None

    def readers(self, channel: Channel) -> list[Application]:
        """Return the applications that can see a channel."""
        if channel.guild is None:
            return [app for app in self.applications.values() if app.user in channel.recipients]
        return [
            app
            for app in self.applications.values()
            if app.user.id in channel.guild.members
            and channel.guild.members[app.user.id].permissions_in(channel) & bits.VIEW_CHANNEL
        ]

    def permissions_in(self, user: User, channel: Channel) -> int:
        """Return what a user may do in a channel; in direct messages, everything that makes sense there."""
        if channel.guild is None:
            return bits.DEFAULT_MEMBER if user in channel.recipients else 0
        member = channel.guild.members.get(user.id)
        return member.permissions_in(channel) if member else 0

    def may_see(self, user_id: int, message: Message) -> bool:
        """Return whether a message is shown to this person."""
        return not message.deleted and message.only_for in (None, user_id)
