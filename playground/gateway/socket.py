"""One gateway connection: hello, identify or resume, heartbeats, and the close codes."""

import asyncio
import zlib
from typing import Any

import msgspec
from aiohttp import WSMessage, WSMsgType, web

from playground.gateway import intents
from playground.gateway.commands import InvalidCommand, read_member_request, read_presence
from playground.gateway.sessions import Gateway, Session
from playground.validation.payloads import NotJson, decode
from playground.world.model import Application, Json
from playground.world.state import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    *range(5),
    *range(6, 12),
)
# What is documented, and not served here; a bot that waits for it finds a line in the transcript.
NOT_SERVED = {
    VOICE: "voice (opcode 4)",
    31: "soundboard sounds (opcode 31)",
    43: "channel info (opcode 43)",
}

# The first is also for a payload that does not fit its opcode.
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = range(
    4001, 4006
)
INVALID_SEQUENCE, RATE_LIMITED, TIMED_OUT, INVALID_SHARD, SHARDING_REQUIRED, INVALID_VERSION = range(
    4007, 4013
)
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014

MAX_PAYLOAD = 4096
SENDS_A_MINUTE = 120
GOODBYE_SECONDS = 2.0


class Close(Exception):
    """Close the connection with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"close {code}")
        self.code = code


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
        late = self._gateway.late if payload["op"] == DISPATCH else 0.0
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
            await self._ws.close(code=INVALID_VERSION, message=b"Invalid API version")
            return self._ws
        refusal = _unreadable(request)
        if refusal is not None:
            self._gateway.refused(refusal)
            await self._ws.close(code=DECODE_ERROR, message=refusal.encode())
            return self._ws
        if request.query.get("compress") == "zlib-stream":
            self._deflate = zlib.compressobj(zlib.Z_BEST_SPEED)
        self._gateway.sockets.add(self)
        loop = asyncio.get_running_loop()
        self._last_beat = loop.time()
        self.send(
            {"op": HELLO, "t": None, "s": None, "d": {"heartbeat_interval": int(self._heartbeat * 1000)}}
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
        if self._code is not None:
            # Only where nobody reads any more: else the connection is cut before the bot has answered, and it
            # sees no code.
            await self._ws.close(code=self._code)
        return self._ws

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
                self._refuse(TIMED_OUT)

    def _end_session_by(self, code: int) -> None:
        if code in (TIMED_OUT, INVALID_SEQUENCE) and self.session is not None:
            self._gateway.end(self.session)

    def _refuse(self, code: int) -> None:
        self._end_session_by(code)
        self._outgoing.put_nowait((0.0, code))
        self._detach()

    def _receive(self, message: WSMessage) -> None:
        try:
            op, data = self._parse(message)
            self._handle(op, data)
        except Close as close:
            self._refuse(close.code)

    def _parse(self, message: WSMessage) -> tuple[int, Any]:
        # Discord reads JSON in binary frames as well; some libraries send nothing else.
        raw = message.data.encode() if message.type is WSMsgType.TEXT else message.data
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY) or len(raw) > MAX_PAYLOAD:
            raise Close(DECODE_ERROR)
        if not self._within_rate():
            raise Close(RATE_LIMITED)
        try:
            payload = decode(raw)
        except NotJson:
            raise Close(DECODE_ERROR) from None
        if not isinstance(payload, dict) or type(payload.get("op")) is not int:
            raise Close(DECODE_ERROR)
        return payload["op"], payload.get("d")

    def _handle(self, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            self._last_beat = asyncio.get_running_loop().time()
            self.send({"op": ACK, "t": None, "s": None, "d": None})
        elif op == IDENTIFY:
            self._identify(data)
        elif op == RESUME:
            self._resume(data)
        elif op not in (PRESENCE, MEMBERS, *NOT_SERVED):
            raise Close(UNKNOWN_OPCODE)
        elif self.session is None:
            raise Close(NOT_AUTHENTICATED)
        else:
            self._command(op, data, self.session)

    def _command(self, op: int, data: Any, session: Session) -> None:
        try:
            if op == PRESENCE:
                read_presence(data)
            elif op == MEMBERS:
                request = read_member_request(data)
                for chunk in request.chunks(session):
                    session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
            elif not isinstance(data, dict):
                raise InvalidCommand
            else:
                self._gateway.not_served(session.application, NOT_SERVED[op])
        except InvalidCommand:
            raise Close(UNKNOWN_OPCODE) from None

    def _within_rate(self) -> bool:
        now = asyncio.get_running_loop().time()
        self._received = [moment for moment in self._received if now - moment < 60]
        self._received.append(now)
        return len(self._received) <= SENDS_A_MINUTE

    def _identify(self, data: Any) -> None:
        application = self._authenticate(data)
        if not isinstance(data.get("properties"), dict):
            raise Close(DECODE_ERROR)
        wanted = data.get("intents")
        if type(wanted) is not int or wanted < 0 or wanted & ~intents.ALL:
            raise Close(INVALID_INTENTS)
        if wanted & intents.PRIVILEGED & ~application.privileged_intents:
            raise Close(DISALLOWED_INTENTS)
        shard = [0, 1] if data.get("shard") is None else data["shard"]
        if not _is_shard(shard):
            raise Close(INVALID_SHARD)
        if data.get("presence") is not None:
            self._check_presence(data["presence"])
        if self._gateway.starts.is_too_large(application, *shard):
            raise Close(SHARDING_REQUIRED)
        if self._gateway.starts.left(application) <= 0:
            self._world.revoke(application)
            raise Close(AUTHENTICATION_FAILED)
        if not self._gateway.starts.may_identify(application, shard[0]):
            self._invalidate()
            return
        self.session = self._gateway.identify(application, wanted, shard[0], shard[1])
        self._gateway.attach(self.session, self)
        self._gateway.greet(self.session, self._address)

    def _check_presence(self, presence: Any) -> None:
        try:
            read_presence(presence)
        except InvalidCommand:
            raise Close(UNKNOWN_OPCODE) from None

    def _authenticate(self, data: Any) -> Application:
        if self.session is not None:
            raise Close(ALREADY_AUTHENTICATED)
        if not isinstance(data, dict):
            raise Close(DECODE_ERROR)
        application = self._world.application_of(_token(data))
        if application is None:
            raise Close(AUTHENTICATION_FAILED)
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
            raise Close(INVALID_SEQUENCE)
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
        self.send({"op": INVALID, "t": None, "s": None, "d": False})


def _token(data: Json) -> str:
    token = data.get("token")
    return token.removeprefix("Bot ") if isinstance(token, str) else ""


def _is_shard(shard: Any) -> bool:
    return (
        isinstance(shard, list)
        and len(shard) == 2
        and all(type(part) is int for part in shard)
        and 0 <= shard[0] < shard[1]
    )


def _unreadable(request: web.Request) -> str | None:
    """Why a connection cannot be spoken over; other servers of Discord's gateway close with 4002 as well."""
    encoding, compress = request.query.get("encoding", "json"), request.query.get("compress")
    if encoding != "json":
        return f"encoding={encoding[:20]} is not served here, only json"
    if compress not in (None, "", "zlib-stream"):
        return f"compress={compress[:20]} is not served here, only zlib-stream"
    return None
