"""Serves the page: its files, its pictures, and one socket that bears a token."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import msgspec
from aiohttp import WSCloseCode, WSMsgType, web

from playground.person.errors import DriverError
from playground.server import LocalDiscord
from playground.validation.maxima import ATTACHMENTS
from playground.validation.messages import MAX_FILE_BYTES
from playground.web import views
from playground.web.address import HOST, PageAddress
from playground.web.files import MEDIA_HEADERS, SAFE_PICTURES, page_headers, read_static
from playground.web.outside_pictures import OutsidePictures
from playground.web.requests import Enter, Request, decoder
from playground.web.session import Session
from playground.world.events import Event
from playground.world.interaction import COMMAND
from playground.world.message import Message
from playground.world.model import Guild, Json, Member

REFUSED = 4001
ENTER_SECONDS = 10.0
# The files of one command or form, a third larger in base64, and some room.
_MAX_SOCKET_BYTES = ATTACHMENTS.most * MAX_FILE_BYTES * 4 // 3 + 2**20

_log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page:
    """One page over one server of a local Discord; see `attach_page`."""

    def __init__(
        self,
        discord: LocalDiscord,
        guild: Guild,
        people: Sequence[Member] | None,
        examples: Callable[[str], Sequence[str]],
    ) -> None:
        self._discord = discord
        self._guild = guild
        self._people = people
        self._examples = examples
        self._static = read_static()
        # Pictures are asked for without the token, so their addresses hold a secret of their own.
        self._media = f"/media/{secrets.token_urlsafe(24)}"
        self._outside = OutsidePictures(f"{self._media}/outside")
        self._commands: dict[str, str] = {}
        self._open: dict[web.WebSocketResponse, Session] = {}
        self._dismissed: set[tuple[int, str]] = set()
        self.address = PageAddress(0, secrets.token_urlsafe(32))

    def people(self) -> Sequence[Member]:
        """Return who a person at the page can be."""
        if self._people:
            return self._people
        found = [
            member
            for member in self._guild.members.values()
            if not member.user.bot and member.id != self._guild.owner_id
        ]
        return found or list(self._guild.members.values())

    def show(self, message: Message) -> Json:
        """Return a message as it is sent to the page."""
        used = self._commands.get((message.metadata or {}).get("id", ""))
        return views.message(message, used, self._readdress)

    def application(self) -> web.Application:
        """Return the routes."""
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/", self._serve_index)
        app.router.add_get("/static/{name:.+}", self._serve_static)
        app.router.add_get(self._media + "/{channel}/{file}/{name}", self._serve_media)
        app.router.add_get(self._media + "/outside/{key}", self._serve_outside)
        app.router.add_get("/socket", self._serve_socket)
        return app

    async def follow(self) -> None:
        """Tell every open page what happens, until cancelled."""
        with self._discord.events.subscribe() as events:
            async for event in events:
                self._remember(event)
                for socket, session in tuple(self._open.items()):
                    await _send_event(socket, session, event)

    async def close(self) -> None:
        """Close every socket, and the connections to where pictures came from."""
        await self._outside.close()
        for socket in tuple(self._open):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    def _remember(self, event: Event) -> None:
        # Discord's messages name only the command they answer; the page shows the subcommand too.
        interaction = event.interaction
        if event.kind == "interaction_sent" and interaction is not None and interaction.type == COMMAND:
            names, part = [interaction.data["name"]], interaction.data
            while part.get("options") and part["options"][0]["type"] in (1, 2):
                part = part["options"][0]
                names.append(part["name"])
            self._commands[str(interaction.id)] = " ".join(names)

    def _readdress(self, address: str, is_picture: bool) -> str:
        theirs = f"{self._discord.cdn_base}/attachments"
        if address.startswith(theirs):
            return address.replace(theirs, self._media, 1)
        return self._outside.readdress(address) if is_picture else address

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer only those who asked for this very address, and no other site."""
        origin = request.headers.get("Origin")
        if not self.address.accepts_host(request.host):
            raise web.HTTPMisdirectedRequest(text=f"This page is at {self.address.origin}")
        if origin is not None and not self.address.accepts_origin(origin, request.host):
            raise web.HTTPForbidden(text="Only the page itself may ask")
        return await handler(request)

    async def _serve_index(self, request: web.Request) -> web.Response:
        return self._file(request, "index.html")

    async def _serve_static(self, request: web.Request) -> web.Response:
        return self._file(request, request.match_info["name"])

    def _file(self, request: web.Request, name: str) -> web.Response:
        if name not in self._static:
            raise web.HTTPNotFound
        body, content_type = self._static[name]
        return web.Response(body=body, headers={**page_headers(request.host), "Content-Type": content_type})

    async def _serve_media(self, request: web.Request) -> web.Response:
        channel, file, name = (request.match_info[part] for part in ("channel", "file", "name"))
        if not (channel.isdecimal() and file.isdecimal()):
            raise web.HTTPNotFound
        found = self._discord.messages.attachments.get((int(channel), int(file), name))
        if found is None:
            raise web.HTTPNotFound
        if found.content_type in SAFE_PICTURES:
            return web.Response(
                body=found.data, headers={**MEDIA_HEADERS, "Content-Type": found.content_type}
            )
        download = {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}
        return web.Response(body=found.data, headers=MEDIA_HEADERS | download)

    async def _serve_outside(self, request: web.Request) -> web.Response:
        found = await self._outside.fetch(request.match_info["key"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found.data, headers={**MEDIA_HEADERS, "Content-Type": found.content_type})

    async def _serve_socket(self, request: web.Request) -> web.StreamResponse:
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="Only the page itself may ask")
        socket = web.WebSocketResponse(max_msg_size=_MAX_SOCKET_BYTES, heartbeat=30.0)
        await socket.prepare(request)
        session = Session(self._discord, self.people, self.show, self._dismissed, self._examples)
        if not await self._enter(socket, session):
            await socket.close(code=REFUSED, message=b"wrong token")
            return socket
        self._open[socket] = session
        try:
            # Requests are answered side by side: a bot that thinks must not hold up the next keystroke.
            async with asyncio.TaskGroup() as group:
                async for frame in socket:
                    if frame.type == WSMsgType.TEXT:
                        group.create_task(_answer(socket, session, frame.data))
        finally:
            del self._open[socket]
        return socket

    async def _enter(self, socket: web.WebSocketResponse, session: Session) -> bool:
        try:
            first = decoder.decode(await socket.receive_str(timeout=ENTER_SECONDS))
        except (TimeoutError, TypeError, msgspec.MsgspecError):
            return False
        if not isinstance(first, Enter) or not self.address.accepts_token(first.token):
            return False
        await _send(socket, {"re": first.id, "ok": await session.answer(first)})
        return True


