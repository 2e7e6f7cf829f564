"""Computing in a thread beside what leaves the interpreter idle, as SQLite's and NumPy's own work do."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")


@contextmanager
def aside(work: Callable[[], Result]) -> Iterator[Future[Result]]:
    """Do `work` in a thread beside the block, which takes its result; the block ends when both have."""
    with ThreadPoolExecutor(1, thread_name_prefix="aside") as thread:
        yield thread.submit(work)
