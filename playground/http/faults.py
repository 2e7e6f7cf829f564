"""Faults on demand: rate limits, server errors, slow or lost replies, and broken gateway sockets."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from playground.gateway.codes import Op
from playground.gateway.sessions import Gateway
from playground.validation.errors import ApiError, RateLimitScope, rate_limited


@dataclass(slots=True)
class Fault:
    """What to do with the next `times` requests whose path contains `path` (and whose method is `method`)."""

    kind: Literal["rate_limit", "ban", "status", "slow", "drop", "lose_reply"]
    path: str
    method: str | None
    times: int
    status: int = 500
    code: int = 0
    seconds: float = 0.0
    scope: RateLimitScope = "user"

    def fits(self, request: web.Request) -> bool:
        """Return whether it applies to a request."""
        return self.times > 0 and self.path in request.path and self.method in (None, request.method)


class Faults:
    """Switches for everything that goes wrong between a bot and Discord. Each lasts `times` requests."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._planned: list[Fault] = []

    def rate_limit(
        self,
        retry_after: float = 0.05,
        *,
        scope: RateLimitScope = "user",
        path: str = "",
        method: str | None = None,
        times: int = 1,
    ) -> None:
        """Answer 429 with Discord's headers and `retry_after` seconds."""
        self._planned.append(Fault("rate_limit", path, method, times, seconds=retry_after, scope=scope))

    def ban(self, *, path: str = "", times: int = 1) -> None:
        """Answer 429 as Cloudflare does for a banned address: no JSON, no Via header."""
        self._planned.append(Fault("ban", path, None, times))

    def fail(
        self, status: int = 500, *, code: int = 0, path: str = "", method: str | None = None, times: int = 1
    ) -> None:
        """Answer with an error: a server's, or of one of Discord's codes, such as 10008 with status 404."""
        self._planned.append(Fault("status", path, method, times, status=status, code=code))

    def slow(self, seconds: float, *, path: str = "", method: str | None = None, times: int = 1) -> None:
        """Answer late, in real time."""
        self._planned.append(Fault("slow", path, method, times, seconds=seconds))

    def drop(self, *, path: str = "", method: str | None = None, times: int = 1) -> None:
        """Cut the connection before the request is handled."""
        self._planned.append(Fault("drop", path, method, times))

    def lose_reply(self, *, path: str = "", method: str | None = None, times: int = 1) -> None:
        """Handle the request, then cut the connection instead of replying."""
        self._planned.append(Fault("lose_reply", path, method, times))

    def clear(self) -> None:
        """Cancel every fault that is still planned."""
        self._planned.clear()
        self._gateway.late = 0.0

    def drop_sockets(self) -> None:
        """Cut every gateway connection without a close frame."""
        for socket in tuple(self._gateway.sockets):
            socket.drop()

    async def close_sockets(self, code: int) -> None:
        """Close every gateway connection with a code."""
        for socket in tuple(self._gateway.sockets):
            await socket.close(code)

    def half_open(self) -> None:
        """Leave every gateway connection up, but neither read from it nor send to it any more."""
        for socket in self._gateway.sockets:
            socket.silent = True

    def deliver_late(self, seconds: float) -> None:
        """Send every further gateway event this much later, in real time; 0 ends it."""
        self._gateway.late = seconds

    def reconnect(self) -> None:
        """Ask every bot to reconnect and resume (op 7)."""
        for socket in self._gateway.sockets:
            socket.send({"op": Op.RECONNECT, "t": None, "s": None, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Declare every session invalid (op 9)."""
        for socket in self._gateway.sockets:
            if socket.session is not None and not resumable:
                self._gateway.end(socket.session)
            socket.send({"op": Op.INVALID, "t": None, "s": None, "d": resumable})

    async def before(self, request: web.Request) -> None:
        """Apply what is planned for a request before it is handled."""
        fault = next((f for f in self._planned if f.kind != "lose_reply" and f.fits(request)), None)
        if fault is None:
            return
        self._spend(fault)
        if fault.kind == "rate_limit":
            raise rate_limited(fault.seconds, fault.scope)
        if fault.kind == "ban":
            raise web.HTTPTooManyRequests(text="<html>error code: 1015</html>", content_type="text/html")
        if fault.kind == "status":
            raise ApiError(fault.status, fault.code, f"{fault.status}: Server Error")
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault.kind == "drop":
            _cut(request)

    async def after(self, request: web.Request) -> None:
        """Apply what is planned for a request after it was handled."""
        fault = next((f for f in self._planned if f.kind == "lose_reply" and f.fits(request)), None)
        if fault is not None:
            self._spend(fault)
            _cut(request)

    def _spend(self, fault: Fault) -> None:
        fault.times -= 1
        if not fault.times:
            self._planned.remove(fault)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("the playground cut this connection on purpose")