@asynccontextmanager
async def attach_page(
    discord: LocalDiscord,
    guild: Guild,
    *,
    people: Sequence[Member] | None = None,
    examples: Callable[[str], Sequence[str]] = lambda _: (),
    port: int = 0,
) -> AsyncIterator[PageAddress]:
    """Serve a page for one server of a local Discord while the block lasts.

    It listens on 127.0.0.1 only, on a port of its own, so that nothing a bot sends shares an origin with it.

    Args:
        discord: the running Discord.
        guild: the server to show.
        people: who a person at the page can be; by default every human member but the owner.
        examples: command lines to begin with, in a language by Discord's name of it.
        port: the port to listen on; 0 takes a free one.

    Yields:
        The address, whose `url` holds a token that is new at every start.
    """
    page = Page(discord, guild, people, examples)
    runner = web.AppRunner(page.application(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    page.address = PageAddress(runner.addresses[0][1], page.address.token)
    follower = asyncio.create_task(page.follow())
    try:
        yield page.address
    finally:
        follower.cancel()
        with suppress(asyncio.CancelledError):
            await follower
        await page.close()
        await runner.cleanup()


async def _answer(socket: web.WebSocketResponse, session: Session, text: str) -> None:
    try:
        request: Request = decoder.decode(text)
    except msgspec.MsgspecError as error:
        _log.warning("the page asked something that cannot be read: %s", error)
        return
    try:
        answer: Json = {"ok": await session.answer(request)}
    except DriverError as error:
        answer = {"error": f"{str(error)[:1].upper()}{str(error)[1:]}"}
    except Exception:
        _log.exception("could not do what the page asked: %s", type(request).__name__)
        answer = {"error": "Something went wrong in the playground; its log says what."}
    await _send(socket, {"re": request.id, **answer})


async def _send_event(socket: web.WebSocketResponse, session: Session, event: Event) -> None:
    try:
        said = session.payload_of(event)
    except Exception:
        # One event that cannot be shown must not leave the page without those after it.
        _log.exception("could not tell the page of %s", event.kind)
        return
    if said is not None:
        await _send(socket, said)


async def _send(socket: web.WebSocketResponse, said: Json) -> None:
    # A page that was closed meanwhile hears nothing more.
    with suppress(ConnectionError):
        await socket.send_str(msgspec.json.encode(said).decode())
