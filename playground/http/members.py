"""Members of guilds, their roles, and who is banned."""

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from playground.http.access import Access, check_above
from playground.http.bodies import read_object
from playground.http.paging import page
from playground.http.requests import caller, nothing, number, reply
from playground.services.messages import Messages
from playground.validation import errors
from playground.validation.images import read_image
from playground.validation.problems import (
    Problems,
    boolean,
    integer,
    repeated,
    text,
    whole_number,
    whole_numbers,
)
from playground.world import permissions
from playground.world.model import Application, Guild, Json, Member, Role, User
from playground.world.state import World

_MEMBERS = "/guilds/{guild_id}/members"
_ONE = _MEMBERS + "/{user_id}"
_BANS = "/guilds/{guild_id}/bans"

MAX_TIMEOUT = timedelta(days=28)
MAX_REASON = 512
MAX_BIO = 190


class MembersApi:
    """Endpoints of members and bans."""

    def __init__(self, world: World, access: Access, messages: Messages) -> None:
        self._world = world
        self._access = access
        self._messages = messages

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        return [
            web.get(_MEMBERS, self.list),
            web.get(_MEMBERS + "/search", self.search),
            web.patch(_MEMBERS + "/@me", self.edit_own),
            web.get("/users/@me/guilds/{guild_id}/member", self.own),
            web.get(_ONE, self.get),
            web.patch(_ONE, self.edit),
            web.delete(_ONE, self.kick),
            web.put(_ONE + "/roles/{role_id}", self.give_role),
            web.delete(_ONE + "/roles/{role_id}", self.take_role),
            web.get(_BANS, self.bans),
            web.get(_BANS + "/{user_id}", self.ban_of),
            web.put(_BANS + "/{user_id}", self.ban),
            web.delete(_BANS + "/{user_id}", self.unban),
        ]

    async def list(self, request: web.Request) -> web.Response:
        """GET the members of a guild, by their ids; restricted to bots with the intent for members."""
        application, guild = self._access.guild(request)
        members = sorted(guild.members.values(), key=lambda member: member.id)
        found = page(request, members, lambda member: member.id, default=1, most=1000)
        if not application.lists_members:
            raise errors.missing_access()
        return reply(request, [member.to_json() for member in found])

    async def search(self, request: web.Request) -> web.Response:
        """GET the members whose names begin with a text."""
        _, guild = self._access.guild(request)
        problems = Problems()
        query = text(problems, request.query, "query", 100, low=1, required=True) or ""
        limit = whole_number(problems, request.query, "limit", 1, 1000) or 1
        problems.raise_if_any()
        found = [
            member
            for member in guild.members.values()
            if any(name.lower().startswith(query.lower()) for name in (member.user.username, shown(member)))
        ]
        return reply(request, [member.to_json() for member in found[:limit]])

    async def get(self, request: web.Request) -> web.Response:
        """GET a member."""
        _, guild = self._access.guild(request)
        return reply(request, self._access.member(request, guild).to_json())

    async def own(self, request: web.Request) -> web.Response:
        """GET the bot's own membership."""
        application, guild = self._access.guild(request)
        return reply(request, guild.members[application.user.id].to_json())

    async def edit_own(self, request: web.Request) -> web.Response:
        """PATCH the bot's own nickname."""
        application, guild = self._access.guild(request, permissions.CHANGE_NICKNAME)
        body, problems = await read_object(request), Problems()
        nick = text(problems, body, "nick", 32)
        text(problems, body, "bio", MAX_BIO)
        for key in ("avatar", "banner"):
            read_image(problems, body, key)
        problems.raise_if_any()
        member = guild.members[application.user.id]
        if "nick" in body:
            self._world.guild_changes.change_member(member, nick=nick or None)
        return reply(request, member.to_json())

    async def edit(self, request: web.Request) -> web.Response:
        """PATCH a member: nickname, roles, timeout."""
        application, guild = self._access.guild(request)
        member = self._access.member(request, guild)
        body, problems = await read_object(request), Problems()
        changes = self._read_changes(problems, body, guild)
        problems.raise_if_any()
        needed = {
            "nick": permissions.MANAGE_NICKNAMES,
            "roles": permissions.MANAGE_ROLES,
            "timeout_until": permissions.MODERATE_MEMBERS,
        }
        wanted = sum(needed[key] for key in changes)
        if wanted & ~guild.members[application.user.id].permissions:
            raise errors.missing_permissions()
        if member.user is not application.user:
            check_above(application, guild, member)
        for role in {*changes.get("roles", member.roles)} ^ {*member.roles}:
            check_giveable(application, guild, role)
        # "Modify Guild Member": administrators and the owner are not silenced.
        if changes.get("timeout_until") and member.permissions & permissions.ADMINISTRATOR:
            raise errors.missing_permissions()
        if any(body.get(key) is not None for key in ("mute", "deaf", "channel_id")):
            raise errors.not_in_voice()
        self._world.guild_changes.change_member(member, **changes)
        return reply(request, member.to_json())

    def _read_changes(self, problems: Problems, body: Json, guild: Guild) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        for key in ("mute", "deaf"):
            boolean(problems, body, key)
        whole_number(problems, body, "channel_id")
        integer(problems, body, "flags", 0, 2**31 - 1)
        if "nick" in body:
            changes["nick"] = text(problems, body, "nick", 32) or None
        if "roles" in body:
            wanted = whole_numbers(problems, body, "roles", 250)
            known = {role.id: role for role in guild.roles if role is not guild.everyone}
            if not set(wanted) <= set(known):
                problems.at("roles").add("ROLE_UNKNOWN", "Unknown Role")
            changes["roles"] = [known[role] for role in wanted if role in known]
        if "communication_disabled_until" in body:
            changes["timeout_until"] = self._read_timeout(problems, body["communication_disabled_until"])
        return changes

    def _read_timeout(self, problems: Problems, value: Any) -> datetime | None:
        if value is None:
            return None
        here = problems.at("communication_disabled_until")
        try:
            until = datetime.fromisoformat(value).astimezone()
        except (TypeError, ValueError, OverflowError):
            here.add("DATE_TIME_TYPE_PARSE", f"Could not parse {repeated(value)}. Should be ISO8601.")
            return None
        if until > self._world.clock.datetime() + MAX_TIMEOUT:
            here.add("INVALID_COMMUNICATION_DISABLED_TIMESTAMP", "A timeout lasts 28 days at most")
        return until

    async def kick(self, request: web.Request) -> web.Response:
        """DELETE a member."""
        application, guild = self._access.guild(request, permissions.KICK_MEMBERS)
        member = self._access.member(request, guild)
        check_above(application, guild, member)
        self._world.guild_changes.remove_member(member)
        return nothing(request)

    async def give_role(self, request: web.Request) -> web.Response:
        """PUT a role."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        member, role = self._access.member(request, guild), self._access.role(request, guild)
        check_giveable(application, guild, role)
        member.give(role)
        return nothing(request)

    async def take_role(self, request: web.Request) -> web.Response:
        """DELETE a role."""
        application, guild = self._access.guild(request, permissions.MANAGE_ROLES)
        member, role = self._access.member(request, guild), self._access.role(request, guild)
        check_giveable(application, guild, role)
        member.take(role)
        return nothing(request)

    async def bans(self, request: web.Request) -> web.Response:
        """GET who is banned, by their ids."""
        _, guild = self._access.guild(request, permissions.BAN_MEMBERS)
        users = page(request, sorted(guild.bans), lambda user: user, default=1000, most=1000)
        return reply(request, [self._ban_json(guild, user) for user in users])

    async def ban_of(self, request: web.Request) -> web.Response:
        """GET one ban."""
        _, guild = self._access.guild(request, permissions.BAN_MEMBERS)
        return reply(request, self._ban_json(guild, self._banned(request, guild)))

    async def ban(self, request: web.Request) -> web.Response:
        """PUT a ban, of a member or of anybody else."""
        application, guild = self._access.guild(request, permissions.BAN_MEMBERS)
        body, problems = await read_object(request), Problems()
        seconds = integer(problems, body, "delete_message_seconds", 0, 604_800)
        days = integer(problems, body, "delete_message_days", 0, 7)
        problems.raise_if_any()
        user = self._user(request)
        if user.id in guild.members:
            check_above(application, guild, guild.members[user.id])
        reason = request.headers.get("X-Audit-Log-Reason", "")[:MAX_REASON]
        self._world.guild_changes.ban(guild, user, reason or None)
        self._delete_lately(guild, user, seconds or (days or 0) * 86_400)
        return nothing(request)

    def _delete_lately(self, guild: Guild, user: User, seconds: int) -> None:
        since = self._world.clock.now() - seconds
        for channel in [*guild.channels, *guild.threads] if seconds else []:
            said = [
                message
                for message in self._world.messages_in(channel)
                if message.author is user and message.created.timestamp() >= since
            ]
            self._messages.delete_many(channel, said)

    async def unban(self, request: web.Request) -> web.Response:
        """DELETE a ban."""
        _, guild = self._access.guild(request, permissions.BAN_MEMBERS)
        self._world.guild_changes.unban(guild, self._world.users[self._banned(request, guild)])
        return nothing(request)

    def _banned(self, request: web.Request, guild: Guild) -> int:
        user_id = number(request, "user_id")
        if user_id not in guild.bans:
            raise errors.unknown_ban()
        return user_id

    def _ban_json(self, guild: Guild, user_id: int) -> Json:
        return {"user": self._world.users[user_id].to_json(), "reason": guild.bans[user_id]}

    def _user(self, request: web.Request) -> User:
        caller(self._world, request)
        user = self._world.users.get(number(request, "user_id"))
        if user is None:
            raise errors.unknown_user()
        return user


def check_giveable(application: Application, guild: Guild, role: Role) -> None:
    """Refuse to give or take a role that a bot cannot: of everybody, of another bot, or not below its own.

    Raises:
        ApiError: 50028 or 50013.
    """
    if role is guild.everyone or role.bot_id is not None:
        raise errors.invalid_role()
    check_above(application, guild, role)


def shown(member: Member) -> str:
    """Return what a member is called in the guild."""
    return member.nick or member.user.display_name
