"""The one process of a bot that leads: it syncs the commands and keeps the schedule of the refreshes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from store import StoreError
from store.files.claims import Claim

log = logging.getLogger(__name__)

# A leader that died is followed within this time, and one that lost its lock knows.
_SECONDS_BETWEEN_LOOKS = 15.0


class Leadership:
    """Whether this process leads, looked at every few seconds for as long as it is started."""

    def __init__(
        self,
        claim: Claim,
        *,
        begin: Callable[[], Awaitable[None]],
        end: Callable[[], None],
        seconds_between_looks: float = _SECONDS_BETWEEN_LOOKS,
    ) -> None:
        """Prepare to lead: `begin` is called when this process becomes the leader, `end` when it ends."""
        self._claim = claim
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
        await asyncio.to_thread(self._claim.release)

    async def _look_often(self) -> None:
        while True:
            await asyncio.sleep(self._seconds_between_looks)
            try:
                await self._look()
            except Exception:  # the next look tries again
                log.exception("This process could not become the leader")

    async def _look(self) -> None:
        is_ours = await asyncio.to_thread(self._take)
        if is_ours and not self.is_leader:
            await self._begin()
            self.is_leader = True
            log.info("This process leads")
        elif self.is_leader and not is_ours:
            self.is_leader = False
            self._end()
            log.warning("This process leads no longer: it has lost its claim")

    def _take(self) -> bool:
        """Return whether the claim is ours. Where the disk has no locks every process leads."""
        try:
            return self._claim.take()
        except StoreError as error:
            if not self.is_leader:
                log.warning("This process leads without a lock: %s", error)
            return True
