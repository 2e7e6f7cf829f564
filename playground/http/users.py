"""The current bot, its application, the gateway's address, and what a bot may look up."""

from collections.abc import Callable

from aiohttp import web

from playground.http.requests import caller, number, read_message, reply
from playground.validation import errors
from playground.validation.problems import Problems, integer
from playground.world import permissions
from playground.world.model import Application, Channel, Guild, Json
from playground.world.state import World

IDENTIFIES_A_DAY = 1000


class UsersApi:
    """Endpoints about users, applications, guilds and channels."""

    def __init__(self, world: World, gateway_address: Callable[[], str], shards: Callable[[], int]) -> None:
        self._world = world
        self._gateway_address = gateway_address
        self._shards = shards

    def routes(self) -> list[web.RouteDef]:
        """The routes of this family."""
        return [
            web.get("/users/@me", self.me),
            web.get("/users/@me/guilds", self.my_guilds),
            web.post("/users/@me/channels", self.open_dm),
            web.get("/users/{user_id}", self.user),
            web.get("/applications/@me", self.application),
            web.get("/oauth2/applications/@me", self.application),
            web.get("/gateway", self.gateway),
            web.get("/gateway/bot", self.gateway_bot),
            web.get("/guilds/{guild_id}", self.guild),
            web.get("/guilds/{guild_id}/channels", self.guild_channels),
            web.get("/guilds/{guild_id}/roles", self.guild_roles),
            web.get("/guilds/{guild_id}/members/{user_id}", self.member),
            web.get("/channels/{channel_id}", self.channel),
        ]

    async def me(self, request: web.Request) -> web.Response:
        """GET /users/@me."""
        user = caller(self._world, request).user
        private = {
            "mfa_enabled": False,
            "locale": "en-US",
            "premium_type": 0,
            "email": None,
            "verified": True,
        }
        return reply(request, {**user.to_json(), **private})

    async def my_guilds(self, request: web.Request) -> web.Response:
        """GET /users/@me/guilds."""
        application = caller(self._world, request)
        return reply(
            request,
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "banner": None,
                    "owner": False,
                    "permissions": str(guild.members[application.user.id].permissions),
                    "features": [],
                }
                for guild in application.guilds.values()
            ],
        )

    async def open_dm(self, request: web.Request) -> web.Response:
        """POST /users/@me/channels."""
        application = caller(self._world, request)
        body, _ = await read_message(request)
        problems = Problems()
        person_id = integer(problems, body, "recipient_id", 0, 2**63 - 1, required=True)
        problems.raise_if_any()
        person = self._world.users.get(person_id or 0)
        if person is None:
            problems.at("recipient_id").add("USER_UNKNOWN", "Unknown user")
            problems.raise_if_any()
        if person is None or person.bot:
            raise errors.cannot_message_user()
        return reply(request, self._world.dm_channel(person, application.user).to_json(application.user))

    async def user(self, request: web.Request) -> web.Response:
        """GET /users/{user_id}."""
        caller(self._world, request)
        user = self._world.users.get(number(request, "user_id"))
        if user is None:
            raise errors.unknown_user()
        return reply(request, user.to_json())

    async def application(self, request: web.Request) -> web.Response:
        """GET /oauth2/applications/@me and /applications/@me."""
        return reply(request, application_json(caller(self._world, request)))

    async def gateway(self, request: web.Request) -> web.Response:
        """GET /gateway."""
        return reply(request, {"url": self._gateway_address()})

    async def gateway_bot(self, request: web.Request) -> web.Response:
        """GET /gateway/bot."""
        caller(self._world, request)
        limit = {
            "total": IDENTIFIES_A_DAY,
            "remaining": IDENTIFIES_A_DAY,
            "reset_after": 0,
            "max_concurrency": 1,
        }
        return reply(
            request, {"url": self._gateway_address(), "shards": self._shards(), "session_start_limit": limit}
        )

    async def guild(self, request: web.Request) -> web.Response:
        """GET /guilds/{guild_id}."""
        return reply(request, self._guild(request).to_json())

    async def guild_channels(self, request: web.Request) -> web.Response:
        """GET /guilds/{guild_id}/channels."""
        return reply(request, [channel.to_json() for channel in self._guild(request).channels])

    async def guild_roles(self, request: web.Request) -> web.Response:
        """GET /guilds/{guild_id}/roles."""
        return reply(request, [role.to_json() for role in self._guild(request).roles])

    async def member(self, request: web.Request) -> web.Response:
        """GET /guilds/{guild_id}/members/{user_id}."""
        found = self._guild(request).members.get(number(request, "user_id"))
        if found is None:
            raise errors.unknown_member()
        return reply(request, found.to_json())

    async def channel(self, request: web.Request) -> web.Response:
        """GET /channels/{channel_id}."""
        application = caller(self._world, request)
        channel = visible_channel(self._world, application, request)
        return reply(request, channel.to_json(application.user))

    def _guild(self, request: web.Request) -> Guild:
        application = caller(self._world, request)
        guild = application.guilds.get(number(request, "guild_id"))
        if guild is None:
            raise errors.unknown_guild()
        return guild


def visible_channel(world: World, application: Application, request: web.Request) -> Channel:
    """The channel named in the path, if the application can see it.

    Raises:
        ApiError: 10003 if there is none, 50001 if the application may not see it.
    """
    channel = world.channels.get(number(request, "channel_id"))
    if channel is None:
        raise errors.unknown_channel()
    if not world.permissions_in(application.user, channel) & permissions.VIEW_CHANNEL:
        raise errors.missing_access()
    return channel


def application_json(application: Application) -> Json:
    """The private application object."""
    team = application.team
    return {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": application.user.to_json(),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": application.flags,
        "flags_new": str(application.flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": (application.owner if team is None else team.as_user()).to_json(),
        "approximate_guild_count": len(application.guilds),
        "approximate_user_install_count": len(application.user_installs),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None if team is None else team.to_json(),
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    }
