"""One gateway connection: hello, identify or resume, heartbeats, and how it ends."""

import asyncio
import zlib
from typing import Any

import msgspec
from aiohttp import WSMessage, web

from playground.gateway.codes import NOT_SERVED, CloseCode, Op
from playground.gateway.commands import InvalidCommand, read_member_request, read_presence
from playground.gateway.protocol import (
    Close,
    bytes_of,
    read_identify,
    read_payload,
    token_of,
    why_unreadable,
)
from playground.gateway.sessions import Gateway, Session
from playground.world.model import Application, Json
from playground.world.state import World

SENDS_A_MINUTE = 120
GOODBYE_SECONDS = 2.0


class Socket:
    """Serves one websocket until it closes."""

    def __init__(self, gateway: Gateway, world: World, address: str, heartbeat_seconds: float) -> None:
        self._gateway = gateway
        self._world = world
        self._address = address
        self._heartbeat = heartbeat_seconds
        self._ws = web.WebSocketResponse(
            max_msg_size=0, autoping=True, compress=False, timeout=GOODBYE_SECONDS
        )
        self._request: web.Request | None = None
        self._deflate: Any = None
        # What to send and from when on: a payload, or the code to close with.
        self._outgoing: asyncio.Queue[tuple[float, Json | int]] = asyncio.Queue()
        self._last_beat = 0.0
        self._received: list[float] = []
        self.session: Session | None = None
        # A half-open socket: the connection stays up, yet nothing is read from it or sent to it any more.
        self.silent = False
        # What the connection is closed with, once everything before it is sent.
        self._code: int | None = None

    def send(self, payload: Json) -> None:
        """Queue a payload."""
        late = self._gateway.late if payload["op"] == Op.DISPATCH else 0.0
        self._outgoing.put_nowait((asyncio.get_running_loop().time() + late, payload))

    async def close(self, code: int) -> None:
        """Close with a code, after what is queued; only some codes end the session as well."""
        self._end_session_by(code)
        self._outgoing.put_nowait((0.0, code))
        if self.silent:
            self.drop()

    def drop(self) -> None:
        """Cut the connection without a close frame."""
        self._detach()
        transport = self._request.transport if self._request is not None else None
        if transport is not None:
            transport.abort()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Run the connection."""
        self._request = request
        await self._ws.prepare(request)
        if request.query.get("v", "10") != "10":
            await self._ws.close(code=CloseCode.INVALID_VERSION, message=b"Invalid API version")
            return self._ws
        refusal = why_unreadable(request.query)
        if refusal is not None:
            self._gateway.refused(refusal)
            await self._ws.close(code=CloseCode.DECODE_ERROR, message=refusal.encode())
            return self._ws
        if request.query.get("compress") == "zlib-stream":
            self._deflate = zlib.compressobj(zlib.Z_BEST_SPEED)
        await self._converse()
        if self._code is not None:
            # Only where nobody reads any more: else the connection is cut before the bot has answered, and it
            # sees no code.
            await self._ws.close(code=self._code)
        return self._ws

    async def _converse(self) -> None:
        """Say hello, then send and read until either side has had enough."""
        self._gateway.sockets.add(self)
        loop = asyncio.get_running_loop()
        self._last_beat = loop.time()
        self.send(
            {"op": Op.HELLO, "t": None, "s": None, "d": {"heartbeat_interval": int(self._heartbeat * 1000)}}
        )
        writer = asyncio.create_task(self._write())
        reader = asyncio.create_task(self._read())
        watchdog = asyncio.create_task(self._watch_heartbeat())
        try:
            await asyncio.wait({writer, reader}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (writer, reader, watchdog):
                task.cancel()
            self._detach()
            # A bot that closes with 1000 or 1001 gives up its session; any other end can be resumed.
            is_given_up = self._ws.close_code in (1000, 1001) and self._code is None
            if self.session is not None and is_given_up and not self.silent:
                self._gateway.end(self.session)
            self._gateway.sockets.discard(self)
            if self.session is not None:
                self._gateway.connection_changed(self.session.application)

    async def _read(self) -> None:
        async for message in self._ws:
            if not self.silent:
                self._receive(message)

    def _detach(self) -> None:
        if self.session is not None:
            self._gateway.detach(self.session, self)

    async def _write(self) -> None:
        while True:
            due, payload = await self._outgoing.get()
            wait = due - asyncio.get_running_loop().time()
            if wait > 0:
                await asyncio.sleep(wait)
            if self.silent:
                continue
            if isinstance(payload, int):
                self._code = payload
                return
            data = msgspec.json.encode(payload)
            try:
                if self._deflate is None:
                    await self._ws.send_str(data.decode())
                else:
                    squeezed = self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self._ws.send_bytes(squeezed)
            except (ConnectionError, RuntimeError):
                return

    async def _watch_heartbeat(self) -> None:
        # Discord closes a connection whose heartbeat is overdue; half an interval is its grace here.
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._heartbeat / 4)
            if not self.silent and loop.time() - self._last_beat > self._heartbeat * 1.5:
                self._refuse(CloseCode.TIMED_OUT)

    def _end_session_by(self, code: int) -> None:
        if code in (CloseCode.TIMED_OUT, CloseCode.INVALID_SEQUENCE) and self.session is not None:
            self._gateway.end(self.session)

    def _refuse(self, code: int) -> None:
        self._end_session_by(code)
        self._outgoing.put_nowait((0.0, code))
        self._detach()

    def _receive(self, message: WSMessage) -> None:
        try:
            raw = bytes_of(message)
            if not self._within_rate():
                raise Close(CloseCode.RATE_LIMITED)
            self._handle(*read_payload(raw))
        except Close as close:
            self._refuse(close.code)

    def _handle(self, op: int, data: Any) -> None:
        if op == Op.HEARTBEAT:
            self._last_beat = asyncio.get_running_loop().time()
            self.send({"op": Op.ACK, "t": None, "s": None, "d": None})
        elif op == Op.IDENTIFY:
            self._identify(data)
        elif op == Op.RESUME:
            self._resume(data)
        elif op not in (Op.PRESENCE, Op.MEMBERS, *NOT_SERVED):
            raise Close(CloseCode.UNKNOWN_OPCODE)
        elif self.session is None:
            raise Close(CloseCode.NOT_AUTHENTICATED)
        else:
            self._command(op, data, self.session)

    def _command(self, op: int, data: Any, session: Session) -> None:
        try:
            if op == Op.PRESENCE:
                read_presence(data)
            elif op == Op.MEMBERS:
                request = read_member_request(data)
                for chunk in request.chunks(session):
                    session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
            elif not isinstance(data, dict):
                raise InvalidCommand
            else:
                self._gateway.not_served(session.application, NOT_SERVED[Op(op)])
        except InvalidCommand:
            raise Close(CloseCode.UNKNOWN_OPCODE) from None

    def _within_rate(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._received = [moment for moment in self._received if now - moment < 60]
        self._received.append(now)
        return len(self._received) <= SENDS_A_MINUTE

    def _identify(self, data: Any) -> None:
        application = self._authenticate(data)
        identify = read_identify(data, application)
        if self._gateway.starts.is_too_large(application, identify.shard, identify.shard_count):
            raise Close(CloseCode.SHARDING_REQUIRED)
        if self._gateway.starts.left(application) <= 0:
            self._world.revoke(application)
            raise Close(CloseCode.AUTHENTICATION_FAILED)
        if not self._gateway.starts.may_identify(application, identify.shard):
            self._invalidate()
            return
        self.session = self._gateway.identify(
            application, identify.intents, identify.shard, identify.shard_count
        )
        self._gateway.attach(self.session, self)
        self._gateway.greet(self.session, self._address)

    def _authenticate(self, data: Any) -> Application:
        if self.session is not None:
            raise Close(CloseCode.ALREADY_AUTHENTICATED)
        if not isinstance(data, dict):
            raise Close(CloseCode.DECODE_ERROR)
        application = self._world.application_of(token_of(data))
        if application is None:
            raise Close(CloseCode.AUTHENTICATION_FAILED)
        return application

    def _resume(self, data: Any) -> None:
        application = self._authenticate(data)
        known = data.get("session_id")
        session = self._gateway.sessions.get(known) if isinstance(known, str) else None
        sequence = data.get("seq")
        if session is None or session.application is not application:
            self._invalidate()
            return
        if type(sequence) is not int or not 0 <= sequence <= session.sequence:
            raise Close(CloseCode.INVALID_SEQUENCE)
        missed = session.after(sequence)
        if missed is None:
            self._gateway.end(session)
            self._invalidate()
            return
        if session.socket is not None:
            session.socket.drop()
        self.session = session
        self._gateway.attach(session, self)
        for payload in missed:
            self.send(payload)
        session.dispatch("RESUMED", {"_trace": []})
        self._gateway.connection_changed(application)

    def _invalidate(self) -> None:
        self.send({"op": Op.INVALID, "t": None, "s": None, "d": False})
