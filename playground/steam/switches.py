"""Which moods are on, for which calls and how many times."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playground.steam.moods import Mood


@dataclass(slots=True)
class _Switch:
    method: str
    left: int | None
    began: float | None = None


class Switches:
    """The moods that are on. Steady ones are on from the start, one of a single time goes off after it."""

    def __init__(self) -> None:
        self._on: dict[Mood, _Switch] = {}
        self._method = ""
        self.clear()

    def clear(self) -> None:
        """Be as Steam is on a good day: the steady moods and no other."""
        self._on = {mood: _Switch("", None) for mood in Mood if mood.value.steady}

    def on(self, mood: Mood, *, method: str = "", times: int | None = None) -> None:
        """Switch a mood on.

        Args:
            mood: which.
            method: only for methods whose name contains this, e.g. "GetItems"; empty for all it can apply to.
            times: how many calls it lasts; by default what the mood says itself, mostly for good.
        """
        self._on[mood] = _Switch(method, mood.value.times if times is None else times)

    def off(self, mood: Mood) -> None:
        """Switch a mood off, also a steady one."""
        self._on.pop(mood, None)

    @contextmanager
    def during(self, mood: Mood, *, method: str = "", times: int | None = None) -> Iterator[None]:
        """Have a mood on for a block."""
        before = self._on.get(mood)
        self.on(mood, method=method, times=times)
        try:
            yield
        finally:
            self.off(mood)
            if before is not None:
                self._on[mood] = before

    def names(self) -> list[str]:
        """Return the names of the moods that are on, those of a good day left out."""
        return [mood.word for mood in tuple(self._on) if not mood.value.steady]

    def answering(self, method: str) -> None:
        """From now on tell of the moods that are on for calls of a method; calls are answered one by one."""
        self._method = method

    def is_on(self, mood: Mood) -> bool:
        """Return whether a mood is on for the present call, and spend nothing."""
        switch = self._on.get(mood)
        return switch is not None and switch.method in self._method

    def lasts(self, mood: Mood, now: float) -> bool:
        """Return whether a timed mood is on for the present call; the first call starts it."""
        switch = self._on.get(mood)
        if switch is None or switch.method not in self._method:
            return False
        if switch.began is None:
            switch.began = now
        if now < switch.began + mood.value.seconds:
            return True
        del self._on[mood]
        return False

    def holds(self, mood: Mood) -> bool:
        """Return whether a mood is on for the present call, and spend one of its times."""
        switch = self._on.get(mood)
        if switch is None or switch.method not in self._method:
            return False
        if switch.left is not None:
            switch.left -= 1
            if switch.left <= 0:
                del self._on[mood]
        return True
