"""Limits on how often a person may run heavy commands."""

import time
from collections.abc import Callable

from discord import app_commands

# How many heavy commands a person may run, in how many seconds.
HEAVY_COMMANDS = (5, 20.0)

# Above this many people, those whose limit has passed are dropped.
_MOST_PEOPLE = 1_000


class Cooldowns:
    """Counts how often each person ran a heavy command lately, whichever it was."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow a person to run heavy commands `times` times in `seconds`."""
        self._times = times
        self._seconds = seconds
        self._clock = clock
        self._people: dict[int, app_commands.Cooldown] = {}

    @property
    def known(self) -> int:
        """How many people are remembered."""
        return len(self._people)

    def take(self, discord_id: int) -> None:
        """Count a command of a person. Raises CommandOnCooldown instead if it is one too many."""
        now = self._clock()
        if len(self._people) >= _MOST_PEOPLE:
            self._let_go(now)
        lately = self._people.setdefault(discord_id, app_commands.Cooldown(self._times, self._seconds))
        wait = lately.update_rate_limit(now)
        if wait is not None:
            raise app_commands.CommandOnCooldown(lately, wait)

    def forget(self, discord_id: int) -> None:
        """Forget a person."""
        self._people.pop(discord_id, None)

    def _let_go(self, now: float) -> None:
        self._people = {
            person: lately for person, lately in self._people.items() if lately.get_tokens(now) < self._times
        }
