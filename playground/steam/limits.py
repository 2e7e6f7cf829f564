"""How many calls are answered: a day's for a key, five minutes' for the pages of the store."""

from collections.abc import Callable
from dataclasses import dataclass

DAY = 86_400.0
FIVE_MINUTES = 300.0


@dataclass(slots=True)
class _Window:
    ends: float
    used: int = 0


class Limit:
    """A number of calls for each caller in a window of time that begins with the first.

    Args:
        most: how many calls; may be set while it runs.
        seconds: how long a window is.
        now: the present moment, in Unix seconds.
    """

    def __init__(self, most: int, seconds: float, now: Callable[[], float]) -> None:
        self.most = most
        self._seconds = seconds
        self._now = now
        self._windows: dict[str, _Window] = {}

    def spend(self, caller: str) -> bool:
        """Count a call and return whether it is within the limit."""
        now = self._now()
        window = self._windows.get(caller)
        if window is None or window.ends <= now:
            window = self._windows[caller] = _Window(now + self._seconds)
        window.used += 1
        return window.used <= self.most

    def used(self, caller: str) -> int:
        """Return how many calls of the window are spent."""
        window = self._windows.get(caller)
        return window.used if window is not None and window.ends > self._now() else 0
