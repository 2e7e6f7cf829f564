"""The world by HTTP, for whoever runs the local Steam in another process: time, moods, the record."""

from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web

from playground.steam.lean_json import encode
from playground.steam.moods import Mood
from playground.steam.story import Step
from playground.steam.world import World

Answer = Callable[[web.Request], object]


class Control:
    """Endpoints that no Steam has; no mood touches them, and they are not recorded."""

    def __init__(self, world: World) -> None:
        self._world = world

    def application(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        for verb, path, answer in self._routes():
            app.router.add_route(verb, path, _handler(answer))
        return app

    def _routes(self) -> Iterator[tuple[str, str, Answer]]:
        yield "POST", "/advance", self._advance
        yield "POST", "/play", self._play
        yield "GET", "/moods", self._moods
        yield "POST", "/moods", self._switch_on
        yield "DELETE", "/moods", self._switch_off
        yield "GET", "/calls", self._calls
        yield "DELETE", "/calls", self._forget

    def _advance(self, request: web.Request) -> object:
        """Let `days` pass; says which steps of the story happened."""
        steps = self._world.advance(days=_number(request, "days"))
        return {"played": [step.word for step in steps]}

    def _play(self, request: web.Request) -> object:
        """Let the story's `step` happen now."""
        self._world.play(_step(request))
        return {"played": [step.word for step in self._world.story]}

    def _moods(self, request: web.Request) -> object:
        """Return the moods that are on."""
        return {"on": self._world.switches.names()}

    def _switch_on(self, request: web.Request) -> object:
        """Switch the mood `name` on, for a `method` and a number of `times` where they are given."""
        times = int(_number(request, "times")) or None
        mood = _mood(request)
        self._world.switches.on(mood, method=request.query.get("method", ""), times=times)
        return self._moods(request)

    def _switch_off(self, request: web.Request) -> object:
        """Switch the mood `name` off; without a name be as on a good day."""
        if "name" in request.query:
            self._world.switches.off(_mood(request))
        else:
            self._world.switches.clear()
        return self._moods(request)

    def _calls(self, request: web.Request) -> object:
        """Return the calls whose method contains `method`, oldest first."""
        return {"calls": [call.as_fields() for call in self._world.calls.of(request.query.get("method", ""))]}

    def _forget(self, request: web.Request) -> object:
        """Start a new record."""
        self._world.calls.forget()
        return {"calls": []}


def _handler(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        return web.Response(body=encode(answer(request)), content_type="application/json")

    return serve


def _mood(request: web.Request) -> Mood:
    name = request.query.get("name", "")
    try:
        return Mood.named(name)
    except KeyError:
        known = ", ".join(mood.word for mood in Mood)
        raise web.HTTPBadRequest(text=f"there is no mood {name!r}; there are {known}") from None


def _step(request: web.Request) -> Step:
    name = request.query.get("step", "")
    try:
        return Step.named(name)
    except KeyError:
        known = ", ".join(step.word for step in Step)
        raise web.HTTPBadRequest(text=f"there is no step {name!r}; there are {known}") from None


def _number(request: web.Request, parameter: str) -> float:
    try:
        return max(0.0, float(request.query.get(parameter, 0)))
    except ValueError:
        raise web.HTTPBadRequest(text=f"{parameter} is to be a number") from None
