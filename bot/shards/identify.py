"""Taking turns at Discord's door: it lets in one shard in five seconds, of each group of shards.

A shard is of the group `id % max_concurrency`
(https://discord.com/developers/docs/events/gateway#sharding-max-concurrency). Several processes of one bot
keep to that together by a file for each group: it is locked while somebody waits, and written when a shard
went in.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

log = logging.getLogger(__name__)

# Discord counts from when it reads an identify, which may be later after the first than after the second.
_SECONDS_APART = 5.25
_SECONDS_BETWEEN_TRIES = 0.1


class IdentifyTurns:
    """Gives the shards of all processes that use the same files their turns."""

    def __init__(self, file: Path, *, seconds_apart: float = _SECONDS_APART) -> None:
        """Use a file beside `file` for each group."""
        self._file = file
        self._seconds_apart = seconds_apart
        self.max_concurrency = 1

    async def take(self, shard_id: int) -> None:
        """Wait until the shard may identify, and have the next one of its group wait from then on."""
        group = shard_id % self.max_concurrency
        file = self._file.with_name(f"{self._file.name}-{group}")
        try:
            async with _locked(file):
                await asyncio.sleep(self._left(file))
                file.touch()
        except OSError as error:
            log.warning("Shard %d cannot wait for those of other processes: %s", shard_id, error)
            await asyncio.sleep(self._seconds_apart)

    def _left(self, file: Path) -> float:
        """Return the seconds until the next turn; a clock that was set back makes nobody wait for longer."""
        try:
            since = time.time() - file.stat().st_mtime
        except FileNotFoundError:
            return 0.0
        return min(max(self._seconds_apart - since, 0.0), self._seconds_apart)


@asynccontextmanager
async def _locked(file: Path) -> AsyncIterator[None]:
    """Hold the lock beside `file` for the block; the lock of a process that dies is released."""
    lock = FileLock(
        file.with_name(f"{file.name}.lock"),
        timeout=0,
        mode=0o600,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )
    while True:
        with contextlib.suppress(Timeout):
            lock.acquire()
            break
        await asyncio.sleep(_SECONDS_BETWEEN_TRIES)
    try:
        yield
    finally:
        lock.release()
