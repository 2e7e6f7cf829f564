"""Work in threads, one piece at a time, so that the event loop never waits for long."""

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
from typing import Any, Generic, TypeAlias, TypeVar

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Shared = TypeVar("Shared")

Around: TypeAlias = Callable[[], AbstractContextManager[Shared]]


class _Stretch:
    """What the pieces of one stretch share: what they work within, each entered once and left at the end."""

    def __init__(self) -> None:
        self._entered: dict[Around[Any], tuple[AbstractContextManager[Any], Any]] = {}

    def do(self, around: Around[Shared], work: Callable[[Shared], Result]) -> Result:
        if around not in self._entered:
            manager = around()
            self._entered[around] = manager, manager.__enter__()
        manager, shared = self._entered[around]
        try:
            return work(shared)
        except BaseException as error:
            # Left as a `with` would leave it, which may raise something else; what comes next enters anew.
            del self._entered[around]
            if not manager.__exit__(type(error), error, error.__traceback__):
                raise
            raise AssertionError("nothing to work within swallows errors") from error

    def leave(self) -> None:
        while self._entered:
            _, (manager, _shared) = self._entered.popitem()
            try:
                manager.__exit__(None, None, None)
            except Exception:  # all is done, and those behind it must have their turn
                log.exception("What questions were asked within could not be left")


@dataclass(frozen=True, slots=True)
class _Piece(Generic[Result]):
    """A piece of work, and who waits for what it returns or raises."""

    work: Callable[[_Stretch], Result]
    waiting: asyncio.Future[Result]

    def done(self, stretch: _Stretch) -> Callable[[], None]:
        """Do it, and return what tells who waits how it went."""
        try:
            result = self.work(stretch)
        except StopIteration:  # which no future takes: those behind it would not be told
            return self._teller(self.waiting.set_exception, RuntimeError("The work raised StopIteration."))
        except BaseException as error:  # whoever waits is to hear of it, whatever it is
            return self._teller(self.waiting.set_exception, error)
        return self._teller(self.waiting.set_result, result)

    def _teller(self, tell: Callable[[Any], None], what: object) -> Callable[[], None]:
        return lambda: None if self.waiting.done() else tell(what)


class Turns:
    """Does work in threads, in the order in which it is given, and brings the results to the event loop.

    Python runs one thread at a time, and a change from one to another takes about as long as a short question
    to the store. So pieces are done one after the other for a `stretch` of time, then those who wait for them
    go on all together, then come the next pieces. Meanwhile the event loop does nothing, for `hold` at most:
    two threads that both want to run take a sixth more of the processor than the same work in turn. Only
    where a piece takes longer than `patience` does another thread go on with the rest.

    All methods are for the event loop's own thread.
    """

    def __init__(
        self,
        name: str,
        *,
        threads: int = 4,
        stretch: float = 0.01,
        hold: float = 0.015,
        patience: float = 0.05,
    ) -> None:
        """Have up to so many `threads`, named by `name`; `stretch`, `hold` and `patience` are in seconds."""
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads
        self._stretch = stretch
        self._hold = hold
        self._patience = patience
        self._at_work = 0
        self._given: deque[_Piece[Any]] = deque()
        self._told: deque[Callable[[], None]] = deque()
        self._begun = 0
        self._watch: asyncio.TimerHandle | None = None
        self._closed = False

    def take(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Return what `work` returns, once awaited; raises what it raises.

        What is cancelled before its turn is not done at all; once closed, everything is cancelled.
        """
        return self._give(lambda _stretch: work())

    def take_within(self, around: Around[Shared], work: Callable[[Shared], Result]) -> asyncio.Future[Result]:
        """Return what `work` returns of what `around` gives, once awaited; otherwise as `take`.

        All that is done in one stretch within the same `around` shares what it gives, until something raises.
        """
        return self._give(lambda stretch: stretch.do(around, work))

    def _give(self, work: Callable[[_Stretch], Result]) -> asyncio.Future[Result]:
        loop = asyncio.get_running_loop()
        piece = _Piece(work, loop.create_future())
        if self._closed:
            piece.waiting.cancel()
            return piece.waiting
        self._given.append(piece)
        if not self._at_work:
            self._at_work += 1
            # Behind all that is to be done now: it may give more.
            loop.call_soon(self._submit, loop)
        if self._watch is None:
            self._watch_on(loop)
        return piece.waiting

    def close(self) -> None:
        """Cancel what has not begun; what is under way ends by itself."""
        self._closed = True
        while self._given:
            self._given.popleft().waiting.cancel()
        self._threads.shutdown(wait=False)

    def _submit(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have a thread do what is left, if anything is."""
        if self._given:
            wait_for([self._threads.submit(self._work, loop)], timeout=self._hold)
        else:
            self._at_work -= 1

    def _watch_on(self, loop: asyncio.AbstractEventLoop) -> None:
        self._watch = loop.call_later(self._patience, self._look, loop, self._begun)

    def _look(self, loop: asyncio.AbstractEventLoop, begun: int) -> None:
        """If a piece takes long, tell what was done before it, and go on with the rest."""
        self._watch = None
        if not self._at_work:
            return
        self._tell()
        if self._given and self._begun == begun and self._at_work < self._most:
            self._at_work += 1
            self._submit(loop)
        self._watch_on(loop)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        """Do in this thread what is left to do, for a stretch."""
        end = time.monotonic() + self._stretch
        stretch = _Stretch()
        while self._given and time.monotonic() < end:
            try:
                piece = self._given.popleft()
            except IndexError:  # another thread took the last one
                break
            self._begun += 1
            if not piece.waiting.cancelled():
                self._told.append(piece.done(stretch))
        stretch.leave()
        with contextlib.suppress(RuntimeError):  # a loop that is closed waits for nothing
            loop.call_soon_threadsafe(self._ended, loop)

    def _ended(self, loop: asyncio.AbstractEventLoop) -> None:
        self._tell()
        # Behind those who were told: they go on first.
        loop.call_soon(self._submit, loop)

    def _tell(self) -> None:
        while self._told:
            self._told.popleft()()
