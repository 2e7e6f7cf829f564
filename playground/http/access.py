"""Who asks for what, and whether that is allowed: from a path to its guild, channel or message."""

from aiohttp import web

from playground.http.requests import caller, number
from playground.services.messages import Messages
from playground.validation import errors, message_errors
from playground.world import permissions
from playground.world.message import Message, without_content
from playground.world.model import Application, Channel, Guild, Json, Member, Role, User
from playground.world.state import World


class Access:
    """Finds what the path of a request names, for the application whose token it bears."""

    def __init__(self, world: World, messages: Messages) -> None:
        self._world = world
        self._messages = messages

    def user(self, request: web.Request) -> User:
        """Return the bot itself."""
        return caller(self._world, request).user

    def guild(self, request: web.Request, needed: int = 0) -> tuple[Application, Guild]:
        """Return the guild, where the application has the needed permissions.

        Raises:
            ApiError: 10004 for a guild that the application is not in, 50013 without the permissions.
        """
        application = caller(self._world, request)
        guild = application.guilds.get(number(request, "guild_id"))
        if guild is None:
            raise errors.unknown_guild()
        if needed & ~guild.members[application.user.id].permissions:
            raise errors.missing_permissions()
        return application, guild

    def channel(self, request: web.Request, needed: int = 0) -> tuple[Application, Channel]:
        """Return the channel or thread, likewise.

        Raises:
            ApiError: 10003 for none, 50001 for one that the application may not see, 50013 as above.
        """
        application = caller(self._world, request)
        channel = self._world.channels.get(number(request, "channel_id"))
        if channel is None:
            raise errors.unknown_channel()
        granted = self._world.permissions_in(application.user, channel)
        if not granted & permissions.VIEW_CHANNEL:
            raise errors.missing_access()
        if needed & ~granted:
            raise errors.missing_permissions()
        return application, channel

    def message(self, request: web.Request, needed: int = 0) -> tuple[Application, Message]:
        """Return a message of the channel, likewise.

        Raises:
            ApiError: 10008 for none, and as for its channel.
        """
        application, channel = self.channel(request, needed)
        return application, self._messages.find(channel, number(request, "message_id"))

    def open_message(self, request: web.Request, needed: int = 0) -> tuple[Application, Message]:
        """Return a message that can still be changed, likewise.

        Raises:
            ApiError: 50083 in an archived thread, and as for any message.
        """
        application, message = self.message(request, needed)
        thread = message.channel.thread
        if thread is not None and thread.archived:
            raise message_errors.thread_archived()
        return application, message

    def guild_channel(self, request: web.Request, needed: int = 0) -> tuple[Application, Channel, Guild]:
        """Return a channel or thread of a guild, likewise.

        Raises:
            ApiError: 50003 for direct messages, and as for any channel.
        """
        application, channel = self.channel(request)
        if channel.guild is None:
            raise errors.direct_channel()
        if needed & ~self._world.permissions_in(application.user, channel):
            raise errors.missing_permissions()
        return application, channel, channel.guild

    def role(self, request: web.Request, guild: Guild) -> Role:
        """Return the role in the path.

        Raises:
            ApiError: 10011 if the guild has none.
        """
        role = guild.role(number(request, "role_id"))
        if role is None:
            raise errors.unknown_role()
        return role

    def member(self, request: web.Request, guild: Guild) -> Member:
        """Return the member in the path.

        Raises:
            ApiError: 10007 if the guild has none.
        """
        member = guild.members.get(number(request, "user_id"))
        if member is None:
            raise errors.unknown_member()
        return member


def shown(message: Message, application: Application) -> Json:
    """Return a message as a bot is given it: without content where the intent for that is switched off."""
    body = message.to_json(application.user)
    readable = message.readable(application.user, content_intent=application.reads_content)
    return body if readable else without_content(body)


def top_position(member: Member) -> int:
    """Return how high somebody stands in a guild: above its roles for the owner."""
    if member.id == member.guild.owner_id:
        return len(member.guild.roles) + 1
    return max((role.position for role in member.roles), default=0)


def check_grantable(granted: int, wanted: int) -> None:
    """Refuse what a bot would let others do, or not, without being allowed to do it itself.

    Raises:
        ApiError: 50013.
    """
    if wanted & permissions.ALL & ~granted:
        raise errors.missing_permissions()


def check_above(application: Application, guild: Guild, other: Member | Role) -> None:
    """Refuse what a bot does to a member or role that stands as high as it does.

    Raises:
        ApiError: 50013.
    """
    own = top_position(guild.members[application.user.id])
    theirs = other.position if isinstance(other, Role) else top_position(other)
    if theirs >= own:
        raise errors.missing_permissions()
