"""Doing the same to many blocks at once: NumPy and SciPy let go of the interpreter while they compute."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

Item = TypeVar("Item")
Result = TypeVar("Result")

# Sums depend on how a matrix product is divided; a fixed number of threads keeps the table the same.
THREADS = 2
_GAMES_AT_ONCE = 512


def blocks_of(games: int) -> Iterator[slice]:
    """Yield the places of `games` games, some at a time."""
    for start in range(0, games, _GAMES_AT_ONCE):
        yield slice(start, min(start + _GAMES_AT_ONCE, games))


def in_threads(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield what `function` makes of each item, in their order; each product of matrices takes one thread.

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
