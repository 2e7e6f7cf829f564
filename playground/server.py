"""The local Discord: one HTTP server on loopback with API, gateway and CDN, and the world behind it."""

import ipaddress
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from playground.gateway.limits import GatewayLimits
from playground.gateway.sessions import Gateway
from playground.gateway.socket import Socket
from playground.http.bodies import MAX_REQUEST_BYTES
from playground.http.faults import Faults
from playground.http.guard import Guard, not_found
from playground.http.operations import shadowed_of
from playground.http.ratelimit import RateLimits
from playground.http.routes import Families, Services
from playground.person.driver import SimulatedUser
from playground.person.transcript import narrate
from playground.recorder import Recorder
from playground.services.command_store import CommandStore
from playground.services.interactions import Interactions
from playground.services.messages import Messages
from playground.services.reactions import Reactions
from playground.services.threads import Threads
from playground.world.clock import Clock
from playground.world.events import Events
from playground.world.model import Application, Channel, Guild, Member, User
from playground.world.state import World

API = "/api/v10"


class LocalDiscord:
    """A Discord on loopback, used as an async context manager.

    Args:
        port: the port to listen on; 0 takes a free one.
        host: the address to bind. Anything but a loopback address is refused unless `allow_remote` is set.
        heartbeat_seconds: how often bots must send a heartbeat, in real time.
        rate_limits: whether Discord's rate limits are enforced; if not, their headers say that all is left.
        identify_limits: whether a bot that identifies twice in five seconds is sent away to try again later.
        gateway_limits: how many shards are recommended, and how many sessions and servers they may have.

    Raises:
        ValueError: when asked to bind an address that other machines can reach.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        allow_remote: bool = False,
        heartbeat_seconds: float = 41.25,
        rate_limits: bool = True,
        identify_limits: bool = True,
        gateway_limits: GatewayLimits = GatewayLimits(),
    ) -> None:
        if not allow_remote and not _is_loopback(host):
            raise ValueError(
                f"refusing to listen on {host}: anybody who reaches it could act as any person; "
                "use 127.0.0.1, or pass allow_remote=True if you mean it"
            )
        self._host = host
        self._port = port
        self._heartbeat_seconds = heartbeat_seconds
        self._runner: web.AppRunner | None = None
        self._extensions: list[Callable[[web.Application], None]] = []
        self.clock = Clock()
        self.events = Events()
        self.recorder = Recorder()
        self.world = World(self.clock)
        self.commands = CommandStore(self.clock, self.world.ids, self.events)
        self.gateway = Gateway(self.world, self.events, self.clock, gateway_limits, limited=identify_limits)
        self.world.listen(self.gateway.announce)
        self.messages = Messages(self.world, self.events, lambda: self.origin, self.gateway.deliver_message)
        self.reactions = Reactions(self.world, self.events, self.messages)
        self.threads = Threads(self.world, self.messages)
        self.interactions = Interactions(
            self.world, self.events, self.gateway.deliver_interaction, self.messages.attachments.forget
        )
        self.faults = Faults(self.gateway)
        self.limits = RateLimits(self.clock, enforced=rate_limits)
        self.events.listen(lambda event: narrate(self.recorder, self.clock, event))

    @property
    def _netloc(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{host}:{self._port}"

    @property
    def origin(self) -> str:
        """The address of the server, e.g. http://127.0.0.1:8123."""
        return f"http://{self._netloc}"

    @property
    def api_base(self) -> str:
        """The address of the HTTP API."""
        return self.origin + API

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        return f"ws://{self._netloc}/gateway"

    @property
    def cdn_base(self) -> str:
        """The address of avatars and attachments."""
        return self.origin

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Listen."""
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Close every socket and stop listening."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        self.clock.close()

    def extend(self, add_routes: Callable[[web.Application], None]) -> None:
        """Have further routes added to the web application when it starts."""
        self._extensions.append(add_routes)

    def application(self) -> web.Application:
        """Return the web application."""
        guard = Guard(API, faults=self.faults, limits=self.limits, recorder=self.recorder, clock=self.clock)
        app = web.Application(middlewares=[guard.handle], client_max_size=MAX_REQUEST_BYTES)
        routes = self._routes()
        for operation in shadowed_of(tuple((route.method, route.path) for route in routes)):
            app.router.add_route(operation.method, API + operation.path, not_found)
        for route in routes:
            app.router.add_route(route.method, API + route.path, route.handler)
        for add_routes in self._extensions:
            add_routes(app)
        app.router.add_get("/gateway", self._serve_gateway)
        app.router.add_get("/gateway/", self._serve_gateway)
        app.router.add_get("/attachments/{channel_id}/{attachment_id}/{filename}", self._serve_attachment)
        return app

    def served(self) -> list[tuple[str, str]]:
        """Return the method and path of every endpoint of the API that is served."""
        return [(route.method, route.path) for route in self._routes()]

    def _routes(self) -> list[web.RouteDef]:
        services = Services(
            self.world,
            self.gateway,
            self.events,
            self.commands,
            self.messages,
            self.reactions,
            self.threads,
            self.interactions,
        )
        return Families(services, lambda: self.api_base, lambda: self.gateway_url).routes()

    def add_application(
        self,
        name: str,
        *,
        token: str | None = None,
        privileged_intents: int = 0,
        owner: User | None = None,
    ) -> Application:
        """Register a bot; see `World.add_application`."""
        return self.world.add_application(
            name, token=token, privileged_intents=privileged_intents, owner=owner
        )

    def revoke(self, application: Application) -> None:
        """Make the token of a bot worth nothing, as when its owner resets it."""
        self.world.revoke(application)

    def add_guild(self, name: str, *, locale: str = "en-US") -> Guild:
        """Add a server with one text channel."""
        return self.world.add_guild(name, locale=locale)

    def add_guilds(self, application: Application, count: int) -> None:
        """Add a bot to this many servers more, in which nothing happens; they belong to all shards alike."""
        for number in range(count):
            self.world.install(application, self.world.add_guild(f"Server {number}", with_channel=False))

    def install(self, application: Application, guild: Guild, *, permissions: int | None = None) -> None:
        """Add a bot to a server."""
        self.world.install(application, guild, permissions=permissions)
        self.gateway.guild_joined(application, guild)

    def dm_channel(self, member: Member, application: Application) -> Channel:
        """Return the direct messages between a person and a bot."""
        return self.world.dm_channel(member.user, application.user)

    def person(self, member: Member, channel: Channel | None = None) -> SimulatedUser:
        """Put a person in front of a channel, by default the first one of the member's server."""
        return SimulatedUser(self, member.user, channel or member.guild.channels[0])

    def transcript(self) -> str:
        """Return what happened so far, readable by a person."""
        return self.recorder.transcript()

    async def _serve_gateway(self, request: web.Request) -> web.StreamResponse:
        socket = Socket(self.gateway, self.world, self.gateway_url, self._heartbeat_seconds)
        return await socket.serve(request)

    async def _serve_attachment(self, request: web.Request) -> web.StreamResponse:
        info = request.match_info
        try:
            key = int(info["channel_id"]), int(info["attachment_id"]), info["filename"]
        except ValueError:  # no number, or one of thousands of digits
            raise web.HTTPNotFound from None
        found = self.messages.attachments.get(key)
        if found is None:
            raise web.HTTPNotFound
        safe = found.content_type if found.content_type.startswith("image/") else "application/octet-stream"
        return web.Response(
            body=found.data, headers={"Content-Type": safe, "X-Content-Type-Options": "nosniff"}
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
