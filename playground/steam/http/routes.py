"""Which endpoint stands at which path of which host."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from html import escape

from aiohttp import web

from playground.steam.http.answers import Refusal
from playground.steam.http.control import Control
from playground.steam.http.guard import Endpoint, Guard
from playground.steam.http.items import ItemsApi, ItemWriter
from playground.steam.http.lists import ListsApi
from playground.steam.http.methods import Method
from playground.steam.http.openid import OpenId
from playground.steam.http.parameters import Parameters, text
from playground.steam.http.pictures import avatar, game_picture
from playground.steam.http.players import PlayersApi
from playground.steam.http.store_pages import StorePages
from playground.steam.http.user_reviews import ReviewsApi
from playground.steam.world import World

# An address beyond 8 KB is to be answered by the guard, not by aiohttp.
LONGEST_LINE = 1 << 20
HOSTS = ("api", "store", "community", "media", "control")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def applications(world: World, openid: OpenId) -> Mapping[str, web.Application]:
    """Return the web application of each host, in the order of `HOSTS`."""
    guard = Guard(world)
    apps = {host: web.Application() for host in HOSTS if host != "control"}
    for path, endpoint in _endpoints(world, openid):
        apps[endpoint.host].router.add_route("*", path, _handler(guard, endpoint))
    for host, app in apps.items():
        unknown = Endpoint(host, "unknown", partial(_not_found, host), verbs=("GET", "POST"))
        app.router.add_route("*", "/{path:.*}", _handler(guard, unknown))
    return apps | {"control": Control(world).application()}


def _endpoints(world: World, openid: OpenId) -> Iterator[tuple[str, Endpoint]]:
    for method in _methods(world):
        # The older interfaces take flat parameters alone.
        nested = method.name.partition("/")[0].endswith("Service")
        endpoint = Endpoint("api", method.name, method.answer, method.needs_key, nested=nested)
        for end in ("", "/"):
            yield f"/{method.name}/v{method.version}{end}", endpoint
            yield f"/{method.name}/v{method.version:04}{end}", endpoint
    pages = StorePages(world)
    for end in ("", "/"):
        yield f"/api/appdetails{end}", Endpoint("store", "appdetails", pages.appdetails, limited=True)
    both = ("GET", "POST")
    yield "/openid/login", Endpoint("community", "openid/login", openid.login, verbs=both)
    yield "/openid/login/choose", Endpoint("community", "openid/choose", openid.choose)
    yield "/openid/login", Endpoint("media", "forged openid/login", openid.forged, verbs=both)
    yield "/store_item_assets/{path:.*}", Endpoint("media", "picture", partial(_picture, world))
    yield "/avatars/{path}", Endpoint("media", "avatar", _avatar)


def _methods(world: World) -> Iterator[Method]:
    writer = ItemWriter(world)
    yield from ListsApi(world, writer).methods()
    yield from ItemsApi(world, writer).methods()
    yield from ReviewsApi(world).methods()
    yield from PlayersApi(world).methods()


def _handler(guard: Guard, endpoint: Endpoint) -> Handler:
    async def serve(request: web.Request) -> web.StreamResponse:
        return await guard.serve(request, endpoint)

    return serve


def _picture(world: World, asked: Parameters) -> web.Response:
    return game_picture(world, text(asked, "path"))


def _avatar(asked: Parameters) -> web.Response:
    return avatar(text(asked, "path"))


def _not_found(host: str, asked: Parameters) -> web.Response:
    if host != "api":
        raise Refusal.html(404)
    interface, _, method = text(asked, "path").partition("/")
    raise Refusal.html(404, escape(f"Method {method!r} not found in interface {interface!r}"))
