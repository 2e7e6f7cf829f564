"""Charts under replies: at once where drawing is quick, else as soon as they are there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import TypeAlias

import aiohttp
import discord

from charts.rendering import Chart, ChartRenderer
from charts.specs import Spec
from store import StoreError

log = logging.getLogger(__name__)

PendingChart: TypeAlias = asyncio.Future[Chart | None]

# A chart that took longer than this is not added to its reply any more, in seconds.
_LATEST = 60.0


class LateCharts:
    """Has charts drawn for replies. A chart that cannot be drawn is logged and never costs the reply.

    Use it from one event loop, and close it at the end.
    """

    def __init__(self, renderer: ChartRenderer, *, wait_seconds: float = 0.3) -> None:
        """Keep replies waiting for `wait_seconds` at most."""
        self._renderer = renderer
        self._wait_seconds = wait_seconds
        self._under_way: set[asyncio.Task[object]] = set()

    async def begin(self, spec: Spec) -> PendingChart:
        """Start to draw a chart, and return once it is done or sure to be late."""
        known = self._renderer.remembered(spec)
        if known is not None:
            done: PendingChart = asyncio.get_running_loop().create_future()
            done.set_result(known)
            return done
        is_slow = self._renderer.is_slow
        drawing = asyncio.create_task(self._draw(spec), name="chart of a reply")
        self._keep(drawing)
        if not is_slow:
            await asyncio.wait({drawing}, timeout=self._wait_seconds)
        return drawing

    def add_late(self, pending: PendingChart, add: Callable[[Chart], Awaitable[object]]) -> None:
        """Have `add` put the chart under a reply that went out before it was there."""
        self._keep(asyncio.create_task(_add(pending, add), name="late chart"))

    async def close(self) -> None:
        """Give up what is under way, and end the process that draws."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._renderer.close()

    async def _draw(self, spec: Spec) -> Chart | None:
        try:
            return await self._renderer.render(spec, wait=_LATEST)
        except Exception:  # whatever is wrong with a chart, its reply goes out without it
            log.exception("A chart could not be drawn")
            return None

    def _keep(self, task: asyncio.Task[object]) -> None:
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def chart_of(pending: PendingChart) -> Chart | None:
    """Return the chart if it is done and could be drawn."""
    return pending.result() if pending.done() and not pending.cancelled() else None


def file_of(chart: Chart) -> discord.File:
    """Return the file to send, which can be sent once."""
    return discord.File(BytesIO(chart.png), chart.filename, description=chart.alt)


async def _add(pending: PendingChart, add: Callable[[Chart], Awaitable[object]]) -> None:
    chart = await pending
    if chart is None:
        return
    try:
        await add(chart)
    except (discord.DiscordException, aiohttp.ClientError, OSError, StoreError) as error:
        # The reply may have been deleted meanwhile, or its player become private.
        log.info("A late chart could not be added: %s", error)
