"""Which endpoint stands at which path of which host."""

from collections.abc import Awaitable, Callable, Iterator, Mapping

from aiohttp import web

from playground.steam.http.answers import Refusal
from playground.steam.http.guard import Endpoint, Guard
from playground.steam.http.items import ItemsApi, ItemWriter
from playground.steam.http.lists import ListsApi
from playground.steam.http.methods import Method
from playground.steam.http.parameters import Parameters
from playground.steam.http.user_reviews import ReviewsApi
from playground.steam.world import World

# An address beyond 8 KB is to be answered by the guard, not by aiohttp.
LONGEST_LINE = 1 << 20
HOSTS = ("api", "store", "community", "media")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def applications(world: World) -> Mapping[str, web.Application]:
    """The web application of each host."""
    guard = Guard(world)
    apps = {host: web.Application() for host in HOSTS}
    for path, endpoint in _endpoints(world):
        apps[endpoint.host].router.add_route("*", path, _handler(guard, endpoint))
    for host, app in apps.items():
        unknown = Endpoint(host, "unknown", _not_found, verbs=("GET", "POST"))
        app.router.add_route("*", "/{path:.*}", _handler(guard, unknown))
    return apps


def _endpoints(world: World) -> Iterator[tuple[str, Endpoint]]:
    for method in _methods(world):
        endpoint = Endpoint("api", method.name, method.answer, method.needs_key)
        for end in ("", "/"):
            yield f"/{method.name}/v{method.version}{end}", endpoint
            yield f"/{method.name}/v{method.version:04}{end}", endpoint


def _methods(world: World) -> Iterator[Method]:
    writer = ItemWriter(world)
    yield from ListsApi(world, writer).methods()
    yield from ItemsApi(world, writer).methods()
    yield from ReviewsApi(world).methods()


def _handler(guard: Guard, endpoint: Endpoint) -> Handler:
    async def serve(request: web.Request) -> web.StreamResponse:
        return await guard.serve(request, endpoint)

    return serve


def _not_found(asked: Parameters) -> web.Response:
    raise Refusal.html(404, "Nothing is at this address.")
