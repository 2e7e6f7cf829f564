"""Runs short jobs in a worker thread, in batches, so that the event loop does not wait for the disk."""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Opened = TypeVar("Opened")

# Opens what a job works on, such as a reader session of the store, and closes it at the end.
Resource: TypeAlias = Callable[[], AbstractContextManager[Opened]]


class QueryExecutor:
    """Runs jobs in the order in which they are submitted, one after the other, in a thread of its own.

    Python runs one thread at a time, and switching from one to another takes about as long as a short query.
    So a thread runs jobs for `batch_seconds`, then wakes the event loop once for all their results, then
    comes the next batch. For at most `max_loop_block` seconds the event loop does nothing meanwhile, because
    two threads that both want to run cost more than the same work in turn. A job that runs for longer than
    `stall_timeout` has another thread take over the queue.

    All methods are for the event loop's own thread.
    """

    def __init__(
        self,
        name: str,
        *,
        max_threads: int = 4,
        batch_seconds: float = 0.01,
        max_loop_block: float = 0.015,
        stall_timeout: float = 0.05,
        share_resources: bool = True,
    ) -> None:
        """Prepare to run jobs; the first one starts a thread.

        Args:
            name: What the names of the threads begin with.
            max_threads: How many threads there are at most, those with stalled jobs included.
            batch_seconds: After this time a batch takes no more jobs; 0 runs each job in a batch of its own.
            max_loop_block: How long the event loop waits for a batch, in seconds; 0 never blocks it.
            stall_timeout: How long a job may hold up those behind it, in seconds.
            share_resources: Whether the jobs of a batch share what their resource opened.
        """
        self._threads = ThreadPoolExecutor(max_threads, thread_name_prefix=name)
        self._max_threads = max_threads
        self._batch_seconds = batch_seconds
        self._max_loop_block = max_loop_block
        self._stall_timeout = stall_timeout
        self._share_resources = share_resources
        self._queue: deque[_Job] = deque()
        self._completed: deque[_Completed] = deque()
        self._workers = 0
        self._started_jobs = 0
        self._stall_check: asyncio.TimerHandle | None = None
        self._closed = False

    def submit(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Run `work`, and return a future of what it returns or raises.

        A job that is cancelled before it began is not run; once closed, every job is cancelled.
        """
        return self._enqueue(lambda _: work())

    def submit_in(
        self, resource: Resource[Opened], work: Callable[[Opened], Result]
    ) -> asyncio.Future[Result]:
        """Run `work` on what `resource` opens; otherwise as `submit`.

        Jobs of one batch and the same `resource` share what it opened, until one of them raises.
        """
        return self._enqueue(lambda batch: batch.run_in(resource, work))

    def close(self) -> None:
        """Cancel the jobs that have not begun; those under way end by themselves."""
        self._closed = True
        while self._queue:
            self._queue.popleft().future.cancel()
        self._threads.shutdown(wait=False)

    def _enqueue(self, run: Callable[["_Batch"], Result]) -> asyncio.Future[Result]:
        loop = asyncio.get_running_loop()
        job = _Job(run, loop.create_future())
        if self._closed:
            job.future.cancel()
            return job.future
        self._queue.append(job)
        if not self._workers:
            self._workers += 1
            # After the callbacks that are due now: they may submit more to the same batch.
            loop.call_soon(self._start_batch, loop)
        if self._stall_check is None:
            self._schedule_stall_check(loop)
        return job.future

    def _start_batch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have a thread run the next batch, if there is anything to do."""
        if not self._queue:
            self._workers -= 1
            return
        batch = self._threads.submit(self._run_batch, loop)
        if self._max_loop_block > 0:
            wait_for([batch], timeout=self._max_loop_block)

    def _run_batch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run jobs in this thread until the time of the batch is over."""
        deadline = time.monotonic() + self._batch_seconds
        batch = _Batch(self._share_resources)
        with contextlib.suppress(IndexError):  # the queue is empty, or another thread took the last job
            while True:
                job = self._queue.popleft()
                self._started_jobs += 1
                if not job.future.cancelled():
                    self._completed.append(job.complete(batch))
                if time.monotonic() >= deadline:
                    break
        batch.close()
        with contextlib.suppress(RuntimeError):  # the loop is closed, so nobody waits
            loop.call_soon_threadsafe(self._finish_batch, loop)

    def _finish_batch(self, loop: asyncio.AbstractEventLoop) -> None:
        self._deliver()
        # After those who waited: they go on first.
        loop.call_soon(self._start_batch, loop)

    def _deliver(self) -> None:
        while self._completed:
            self._completed.popleft().deliver()

    def _schedule_stall_check(self, loop: asyncio.AbstractEventLoop) -> None:
        self._stall_check = loop.call_later(
            self._stall_timeout, self._check_stalled, loop, self._started_jobs
        )

    def _check_stalled(self, loop: asyncio.AbstractEventLoop, started_before: int) -> None:
        """If no job began since the last check, deliver what is done, and go on beside the slow one."""
        self._stall_check = None
        if not self._workers:
            return
        self._deliver()
        if self._queue and self._started_jobs == started_before and self._workers < self._max_threads:
            self._workers += 1
            self._start_batch(loop)
        self._schedule_stall_check(loop)


class _Batch:
    """The resources that the jobs of one batch work on, each opened once and closed at the end."""

    def __init__(self, share: bool) -> None:
        self._share = share
        self._open: dict[Resource[Any], tuple[AbstractContextManager[Any], Any]] = {}

    def run_in(self, resource: Resource[Opened], work: Callable[[Opened], Result]) -> Result:
        if resource not in self._open:
            manager = resource()
            self._open[resource] = manager, manager.__enter__()
        manager, opened = self._open[resource]
        try:
            result = work(opened)
        except BaseException as error:
            # Closed as a `with` would close it, which may raise another error; the next job opens it again.
            del self._open[resource]
            if not manager.__exit__(type(error), error, error.__traceback__):
                raise
            raise AssertionError("a resource may not swallow errors") from error
        if not self._share:
            self.close()
        return result

    def close(self) -> None:
        while self._open:
            _, (manager, _opened) = self._open.popitem()
            try:
                manager.__exit__(None, None, None)
            except Exception:  # the jobs are done, and the next batch must go on
                log.exception("A resource of a batch of queries could not be closed")


@dataclass(frozen=True, slots=True)
class _Job:
    run: Callable[[_Batch], Any]
    future: asyncio.Future[Any]

    def complete(self, batch: _Batch) -> "_Completed":
        try:
            return _Completed(self.future, result=self.run(batch))
        except StopIteration:  # a future refuses it
            return _Completed(self.future, error=RuntimeError("The work raised StopIteration."))
        except BaseException as error:  # every error is for the caller who waits
            return _Completed(self.future, error=error)


@dataclass(frozen=True, slots=True)
class _Completed:
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def deliver(self) -> None:
        """Hand the result to whoever waits for it. Call it in the event loop's thread."""
        if self.future.done():  # cancelled meanwhile
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)
