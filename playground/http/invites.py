"""Invites to channels of guilds."""

import secrets

from aiohttp import web

from playground.http.access import Access
from playground.http.bodies import read_object
from playground.http.requests import caller, reply, switched_on
from playground.validation import errors
from playground.validation.maxima import INVITES
from playground.validation.problems import Problems, boolean, integer
from playground.world import permissions
from playground.world.changes import Change
from playground.world.invites import Invite
from playground.world.model import Guild, Json
from playground.world.state import World

_OF_CHANNEL = "/channels/{channel_id}/invites"
MAX_AGE_SECONDS, MAX_USES = 604_800, 100


class InvitesApi:
    """Endpoints of invites."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        return [
            web.get(_OF_CHANNEL, self.of_channel),
            web.post(_OF_CHANNEL, self.create),
            web.get("/guilds/{guild_id}/invites", self.of_guild),
            web.get("/invites/{code}", self.get),
            web.delete("/invites/{code}", self.delete),
        ]

    async def of_channel(self, request: web.Request) -> web.Response:
        """GET the invites of a channel."""
        _, channel, guild = self._access.guild_channel(request, permissions.MANAGE_CHANNELS)
        found = [invite.to_json() for invite in self._in(guild) if invite.channel is channel]
        return reply(request, found)

    async def of_guild(self, request: web.Request) -> web.Response:
        """GET the invites of a guild."""
        _, guild = self._access.guild(request, permissions.MANAGE_GUILD)
        return reply(request, [invite.to_json() for invite in self._in(guild)])

    async def create(self, request: web.Request) -> web.Response:
        """POST an invite."""
        application, channel, guild = self._access.guild_channel(request, permissions.CREATE_INVITE)
        body, problems = await read_object(request), Problems()
        seconds = integer(problems, body, "max_age", 0, MAX_AGE_SECONDS)
        uses = integer(problems, body, "max_uses", 0, MAX_USES)
        temporary = boolean(problems, body, "temporary")
        boolean(problems, body, "unique")
        problems.raise_if_any()
        INVITES.check(len(self._in(guild)) + 1)
        invite = Invite(
            secrets.token_urlsafe(6),
            channel,
            application.user,
            self._world.clock.datetime(),
            86_400 if seconds is None else seconds,
            uses or 0,
            temporary,
        )
        self._world.invites[invite.code] = invite
        data = {**invite.to_json(), "guild_id": str(guild.id), "channel_id": str(channel.id)}
        self._world.announce(Change("INVITE_CREATE", data, guild, channel))
        return reply(request, invite.to_json())

    async def get(self, request: web.Request) -> web.Response:
        """GET an invite, by anybody."""
        invite = self._found(request)
        return reply(request, _shown(invite, with_counts=switched_on(request, "with_counts")))

    async def delete(self, request: web.Request) -> web.Response:
        """DELETE an invite."""
        application, invite = caller(self._world, request), self._found(request)
        guild = invite.channel.guild
        granted = self._world.permissions_in(application.user, invite.channel)
        if guild is None or not granted & permissions.MANAGE_CHANNELS:
            raise errors.missing_permissions()
        del self._world.invites[invite.code]
        data = {"channel_id": str(invite.channel.id), "guild_id": str(guild.id), "code": invite.code}
        self._world.announce(Change("INVITE_DELETE", data, guild, invite.channel))
        return reply(request, invite.to_json())

    def _in(self, guild: Guild) -> list[Invite]:
        now = self._world.clock.datetime()
        return [
            invite
            for invite in self._world.invites.values()
            if invite.channel.guild is guild and (invite.expires is None or now < invite.expires)
        ]

    def _found(self, request: web.Request) -> Invite:
        invite = self._world.invites.get(request.match_info["code"])
        if invite is None or invite.channel.guild is None or invite not in self._in(invite.channel.guild):
            raise errors.unknown_invite()
        return invite


def _shown(invite: Invite, *, with_counts: bool) -> Json:
    hidden = ("uses", "max_uses", "max_age", "temporary", "created_at")
    body = {key: value for key, value in invite.to_json().items() if key not in hidden}
    assert invite.channel.guild is not None
    return body | invite.channel.guild.counts() if with_counts else body
