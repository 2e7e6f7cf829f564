"""Identifying in turn: Discord accepts one shard in five seconds, of each group of shards.

A shard is of the group `id % max_concurrency`
(https://discord.com/developers/docs/events/gateway#sharding-max-concurrency). Whichever process a shard is
of, it claims its group before it identifies, and gives it back when the next one may.
"""

import asyncio
import logging
from collections.abc import Callable

from store import StoreError
from store.files.claims import Claim

log = logging.getLogger(__name__)

# Discord counts from when it reads an identify, which may be later after the first than after the second.
_SECONDS_APART = 5.25
_SECONDS_BETWEEN_TRIES = 0.1
# After this wait a shard identifies without a claim: the server of the claims may be away. Where that is too
# early, Discord refuses it and it comes again.
_LONGEST_WAIT = 60.0


class IdentifyTurns:
    """Gives the shards of all processes that share their claims their turns."""

    def __init__(
        self,
        claim: Callable[[str], Claim],
        *,
        problem: Callable[[], str | None] = lambda: None,
        seconds_apart: float = _SECONDS_APART,
        longest_wait: float = _LONGEST_WAIT,
    ) -> None:
        """Claim each group by a `claim` of its name; `problem` says why claims cannot be kept."""
        self._claim = claim
        self._problem = problem
        self._longest_wait = longest_wait
        self._seconds_apart = seconds_apart
        self._giving_back: set[asyncio.Task[None]] = set()
        self.max_concurrency = 1

    async def take(self, shard_id: int) -> None:
        """Wait until the shard may identify, and have the next one of its group wait from then on."""
        claim = self._claim(f"identify-{shard_id % self.max_concurrency}")
        try:
            async with asyncio.timeout(self._longest_wait):
                # Nothing signals that a claim of another process is free.
                while not await asyncio.to_thread(claim.take):
                    await asyncio.to_thread(self._require_claims)
                    await asyncio.sleep(_SECONDS_BETWEEN_TRIES)
        except (StoreError, TimeoutError) as error:
            why = str(error) or "no turn came"
            log.warning("Shard %d connects without regard to other processes: %s", shard_id, why)
            return
        giving_back = asyncio.create_task(self._give_back(claim), name="identify")
        self._giving_back.add(giving_back)
        giving_back.add_done_callback(self._giving_back.discard)

    def _require_claims(self) -> None:
        """Raise StoreError where nobody keeps the claims, so that no turn will come."""
        problem = self._problem()
        if problem is not None:
            raise StoreError(problem)

    async def _give_back(self, claim: Claim) -> None:
        try:
            await asyncio.sleep(self._seconds_apart)
        finally:
            await asyncio.to_thread(claim.release)
