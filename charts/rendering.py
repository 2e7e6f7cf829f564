"""Having specs drawn, in a process of its own, without keeping a reply waiting.

A child process rather than a thread: what Matplotlib and its fonts take of memory never enters the bot's own
process and is given back when no chart was wanted for a while, and drawing that hangs can be ended.
`benchmarks/charts.py` measures both.
"""

import asyncio
import contextlib
import hashlib
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from cachetools import LRUCache

from charts.child_environment import DRAWING, child_environment
from charts.protocol import LENGTH_BYTES, RenderRequest, encode, to_block
from charts.specs import Spec

log = logging.getLogger(__name__)

# With no more charts than this under way, another one is drawn in a moment.
_FEW = 1

COMMAND = (sys.executable, "-m", "charts.worker")


@dataclass(frozen=True, slots=True)
class Chart:
    """A PNG of 800 by 450 pixels; `alt` tells what it shows to those who cannot see it."""

    png: bytes
    alt: str
    filename: str


class ChartRenderer:
    """Draws specs one after the other; charts of equal content are drawn once.

    Use it from one event loop, and close it at the end.
    """

    def __init__(
        self,
        *,
        cache_bytes: int = 16 * 1024 * 1024,
        most_waiting: int = 16,
        drawing_seconds: float = 20.0,
        idle_seconds: float = 900.0,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Prepare to draw; the child starts with the first chart.

        Args:
            cache_bytes: How many bytes of PNGs are kept for those who ask again.
            most_waiting: How many charts may be under way before another one is not begun.
            drawing_seconds: After how long a chart is given up.
            idle_seconds: After how long without work the child is ended.
            command: What starts the child.
        """
        # The charts used last, by a digest of what they show.
        self._cache: LRUCache[str, bytes] = LRUCache(cache_bytes, getsizeof=len)
        self._most_waiting = most_waiting
        self._drawing_seconds = drawing_seconds
        self._idle_seconds = idle_seconds
        self._command = command
        self._under_way: dict[str, asyncio.Task[bytes | None]] = {}
        self._turn = asyncio.Lock()
        self._child: asyncio.subprocess.Process | None = None
        self._has_drawn = False
        self._rest: asyncio.Task[None] | None = None

    async def render(self, spec: Spec, *, wait: float) -> Chart | None:
        """Return the chart of `spec`; one that comes late is kept for the next who asks.

        Args:
            spec: What the chart shows.
            wait: For how many seconds to wait.

        Returns:
            None if the chart is not there in time or cannot be drawn, which is logged.
        """
        request = encode(RenderRequest(spec))
        key = _key(request)
        png = self._cache.get(key)
        if png is None:
            png = await self._drawn(key, request, wait)
        return Chart(png, spec.alt, spec.filename) if png else None

    def remembered(self, spec: Spec) -> Chart | None:
        """Return the chart of `spec` if it was drawn lately."""
        png = self._cache.get(_key(encode(RenderRequest(spec))))
        return None if png is None else Chart(png, spec.alt, spec.filename)

    @property
    def is_slow(self) -> bool:
        """Whether a chart that begins now is sure to be late.

        Either the child has not loaded Matplotlib yet, which takes longer than many charts, or others wait.
        """
        return not self._is_running() or not self._has_drawn or len(self._under_way) > _FEW

    async def close(self) -> None:
        """Give up what is under way, and end the child."""
        tasks = {*self._under_way.values(), *([] if self._rest is None else [self._rest])}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._end_child()

    async def _drawn(self, key: str, request: bytes, wait: float) -> bytes | None:
        task = self._under_way.get(key)
        if task is None:
            if len(self._under_way) >= self._most_waiting:
                log.warning("%d charts are under way; another one is not begun.", len(self._under_way))
                return None
            task = asyncio.create_task(self._draw(key, request), name="chart")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key))
        await asyncio.wait({task}, timeout=wait)
        return task.result() if task.done() and not task.cancelled() else None

    async def _draw(self, key: str, request: bytes) -> bytes | None:
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                async with asyncio.timeout(self._drawing_seconds):
                    png = await self._exchange(request)
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                log.error("A chart could not be drawn: the process that draws is gone or stuck (%r).", error)
                await self._end_child()
                return None
            except asyncio.CancelledError:
                # An interrupted exchange has left data in the pipes.
                await self._end_child()
                raise
            self._rest = asyncio.create_task(self._end_idle_child(), name="idle chart process")
        if not png:
            log.error("A chart is left out; the reason was written to standard error.")
            return None
        # One that is larger than the whole cache is not kept.
        with contextlib.suppress(ValueError):
            self._cache[key] = png
        return png

    async def _exchange(self, request: bytes) -> bytes:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=child_environment(DRAWING),
            )
            self._has_drawn = False
        requests, replies = self._child.stdin, self._child.stdout
        assert requests is not None
        assert replies is not None
        requests.write(to_block(request))
        await requests.drain()
        png = await replies.readexactly(int.from_bytes(await replies.readexactly(LENGTH_BYTES)))
        self._has_drawn = True
        return png

    def _is_running(self) -> bool:
        return self._child is not None and self._child.returncode is None

    async def _end_idle_child(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._turn:
            await self._end_child()

    async def _end_child(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()


def _key(request: bytes) -> str:
    return hashlib.sha256(request).hexdigest()
