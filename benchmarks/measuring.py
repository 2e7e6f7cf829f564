"""What all measurements share: a process of their own, the clock, the processor, and memory."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np

Result = TypeVar("Result")

_SAMPLE_SECONDS = 0.05
# The largest share of the time that is spent on measuring memory.
_LOOKING_SHARE = 0.02
_KB_PER_MB = 1024


@dataclass(frozen=True, slots=True)
class Measured(Generic[Result]):
    """What some work returned: seconds by the clock and of the processors, and megabytes at the peak.

    The peak is the largest sum over the process and all its helpers at one moment, looked at up to twenty
    times a second. A page that several of them share is divided among them (proportional set size).
    """

    result: Result
    seconds: float
    cpu: float
    peak: float


class Killed(Exception):
    """The process of some work was killed after `seconds`, with `peak` megabytes at most."""

    def __init__(self, seconds: float, peak: float) -> None:
        super().__init__(f"killed after {seconds:,.0f} s, with {peak:,.0f} MB")
        self.seconds = seconds
        self.peak = peak


def apart(work: Callable[..., Result], *arguments: Any) -> Measured[Result]:
    """Do `work` in a fresh process, so that time and memory are its own.

    Raises:
        Killed: It was, as the system does with this process first where memory runs out.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), _be_killed_first) as pool:
        process = pool.submit(os.getpid).result()
        began, watch = time.perf_counter(), _Watch(process)
        running = pool.submit(timed, work, *arguments)
        watch.until(running)
        try:
            result, seconds, cpu = running.result()
        except BrokenProcessPool as error:
            raise Killed(time.perf_counter() - began, watch.peak) from error
    return Measured(result, seconds, max(cpu, watch.cpu), watch.peak)


def _be_killed_first() -> None:
    """Have the system kill this process and what it starts, and no other, where memory runs out."""
    with suppress(OSError):  # no Linux
        Path("/proc/self/oom_score_adj").write_text("1000")


def unwatched(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do `work` in a fresh process whose memory nobody looks at: looking takes locks that delay it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def timed(work: Callable[..., Result], *arguments: Any) -> tuple[Result, float, float]:
    """Return what `work` returns, the seconds it took, and the processor seconds of it and its helpers.

    Helpers count that it waited for.
    """
    before, start = os.times(), time.perf_counter()
    result = work(*arguments)
    seconds, after = time.perf_counter() - start, os.times()
    return result, seconds, sum(after[:4]) - sum(before[:4])


def fixed_work() -> float:
    """Return the seconds that a fixed piece of work takes: a loop of Python, and fresh memory."""
    start = time.perf_counter()
    sum(number * number for number in range(4_000_000))
    np.ones(50_000_000, np.float32).sum()
    return time.perf_counter() - start


def memory_of(process: int) -> float:
    """Return the megabytes that a process and its descendants take at this moment."""
    return sum(map(_own_memory, (process, *_descendants(process)))) / _KB_PER_MB


def own_memory_of(process: int) -> float:
    """Return the megabytes that a process takes at this moment, without its descendants."""
    return _own_memory(process) / _KB_PER_MB


def mapped_memory_of(process: int) -> float:
    """Return how many of them are pages of files, which the system takes back where it needs memory."""
    return _own_memory(process, "Pss_File") / _KB_PER_MB


def cpu_of(process: int) -> float:
    """Return the processor seconds that a process has taken until now, without its children."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """Name the machine by what matters here."""
    return f"{hardware()}; {os.getloadavg()[0]:.1f} processes wanted to run in the minute before"


def hardware() -> str:
    """Name the machine by what does not change."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {sys.version.split()[0]}"


class _Watch:
    """What is seen of a process and its descendants: memory at the peak, and processor time."""

    def __init__(self, process: int) -> None:
        self.peak = 0.0
        self._process = process
        self._cpu: dict[int, float] = {}
        self._cpu_before = cpu_of(process)

    def until(self, done: Future[Any]) -> None:
        """Look until the work is done, or its process was killed."""
        while not done.done():
            before = time.perf_counter()
            self._look()
            # To look through a gigabyte takes locks that hold up the process.
            took = time.perf_counter() - before
            wait_for([done], timeout=max(_SAMPLE_SECONDS, took / _LOOKING_SHARE))

    @property
    def cpu(self) -> float:
        """Processor seconds as last seen of each process, also of those that nobody waited for."""
        return sum(self._cpu.values()) - self._cpu_before

    def _look(self) -> None:
        self.peak = max(self.peak, memory_of(self._process))
        for process in (self._process, *_descendants(self._process)):
            with suppress(OSError):  # it ended since it was listed
                self._cpu[process] = cpu_of(process)


def _descendants(process: int) -> Iterator[int]:
    with suppress(OSError):  # it ended since it was listed
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _own_memory(process: int, kind: str = "Pss") -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1])
    return 0
