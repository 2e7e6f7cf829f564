"""What every request goes through, outermost first: HEAD, counting, limits, answers given before."""

import ipaddress
import math
import time
from typing import Any

import limits
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import handle_defect, make_problem, problem_response
from api.metrics import RequestMetrics
from api.questions import Questions

# Probes must be answered however often they come.
_NEVER_LIMITED = "/healthz"
# Of IPv6, a single customer has that many addresses to choose from.
_IPV6_PREFIX = 64


class HeadAsGet:
    """Has HEAD answered as GET is; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            # A copy, since the server goes by the method of the original.
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


class Counted:
    """Counts and times requests, and answers those that fail in a way that nobody foresaw."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and take note of its end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status: int | None = None

        async def noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting_status)
        except Exception as error:
            if status is not None:
                raise  # too late for another answer
            response = await handle_defect(Request(scope, receive), error)
            await response(scope, receive, noting_status)
        finally:
            self._metrics.record(_path_of(scope), status or 500, time.perf_counter() - started)


def _path_of(scope: Scope) -> str:
    """Return the path of the operation as documented, which names nobody; "unknown" for any other."""
    route: Any = scope.get("route")
    path: str = getattr(route, "path_format", "unknown")
    return path


class RateLimited:
    """Answers 429 to an address that asks more often than it may."""

    def __init__(self, app: ASGIApp, limit: str) -> None:
        """Allow what `limit` says, such as "600/minute"."""
        self._app = app
        self._limit = limits.parse(limit)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["path"] != _NEVER_LIMITED:
            address = _address_of(scope)
            if not self._limiter.hit(self._limit, address):
                await self._refuse(address, scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _refuse(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        resets_at = self._limiter.get_window_stats(self._limit, address).reset_time
        seconds = max(1, math.ceil(resets_at - time.time()))
        problem = make_problem(429, f"That is more than {self._limit}; try again in {seconds} seconds.")
        response = problem_response(problem, {"Retry-After": str(seconds)})
        await response(scope, receive, send)


def _address_of(scope: Scope) -> str:
    """Return what is counted as one client: an IPv4 address, or the network that an IPv6 address is of."""
    client = scope.get("client")
    if client is None:
        return "unknown"
    host: str = client[0]
    if ":" not in host:
        return host
    try:
        return str(ipaddress.ip_network((host.partition("%")[0], _IPV6_PREFIX), strict=False))
    except ValueError:  # a proxy made it up
        return host


class AnsweredBefore:
    """Sends answers that were given before, as long as the store has not changed since."""

    def __init__(self, app: ASGIApp, questions: Questions) -> None:
        self._app = app
        self._questions = questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "http" and scope["method"] == "GET":
            answer = self._questions.answered(scope)
            if answer is not None:
                scope["route"] = answer.route
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


class BodyLimited:
    """Refuses a body that is too large, as soon as it is."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Allow up to `most` bytes."""
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most:
                raise HTTPException(413)
            return message

        await self._app(scope, counting, send)
