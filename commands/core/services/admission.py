"""How many interactions are answered at a time: others wait for a turn, and too many are turned away.

Discord waits three seconds for a first response. What a process manages in that time is limited, and nobody
may be left without a word, so that those who have to wait are acknowledged before anything is read for them.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# Turns at a time: as many people are all answered in a fraction of a second, and a reply at once costs one
# request to Discord where a deferred one costs two.
AT_ONCE = 64
# Turns at a time while others are being acknowledged, who come first.
AT_ONCE_MEANWHILE = 4
# With this many turns taken, and turns that took this long lately, the machine is too busy with other things
# to answer in time: then every reply is deferred.
_SLOW_FROM = 8
_SLOW_SECONDS = 0.5
# The weight of the newest turn in the moving average of their seconds.
_NEWEST_WEIGHT = 0.1
# With more interactions under way, even telling one to ask again later takes Discord's three seconds.
MOST = 1_000


class Admission:
    """Gives turns to the interactions under way, in the order in which they ask for one.

    An interaction is the task that answers it, and what it holds is given back when that ends. Use it from
    one event loop.
    """

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        meanwhile: int = AT_ONCE_MEANWHILE,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow `at_once` turns, `meanwhile` while others are acknowledged, and `most` interactions."""
        self._at_once = at_once
        self._meanwhile = meanwhile
        self._most = most
        self._clock = clock
        self._under_way: set[asyncio.Task[Any]] = set()
        # When the turn of each began.
        self._holders: dict[asyncio.Task[Any], float] = {}
        self._waiting: deque[tuple[asyncio.Task[Any], asyncio.Future[None]]] = deque()
        self._acknowledging = 0
        self._mean_seconds = 0.0

    @property
    def is_crowded(self) -> bool:
        """Whether whoever asks for a turn now has to wait."""
        return bool(self._waiting) or len(self._holders) >= self._at_once

    def enter(self) -> bool:
        """Count the current task until it ends; return False, and do not, if it is one too many."""
        if len(self._under_way) >= self._most:
            return False
        task = _current_task()
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return True

    @contextmanager
    def acknowledging(self) -> Iterator[None]:
        """Have others wait for their turn while somebody is told that an answer comes."""
        self._acknowledging += 1
        try:
            yield
        finally:
            self._acknowledging -= 1
            self._give_turns()

    def may_answer_at_once(self) -> bool:
        """Return whether the current task may answer without telling first that an answer comes."""
        is_slow = len(self._holders) >= _SLOW_FROM and self._mean_seconds > _SLOW_SECONDS
        return not is_slow and (_current_task() in self._holders or not self.is_crowded)

    async def take_turn(self) -> None:
        """Wait for a turn; the current task has it until it ends."""
        task = _current_task()
        if task in self._holders:
            return
        if not self.is_crowded:
            self._hold(task)
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((task, turn))
        self._give_turns()
        await turn

    def _hold(self, task: asyncio.Task[Any]) -> None:
        self._holders[task] = self._clock()
        task.add_done_callback(self._give_back)

    def _give_back(self, task: asyncio.Task[Any]) -> None:
        seconds = self._clock() - self._holders.pop(task)
        self._mean_seconds += _NEWEST_WEIGHT * (seconds - self._mean_seconds)
        self._give_turns()

    def _give_turns(self) -> None:
        allowed = self._meanwhile if self._acknowledging else self._at_once
        while self._waiting and len(self._holders) < allowed:
            task, turn = self._waiting.popleft()
            if not turn.done():  # the task was cancelled
                self._hold(task)
                turn.set_result(None)


def _current_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    assert task is not None
    return task
