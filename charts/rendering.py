"""Having specs drawn, in a process of its own, without keeping a reply waiting.

A child process rather than a thread: what Matplotlib and its fonts take of memory never enters the bot's own
process and is given back when no picture was wanted for a while, and drawing that hangs can be ended.
`benchmarks/charts.py` measures both.
"""

import asyncio
import contextlib
import hashlib
import logging
import sys
from collections.abc import Sequence

from cachetools import LRUCache

from charts.chart import Chart
from charts.specs import Order, Spec, encode
from charts.worker import LENGTH_BYTES

log = logging.getLogger(__name__)

# So many pictures before another one are drawn in a moment.
_FEW = 1

COMMAND = (sys.executable, "-m", "charts.worker")


class ChartRenderer:
    """Draws specs one after the other; pictures of equal content are drawn once.

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
        """Prepare to draw; the child starts with the first picture.

        Of more than `most_waiting` pictures under way the newest are not begun. A picture that takes longer
        than `drawing_seconds` is given up, and a child without work for `idle_seconds` ended.
        """
        # The pictures used last, by a digest of what they show.
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
        """Return the picture of `spec`; None if it is not there in time or cannot be drawn, which is logged.

        One that comes late is kept for the next who asks. `wait` is in seconds.
        """
        order = encode(Order(spec))
        key = _key(order)
        picture = self._cache.get(key)
        if picture is None:
            picture = await self._drawn(key, order, wait)
        return Chart(picture, spec.alt, spec.filename) if picture else None

    def remembered(self, spec: Spec) -> Chart | None:
        """Return the picture of `spec` if it was drawn lately."""
        picture = self._cache.get(_key(encode(Order(spec))))
        return None if picture is None else Chart(picture, spec.alt, spec.filename)

    @property
    def is_slow(self) -> bool:
        """Whether a picture that begins now is sure to be late: the child is still to load all that it draws
        with, which takes longer than many pictures, or has others.
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

    async def _drawn(self, key: str, order: bytes, wait: float) -> bytes | None:
        task = self._under_way.get(key)
        if task is None:
            if len(self._under_way) >= self._most_waiting:
                log.warning("%d pictures are under way; another one is not begun.", len(self._under_way))
                return None
            task = asyncio.create_task(self._draw(key, order), name="picture")
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key))
        await asyncio.wait({task}, timeout=wait)
        return task.result() if task.done() and not task.cancelled() else None

    async def _draw(self, key: str, order: bytes) -> bytes | None:
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                async with asyncio.timeout(self._drawing_seconds):
                    picture = await self._exchange(order)
            except (TimeoutError, OSError, asyncio.IncompleteReadError) as error:
                log.error(
                    "A picture could not be drawn: the process that draws is gone or stuck (%r).", error
                )
                await self._end_child()
                return None
            except asyncio.CancelledError:
                # Half an exchange is left in the pipes.
                await self._end_child()
                raise
            self._rest = asyncio.create_task(self._end_idle_child(), name="idle pictures")
        if not picture:
            log.error("A picture could not be drawn; the reason was written to standard error.")
            return None
        # One that is larger than the whole cache is not kept.
        with contextlib.suppress(ValueError):
            self._cache[key] = picture
        return picture

    async def _exchange(self, order: bytes) -> bytes:
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
            self._has_drawn = False
        orders, pictures = self._child.stdin, self._child.stdout
        assert orders is not None and pictures is not None
        orders.write(len(order).to_bytes(LENGTH_BYTES) + order)
        await orders.drain()
        picture = await pictures.readexactly(int.from_bytes(await pictures.readexactly(LENGTH_BYTES)))
        self._has_drawn = True
        return picture

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


def _key(order: bytes) -> str:
    return hashlib.sha256(order).hexdigest()
