"""Limits on how often a person may ask for what reads much."""

import enum
import time
from collections import deque
from collections.abc import Callable

from discord import app_commands

# How often a person may ask for what reads much, and within how many seconds.
HEAVY_COMMANDS = (10, 20.0)

# Above this many people, those whose limit has passed are dropped.
_MOST_PEOPLE = 1_000


class Counted(enum.Enum):
    """What is counted apart: a person who pressed many buttons may still run a command."""

    COMMAND = enum.auto()
    BUTTON = enum.auto()


class Cooldowns:
    """Counts how often each person asked for something heavy lately, whichever it was."""

    def __init__(
        self, times: int | None, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Allow `times` in `seconds` to each person, of each that is counted apart; None is no limit."""
        self._times = times
        self._seconds = seconds
        self._clock = clock
        self._asked: dict[tuple[int, Counted], deque[float]] = {}

    @classmethod
    def none(cls) -> "Cooldowns":
        """Return what limits nobody, as where there is but one person."""
        return cls(None, 0.0)

    @property
    def known(self) -> int:
        """How many people are remembered."""
        return len({person for person, _ in self._asked})

    def take(self, discord_id: int, counted: Counted = Counted.COMMAND) -> None:
        """Count something heavy of a person. Raises CommandOnCooldown instead if it is one too many."""
        if self._times is None:
            return
        now = self._clock()
        if len(self._asked) >= _MOST_PEOPLE:
            self._let_go(now)
        asked = self._asked.setdefault((discord_id, counted), deque(maxlen=self._times))
        if len(asked) == self._times and (wait := asked[0] + self._seconds - now) > 0:
            raise app_commands.CommandOnCooldown(app_commands.Cooldown(self._times, self._seconds), wait)
        asked.append(now)

    def give_back(self, discord_id: int, counted: Counted = Counted.COMMAND) -> None:
        """Let the latest that was counted not count: it was refused, and so read little."""
        asked = self._asked.get((discord_id, counted))
        if asked:
            asked.pop()

    def forget(self, discord_id: int) -> None:
        """Forget a person."""
        for counted in Counted:
            self._asked.pop((discord_id, counted), None)

    def clear(self) -> None:
        """Forget everybody."""
        self._asked.clear()

    def _let_go(self, now: float) -> None:
        self._asked = {
            key: asked for key, asked in self._asked.items() if asked and asked[-1] + self._seconds > now
        }
