"""Mapping a function over blocks in threads: NumPy and SciPy release the GIL while they compute.

Each product of matrices takes one thread: those of OpenBLAS spin while they wait for one another, so that a
busy core costs far more than its share, while threads of our own take the next block whenever they are free.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS = 2
# Several rows of all games are there for each of these at a time, in every thread.
_GAMES_AT_ONCE = 256


class MapBlocks(Protocol):
    """Works on blocks, in threads or on other machines, as `in_threads` does.

    The function may therefore be copied to where it runs: it says all by what it returns.
    """

    def __call__(self, function: Callable[[slice], Result], items: Iterable[slice], /) -> Iterator[Result]:
        """Yield what `function` makes of each block, in their order."""


def blocks_of(games: int) -> Iterator[slice]:
    """Yield the indices of `games` games, some at a time."""
    for start in range(0, games, _GAMES_AT_ONCE):
        yield slice(start, min(start + _GAMES_AT_ONCE, games))


def in_threads(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield what `function` makes of each item, in their order.

    No more than a few results wait to be taken, since each may be large.
    """
    waiting: deque[Future[Result]] = deque()
    with threadpool_limits(1), ThreadPoolExecutor(THREADS) as threads:
        for item in items:
            waiting.append(threads.submit(function, item))
            if len(waiting) > THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
