"""The one process of a bot that leads: it syncs the commands and keeps the schedule of the refreshes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

# A leader that died is followed within this time, and one that lost its lock knows.
_SECONDS_BETWEEN_LOOKS = 15.0


class LeaderLock(Protocol):
    """What one process of a bot has at a time, and what its death gives back."""

    async def hold(self) -> bool:
        """Take it, or make sure of it where it is held already; return False if another process has it."""

    async def release(self) -> None:
        """Give it back, if it is held."""


class FileLeaderLock:
    """A lock on a file, for processes that share a disk."""

    def __init__(self, file: Path) -> None:
        """Lock `file`, which is made if need be."""
        self._lock = FileLock(file, timeout=0, mode=0o600, fallback_to_soft=False, preserve_lock_file=True)

    async def hold(self) -> bool:
        """Take it. Where the disk has no locks every process leads, as the only one there should be."""
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            log.warning("This process leads without a lock: %s", error)
        return True

    async def release(self) -> None:
        """Give it back."""
        self._lock.release()


class Leadership:
    """Whether this process leads, looked at every few seconds for as long as it is started."""

    def __init__(
        self,
        lock: LeaderLock,
        *,
        begin: Callable[[], Awaitable[None]],
        end: Callable[[], None],
        seconds_between_looks: float = _SECONDS_BETWEEN_LOOKS,
    ) -> None:
        """Prepare to lead: `begin` is called when this process becomes the leader, `end` when it ends."""
        self._lock = lock
        self._begin = begin
        self._end = end
        self._seconds_between_looks = seconds_between_looks
        self._looking: asyncio.Task[None] | None = None
        self.is_leader = False

    async def start(self) -> None:
        """Lead where nobody else does, and look again every few seconds. Raises what `begin` raises."""
        await self._look()
        self._looking = asyncio.create_task(self._look_often(), name="leadership")

    def end(self) -> None:
        """Lead no longer, but let no other process either until `release`."""
        if self._looking is not None:
            self._looking.cancel()
        if self.is_leader:
            self.is_leader = False
            self._end()

    async def release(self) -> None:
        """Let another process lead."""
        await self._lock.release()

    async def _look_often(self) -> None:
        while True:
            await asyncio.sleep(self._seconds_between_looks)
            try:
                await self._look()
            except Exception:  # the next look tries again
                log.exception("This process could not become the leader")

    async def _look(self) -> None:
        is_ours = await self._lock.hold()
        if is_ours and not self.is_leader:
            await self._begin()
            self.is_leader = True
            log.info("This process leads")
        elif self.is_leader and not is_ours:
            self.is_leader = False
            self._end()
            log.warning("This process leads no longer: it has lost its lock")
