"""Counting which games are asked about, so that a refresh can ask Steam for those first."""

import asyncio
import logging
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from commands.core.services.user_data import UserDataRepository
from store import StoreError, user_data

log = logging.getLogger(__name__)

# Each write makes every process read its cached user data again.
_SECONDS_BETWEEN_WRITES = 600.0
# How many games are counted until the next write; questions about further ones are not.
_MOST_GAMES = 1_000


class AskedGames:
    """Counts questions by game, in memory, and writes the numbers down together; who asks is never known.

    Use it from one event loop, and close it at the end.
    """

    def __init__(self, repository: UserDataRepository, *, seconds: float = _SECONDS_BETWEEN_WRITES) -> None:
        """Write to `repository`, `seconds` after the first question since the last time."""
        self._repository = repository
        self._seconds = seconds
        self._counts: Counter[int] = Counter()
        self._writing: asyncio.Task[None] | None = None

    def note(self, app_ids: Collection[int]) -> None:
        """Count a question about games."""
        has_room = len(self._counts) < _MOST_GAMES
        self._counts.update(app_id for app_id in app_ids if has_room or app_id in self._counts)
        if self._counts and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._write_later(), name="asked games")

    def close(self) -> None:
        """Write nothing any more; the questions since the last time are not counted."""
        if self._writing is not None:
            self._writing.cancel()

    async def _write_later(self) -> None:
        while self._counts:  # some may have come while the others were written
            await asyncio.sleep(self._seconds)
            await self.write()

    async def write(self) -> None:
        """Write down what was counted since the last time; where that fails, the log says so."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        today = datetime.now(UTC).date()
        try:
            await self._repository.write(lambda session: user_data.count_questions(session, counts, today))
        except StoreError as error:
            log.warning("Which games were asked about is not written down: %s", error)
