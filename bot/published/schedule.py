"""Looking for a newer published store, every few minutes for as long as the bot runs."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from commands.core.services.refresher import Refresher, RefreshResult, RefreshRunning
from store.models import RunOutcome
from store.runs import RunStarter

log = logging.getLogger(__name__)

# Each look comes up to this share of the interval late, so that many bots do not ask one host at once.
_JITTER = 0.1
# A look that takes longer hangs: no store takes this long to fetch.
_LONGEST_LOOK = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class LookPlan:
    """How far apart looks for a newer published store are."""

    every: timedelta


class Looks:
    """Looks at once, and then as its plan says; a `Schedule` of another kind."""

    def __init__(
        self,
        plan: LookPlan,
        refresher: Refresher,
        on_failure: Callable[[RefreshResult], Awaitable[None]] | None = None,
    ) -> None:
        """Prepare to look; nothing is started yet.

        Args:
            plan: How often.
            refresher: What looks.
            on_failure: Is given the result of a look that failed, unless the one before failed alike.
        """
        self._plan = plan
        self._refresher = refresher
        self._on_failure = on_failure
        self._due: datetime | None = None
        self._looking: asyncio.Task[None] | None = None
        self._known_error: str | None = None

    async def start(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look_often(), name="look for a published store")

    def stop(self) -> None:
        """Look no more; the look under way is its refresher's to stop."""
        if self._looking is not None:
            self._looking.cancel()
        self._due = None

    def next_refresh(self) -> datetime | None:
        """Return when the next look is due; None while none is."""
        return self._due

    async def _look_often(self) -> None:
        while True:
            await self._look()
            pause = self._plan.every * (1 + random.uniform(0, _JITTER))  # noqa: S311 - nothing secret
            self._due = datetime.now(UTC) + pause
            await asyncio.sleep(pause.total_seconds())

    async def _look(self) -> None:
        try:
            job = await self._refresher.start(RunStarter.SCHEDULE)
        except RefreshRunning:
            return  # somebody has asked for one by hand
        except OSError as error:
            log.error("No process could be started to look for a published store: %s", error)
            return
        try:
            result = await asyncio.wait_for(job.result(), _LONGEST_LOOK.total_seconds())
        except TimeoutError:
            await job.stop()
            result = await job.result()
        is_known = result.error == self._known_error
        self._known_error = result.error
        if result.outcome is RunOutcome.FAILED and not is_known and self._on_failure is not None:
            await self._on_failure(result)
