"""What surrounds every request to the API: faults, rate limits, refusals in Discord's form, the record."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from playground.http.bodies import SENT_JSON, is_multipart
from playground.http.faults import Faults
from playground.http.operations import documented, find
from playground.http.ratelimit import UNKNOWN, RateLimits
from playground.http.requests import REPLY_JSON, reply
from playground.recorder import Exchange, Recorder
from playground.validation import errors
from playground.world.clock import Clock

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_log = logging.getLogger(__name__)

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Guard:
    """Lets a request through to its endpoint, and sees to what comes back.

    Args:
        api: where the API begins, with its version.
        faults: what is to go wrong.
        limits: how often who may ask.
        recorder: keeps what was asked and answered.
        clock: tells when.
    """

    def __init__(
        self, api: str, *, faults: Faults, limits: RateLimits, recorder: Recorder, clock: Clock
    ) -> None:
        self._api = api
        self._faults = faults
        self._limits = limits
        self._recorder = recorder
        self._clock = clock

    @web.middleware
    async def handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request; addresses outside the API pass through."""
        if not request.path.startswith("/api/"):
            return await handler(request)
        route = self._route(request)
        headers: dict[str, str] = {}
        try:
            await self._faults.before(request)
            self._check_version(request)
            headers = self._limits.spend(request, route)
            response = await handler(request)
        except errors.ApiError as error:
            response = _refusal(request, error)
        except web.HTTPRequestEntityTooLarge:
            response = _refusal(request, errors.too_large())
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as missed:
            response = _refusal(request, self._missing(request, missed))
        except (web.HTTPException, ConnectionResetError):
            raise
        except Exception as error:
            _log.exception("the local Discord failed at %s %s", request.method, route)
            response = _refusal(request, errors.defect(type(error).__name__))
        response.headers.update(headers)
        self._record(request, route, response.status)
        await self._faults.after(request)
        return response

    def _check_version(self, request: web.Request) -> None:
        if not request.path.startswith(self._api + "/"):
            raise errors.invalid_api_version() if request.path.startswith("/api/v") else errors.not_found()

    def _missing(self, request: web.Request, missed: web.HTTPException) -> errors.ApiError:
        """Return what to say where nothing is served: that Discord has it, or that nobody does."""
        path = request.path.removeprefix(self._api)
        operation = find(documented(), request.method, path)
        if operation is not None:
            return errors.not_served(operation.method, operation.path, operation.name)
        elsewhere = any(find(documented(), method, path) for method in _METHODS)
        return errors.method_not_allowed() if missed.status == 405 or elsewhere else errors.not_found()

    def _record(self, request: web.Request, route: str, status: int) -> None:
        exchange = Exchange(
            request.method,
            request.path.removeprefix(self._api),
            route,
            request.query_string,
            request.get(SENT_JSON, b""),
            is_multipart(request),
            status,
            request.get(REPLY_JSON, b""),
        )
        self._recorder.keep(exchange)
        if status >= 400:
            sentence = f"   {request.method} {route} -> {status} {exchange.received}"
            self._recorder.note(self._clock.now(), lambda: sentence)

    def _route(self, request: web.Request) -> str:
        resource = request.match_info.route.resource
        return resource.canonical.removeprefix(self._api) if resource is not None else UNKNOWN


async def not_found(_: web.Request) -> web.StreamResponse:
    """Return the handler of what is not served."""
    raise web.HTTPNotFound


def _refusal(request: web.Request, error: errors.ApiError) -> web.Response:
    return reply(request, error.body(), error.status, error.headers)
