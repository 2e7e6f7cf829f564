"""What stands before every endpoint: verbs, lengths, keys, limits, moods of the network, and the record."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from playground.steam.calls import Call
from playground.steam.http.answers import Refusal, Result, service
from playground.steam.http.parameters import Parameters, parameters_of
from playground.steam.moods import Mood
from playground.steam.world import World

LONGEST_ADDRESS = 8192
RETRY_AFTER_SECONDS = 2
KEY_HEADER = "x-webapi-key"
EMPTY = b'{"response":{}}'
# How many requests beyond the limit are answered 429 before it becomes 403.
PATIENCE = 20
_UNAUTHORIZED = "Access is denied. Retrying will not help. Please verify your <pre>key=</pre> parameter."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a call goes: the host, what it asks, and the rules for it.

    Attributes:
        host: "api", "store", "community" or "media".
        name: what the record calls it.
        answer: what answers it; it may raise `Refusal`.
        needs_key: whether it is answered only with a key.
        verbs: the HTTP methods that it takes.
        limited: whether it counts as a page of the store.
        nested: whether it takes `input_json`.
    """

    host: str
    name: str
    answer: Callable[[Parameters], web.Response]
    needs_key: bool = False
    verbs: tuple[str, ...] = ("GET",)
    limited: bool = False
    nested: bool = False


class Guard:
    """Lets calls through to their endpoints, or not."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def serve(self, request: web.Request, endpoint: Endpoint) -> web.StreamResponse:
        """Answer a call."""
        world, holds = self._world, self._world.switches.holds
        sent = (
            {**request.query, **_texts(await request.post())} if request.method == "POST" else request.query
        )
        with world.lock:
            world.switches.answering(endpoint.name)
            try:
                self._check(request, endpoint)
                response = endpoint.answer(parameters_of(sent, nested=endpoint.nested) | request.match_info)
            except Refusal as refusal:
                response = refusal.response()
            if response.status == 200 and endpoint.nested and holds(Mood.EMPTY_RESULT_BUSY):
                response = service(result=Result.BUSY)
            if response.status == 200 and holds(Mood.TOO_MANY_ANSWERED):
                response.set_status(429)
            cut, slow = holds(Mood.CUT_OFF_BODY), holds(Mood.SLOW_BODY)
            self._record(request, endpoint, sent, response)
        return await _in_halves(request, response, world.slow_seconds, cut) if cut or slow else response

    def _check(self, request: web.Request, endpoint: Endpoint) -> None:
        """Refuse what no endpoint gets to see.

        Raises:
            Refusal: for a wrong verb, a long address, a missing key, a limit that is used up, and by moods.
        """
        holds = self._world.switches.holds
        if len(request.raw_path) > LONGEST_ADDRESS and holds(Mood.LONG_URL_REFUSED):
            raise Refusal.html(400, "The address is too long.")
        wrong = request.method not in (*endpoint.verbs, "HEAD")
        if wrong and (request.method != "POST" or holds(Mood.POST_REFUSED)):
            raise Refusal.html(405)
        self._check_moods()
        if endpoint.host == "api":
            self._check_key(request, endpoint)
        if endpoint.limited:
            self._check_pages(request.remote or "")

    def _check_moods(self) -> None:
        holds = self._world.switches.holds
        if holds(Mood.TOO_MANY):
            raise Refusal.html(429)
        if holds(Mood.TOO_MANY_RETRY_AFTER):
            raise Refusal.html(429, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        if holds(Mood.TOO_MANY_NULL):
            raise Refusal(429, b"null", "application/json")
        if holds(Mood.SERVER_ERROR):
            raise Refusal.html(500)
        if holds(Mood.UNAVAILABLE):
            raise Refusal.html(503)
        if self._world.switches.lasts(Mood.REFUSED_FOR_MINUTES, self._world.now):
            raise Refusal.html(403)

    def _check_key(self, request: web.Request, endpoint: Endpoint) -> None:
        key = _key_of(request)
        if not key:
            if endpoint.needs_key and self._world.switches.holds(Mood.KEY_MISSING):
                raise Refusal.html(403, _UNAUTHORIZED)
            return
        if key not in self._world.keys:
            if endpoint.needs_key and self._world.switches.holds(Mood.KEY_MISSING):
                raise Refusal.html(401, _UNAUTHORIZED)
            if not endpoint.needs_key and self._world.switches.holds(Mood.WRONG_KEY_SILENT):
                raise Refusal(200, EMPTY, "application/json", {"x-eresult": str(int(Result.OK))})
            return
        if not self._world.key_limit.spend(key):
            raise Refusal.html(429, "The key has no calls left today.")

    def _check_pages(self, caller: str) -> None:
        limit = self._world.page_limit
        if limit.spend(caller):
            return
        # Who goes on calling is shut out until the window ends.
        if limit.used(caller) > limit.most + PATIENCE:
            raise Refusal.html(403)
        raise Refusal(429, b"null", "application/json")

    def _record(
        self, request: web.Request, endpoint: Endpoint, sent: Mapping[str, str], response: web.Response
    ) -> None:
        header = request.headers
        result = response.headers.get("x-eresult")
        self._world.calls.add(
            Call(
                at=self._world.clock.now(),
                host=endpoint.host,
                verb=request.method,
                method=endpoint.name,
                sent={name: value for name, value in sent.items() if name != "key"},
                keyed="header" if KEY_HEADER in header else "parameter" if "key" in sent else "",
                user_agent=header.get("User-Agent", ""),
                status=response.status,
                eresult=int(result) if result is not None else None,
            )
        )


def _key_of(request: web.Request) -> str:
    return request.headers.get(KEY_HEADER) or request.query.get("key", "")


def _texts(form: Mapping[str, object]) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _in_halves(
    request: web.Request, whole: web.Response, seconds: float, cut: bool
) -> web.StreamResponse:
    """Send the second half of a body late, or never."""
    body = whole.body if isinstance(whole.body, bytes) else b""
    response = web.StreamResponse(status=whole.status, headers=whole.headers)
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if cut:
        if request.transport is not None:
            request.transport.close()
        return response
    await asyncio.sleep(seconds)
    await response.write(body[len(body) // 2 :])
    await response.write_eof()
    return response
