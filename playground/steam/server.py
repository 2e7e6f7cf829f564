"""The local Steam: four hosts on loopback, served by a thread of their own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from playground.steam.http.openid import OpenId
from playground.steam.http.routes import HOSTS, LONGEST_LINE, applications
from playground.steam.moods import Mood
from playground.steam.world import CALLS_A_DAY, KEY, PAGES_IN_FIVE_MINUTES, World

_ADDRESS = "127.0.0.1"


class LocalSteam:
    """A Steam on loopback, used as a context manager or by `start` and `stop`.

    It answers from a thread with an event loop of its own, so that code which waits for it may block.

    Args:
        games: how many games the store has, from 50 to 140,000.
        port: of the Web API; the store, the community, the pictures and the control have the next four. 0
            takes free ones.
        calls_a_day: how many calls a key has in a day.
        pages_in_five_minutes: how many pages of the store are given in five minutes.

    Attributes:
        world: the store, its people and its time.
        key: a key that is good.
    """

    def __init__(
        self,
        games: int = 500,
        *,
        port: int = 0,
        calls_a_day: int = CALLS_A_DAY,
        pages_in_five_minutes: int = PAGES_IN_FIVE_MINUTES,
    ) -> None:
        self.world = World(games, calls_a_day=calls_a_day, pages_in_five_minutes=pages_in_five_minutes)
        self.key = KEY
        self._openid = OpenId(self.world)
        self._ports = {host: port and port + at for at, host in enumerate(HOSTS)}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; after `stop` at the same addresses again, with the world as it was.

        Raises:
            OSError: if a port is taken.
        """
        self._loop = asyncio.new_event_loop()
        listening: Future[None] = Future()
        serve = (self._loop, self._listen, listening)
        self._thread = threading.Thread(target=_serve, args=serve, name="local-steam", daemon=True)
        self._thread.start()
        listening.result()

    def stop(self) -> None:
        """Stop listening: whoever calls finds nobody there."""
        if self._thread is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._thread = None

    @property
    def api(self) -> str:
        """The address of the Web API, as https://api.steampowered.com is."""
        return self._origin("api")

    @property
    def store(self) -> str:
        """The address of the store, as https://store.steampowered.com is."""
        return self._origin("store")

    @property
    def community(self) -> str:
        """The address of the community, as https://steamcommunity.com is."""
        return self._origin("community")

    @property
    def media(self) -> str:
        """The address of the pictures, as https://shared.akamai.steamstatic.com is."""
        return self._origin("media")

    @property
    def control(self) -> str:
        """The address of the control, which no Steam has: see `playground.steam.http.control`."""
        return self._origin("control")

    def addresses(self) -> dict[str, str]:
        """Return the address of every host by its name."""
        return {host: self._origin(host) for host in HOSTS}

    def sign_in(self, login: str, steamid: int) -> str:
        """Sign a person in at an OpenID login address, as a browser would.

        Args:
            login: the address that a person is sent to.
            steamid: the account that the person picks.

        Returns:
            The address that the browser lands on.
        """
        with self.world.lock:
            self.world.switches.answering("openid/choose")
            return self._openid.landing(login, steamid)

    @contextmanager
    def mood(self, mood: Mood, *, method: str = "", times: int | None = None) -> Iterator[None]:
        """Have a mood for a block; see `Switches.on`."""
        with self.world.switches.during(mood, method=method, times=times):
            yield

    def _origin(self, host: str) -> str:
        return f"http://{_ADDRESS}:{self._ports[host]}"

    async def _listen(self, runners: list[web.AppRunner]) -> None:
        for host, app in applications(self.world, self._openid).items():
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, max_line_size=LONGEST_LINE)
            runners.append(runner)
            await runner.setup()
            await web.TCPSite(runner, _ADDRESS, self._ports[host]).start()
            self._ports[host] = runner.addresses[0][1]
        self.world.addresses = self.addresses()


def _serve(
    loop: asyncio.AbstractEventLoop,
    listen: Callable[[list[web.AppRunner]], Coroutine[Any, Any, None]],
    listening: "Future[None]",
) -> None:
    """Serve in this thread, whatever loop the one runs that waits for it to listen."""
    asyncio.set_event_loop(loop)
    runners: list[web.AppRunner] = []
    try:
        loop.run_until_complete(listen(runners))
    except OSError as error:
        _end(loop, runners)
        listening.set_exception(error)
        return
    listening.set_result(None)
    loop.run_forever()
    _end(loop, runners)


def _end(loop: asyncio.AbstractEventLoop, runners: list[web.AppRunner]) -> None:
    for runner in runners:
        loop.run_until_complete(runner.cleanup())
    loop.close()
