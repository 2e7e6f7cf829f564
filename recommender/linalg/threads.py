"""Mapping a function over blocks in threads: NumPy and SciPy release the GIL while they compute.

Each product of matrices takes one thread: those of OpenBLAS spin while they wait for one another, so that a
busy core costs far more than its share, while threads of our own take the next block whenever they are free.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Item = TypeVar("Item")
Result = TypeVar("Result")

THREADS = 2
_GAMES_AT_ONCE = 512
# The C library maps arrays of 32 MB and more anew each time, which clears them; it reuses the memory of
# smaller ones (M_MMAP_THRESHOLD of mallopt(3)).
_NUMBERS_AT_ONCE = 30_000_000 // 4


def blocks_of(games: int, *, width: int = 1) -> Iterator[slice]:
    """Yield the indices of `games` games, some at a time, for each of which there are `width` numbers."""
    at_once = min(_GAMES_AT_ONCE, _NUMBERS_AT_ONCE // max(width, 1) + 1)
    for start in range(0, games, at_once):
        yield slice(start, min(start + at_once, games))


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
