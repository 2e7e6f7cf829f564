"""The current bot, its application, the gateway's address, and other users."""

from collections.abc import Callable

from aiohttp import web

from playground.gateway.sessions import Gateway
from playground.http.bodies import read_object
from playground.http.requests import caller, number, reply
from playground.validation import errors
from playground.validation.images import read_image
from playground.validation.problems import Problems, text, whole_number
from playground.world.model import Application, Json, User
from playground.world.state import World


class UsersApi:
    """Endpoints about users and applications."""

    def __init__(self, world: World, gateway: Gateway, gateway_address: Callable[[], str]) -> None:
        self._world = world
        self._gateway = gateway
        self._gateway_address = gateway_address

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this family."""
        return [
            web.get("/users/@me", self.me),
            web.patch("/users/@me", self.edit_me),
            web.post("/users/@me/channels", self.open_dm),
            web.get("/users/{user_id}", self.user),
            web.get("/applications/@me", self.application),
            web.get("/oauth2/applications/@me", self.application),
            web.get("/gateway", self.gateway),
            web.get("/gateway/bot", self.gateway_bot),
        ]

    async def me(self, request: web.Request) -> web.Response:
        """GET /users/@me."""
        return reply(request, self._own(caller(self._world, request).user))

    async def edit_me(self, request: web.Request) -> web.Response:
        """PATCH /users/@me: the name; pictures are not kept."""
        user, problems = caller(self._world, request).user, Problems()
        body = await read_object(request)
        name = text(problems, body, "username", 32, low=2)
        for key in ("avatar", "banner"):
            read_image(problems, body, key)
        problems.raise_if_any()
        if name is not None:
            user.username = name
        return reply(request, self._own(user))

    def _own(self, user: User) -> Json:
        private = {
            "mfa_enabled": False,
            "locale": "en-US",
            "premium_type": 0,
            "email": None,
            "verified": True,
        }
        return {**user.to_json(), **private}

    async def open_dm(self, request: web.Request) -> web.Response:
        """POST /users/@me/channels."""
        application = caller(self._world, request)
        body, problems = await read_object(request), Problems()
        person_id = whole_number(problems, body, "recipient_id", required=True)
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
        application, gateway = caller(self._world, request), self._gateway
        limit = {
            "total": gateway.starts.limits.session_starts,
            "remaining": gateway.starts.left(application),
            "reset_after": round(1000 * gateway.starts.reset_after(application)),
            "max_concurrency": gateway.starts.limits.max_concurrency,
        }
        shards = gateway.starts.limits.recommended(len(application.guilds))
        return reply(
            request, {"url": self._gateway_address(), "shards": shards, "session_start_limit": limit}
        )


def application_json(application: Application) -> Json:
    """Return the private application object."""
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
