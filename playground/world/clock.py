"""The server's own time: real time that a test may move forward at will."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime

# Ids count milliseconds since 2015 in 42 bits, which lasts until 2154.
LAST_MOMENT = datetime(2150, 1, 1, tzinfo=UTC).timestamp()


class Timer:
    """A callback due at one moment of a `Clock`."""

    __slots__ = ("callback", "cancelled", "due")

    def __init__(self, due: float, callback: Callable[[], None]) -> None:
        self.due = due
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        """Never run the callback."""
        self.cancelled = True


class Clock:
    """Wall-clock seconds plus whatever `advance` has added.

    Deadlines that Discord sets (three seconds to answer, fifteen minutes for a token, rate limits, a day of
    command creations) are kept by this clock, so a test can let them pass without waiting. Sockets and
    heartbeats live in real time.
    """

    def __init__(self) -> None:
        self._added = 0.0
        self._order = itertools.count()
        self._timers: list[tuple[float, int, Timer]] = []
        self._wakeup: asyncio.TimerHandle | None = None

    def now(self) -> float:
        """Seconds since the Unix epoch."""
        return time.time() + self._added

    def datetime(self) -> datetime:
        """Return the current moment, in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Run `callback` once `seconds` have passed on this clock."""
        timer = Timer(self.now() + seconds, callback)
        heapq.heappush(self._timers, (timer.due, next(self._order), timer))
        self._arm()
        return timer

    def advance(self, seconds: float) -> None:
        """Move time forward and run every callback that falls due, in order.

        Raises:
            ValueError: for a step back, or one to where ids have no room for the moment any more.
        """
        if not seconds >= 0:
            raise ValueError(f"time moves forward only, not by {seconds} s")
        if self.now() + seconds > LAST_MOMENT:
            raise ValueError(f"time ends in 2150, so it does not move forward by {seconds:g} s")
        self._added += seconds
        self._run_due()

    def close(self) -> None:
        """Forget every timer."""
        self._timers.clear()
        if self._wakeup is not None:
            self._wakeup.cancel()
            self._wakeup = None

    def _run_due(self) -> None:
        while self._timers and (self._timers[0][2].cancelled or self._timers[0][0] <= self.now()):
            _, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled:
                timer.callback()
        self._arm()

    def _arm(self) -> None:
        if self._wakeup is not None:
            self._wakeup.cancel()
            self._wakeup = None
        if self._timers:
            delay = max(0.0, self._timers[0][0] - self.now())
            self._wakeup = asyncio.get_running_loop().call_later(delay, self._run_due)
