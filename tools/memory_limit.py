"""A limit on the memory of a process and of all that it starts, by a control group of Linux.

Where none can be made, how much memory they take is only watched.
"""

import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import mapped_memory_of, memory_of

_ROOT = Path("/sys/fs/cgroup")
_SECONDS_BETWEEN_LOOKS = 0.2


class NoLimit(Exception):
    """No control group can be made here; the message says why."""


@dataclass(slots=True)
class MemoryLimit:
    """A control group: start a command with `words` before it, and it is in the group.

    `peak_bytes` is the most memory that its processes had, pages of files apart, which the kernel takes back
    where the limit is near.
    """

    folder: Path
    peak_bytes: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def words(self) -> tuple[str, ...]:
        """What puts a command into the group."""
        return ("/bin/sh", "-c", f'echo $$ > {self.folder}/cgroup.procs && exec "$@"', "sh")

    @property
    def kills(self) -> int:
        """How many processes the kernel has killed because the limit was reached."""
        for name in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                pairs = dict(line.split() for line in (self.folder / name).read_text().splitlines())
                return int(pairs.get("oom_kill", 0))
        return 0

    def watch(self) -> None:
        """Look how much memory the processes have, until the group ends."""
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            lines = (self.folder / "memory.stat").read_text().splitlines()
            found = dict(line.split() for line in lines)
            self.peak_bytes = max(self.peak_bytes, int(found.get("anon", found.get("total_rss", 0))))

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()


@dataclass(slots=True)
class MemoryWatch:
    """The memory of a command started with `words` before it, and of what it starts: nothing limits it."""

    file: Path
    peak_bytes: int = 0
    kills: int = 0
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def words(self) -> tuple[str, ...]:
        """What says which process the command is."""
        return ("/bin/sh", "-c", f'echo $$ > {self.file} && exec "$@"', "sh")

    def watch(self) -> None:
        """Look how much memory the processes have, pages of files of the first apart, until `end`."""
        while not self._ended.wait(_SECONDS_BETWEEN_LOOKS):
            with contextlib.suppress(OSError, ValueError):  # not started yet, or ended
                process = int(self.file.read_text())
                taken = memory_of(process) - mapped_memory_of(process)
                self.peak_bytes = max(self.peak_bytes, int(taken * 1e6))

    def end(self) -> None:
        """Watch no more."""
        self._ended.set()


@contextlib.contextmanager
def memory_watch(file: Path) -> Iterator[MemoryWatch]:
    """Watch memory for as long as the block lasts; `file` is where the process writes who it is."""
    watch = MemoryWatch(file)
    with _watching(watch):
        yield watch


@contextlib.contextmanager
def _watching(limit: "MemoryLimit | MemoryWatch") -> Iterator[None]:
    watching = threading.Thread(target=limit.watch, name="memory", daemon=True)
    watching.start()
    try:
        yield
    finally:
        limit.end()
        watching.join()


@contextlib.contextmanager
def memory_limit(size: int) -> Iterator[MemoryLimit]:
    """Make a group whose processes have `size` bytes of memory together, for as long as the block lasts.

    Raises:
        NoLimit: This machine or this user cannot.
    """
    is_unified = (_ROOT / "cgroup.controllers").exists()
    folder = (_ROOT if is_unified else _ROOT / "memory") / f"nextplay-{os.getpid()}"
    try:
        folder.mkdir()
    except OSError as error:
        raise NoLimit(f"no control group can be made ({error.strerror})") from error
    try:
        try:
            (folder / ("memory.max" if is_unified else "memory.limit_in_bytes")).write_text(str(size))
        except OSError as error:
            raise NoLimit(f"control groups have no memory limit here ({error.strerror})") from error
        limit = MemoryLimit(folder)
        with _watching(limit):
            yield limit
    finally:
        with contextlib.suppress(OSError):  # a process of it lives on
            folder.rmdir()
