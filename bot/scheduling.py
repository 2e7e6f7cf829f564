"""The nightly refresh: at a set local time, one at a time, caught up when a night was missed."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from commands.refresher import Refresher, RefreshResult, RefreshRunning
from store.models import RunOutcome

log = logging.getLogger(__name__)

STARTED_BY = "schedule"


@dataclass(frozen=True, slots=True)
class Nightly:
    """When to refresh: every day at the local time `at` of `zone`, up to `jitter` later, at random.

    A time that passed while the bot was down, or the machine asleep, is caught up for as long as `grace`.
    """

    at: time
    zone: tzinfo
    jitter: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=12)

    def trigger(self, *, jitter: bool = True) -> CronTrigger:
        """Return the plan as APScheduler takes it."""
        return CronTrigger(
            hour=self.at.hour,
            minute=self.at.minute,
            timezone=self.zone,
            jitter=int(self.jitter.total_seconds()) if jitter else None,
        )

    def missed(self, last: datetime | None, now: datetime) -> bool:
        """Tell whether a time of the last `grace` has passed since the refresh that began at `last`."""
        trigger = self.trigger(jitter=False)
        due = trigger.get_next_fire_time(None, now - self.grace)
        while due is not None and due <= now:
            if last is None or last < due:
                return True
            due = trigger.get_next_fire_time(due, due + timedelta(seconds=1))
        return False


class Schedule:
    """Runs a refresher by plan, for as long as it is started."""

    def __init__(
        self,
        plan: Nightly,
        refresher: Refresher,
        last_refresh: Callable[[], Awaitable[datetime | None]],
        *,
        when_failed: Callable[[RefreshResult], Awaitable[None]] | None = None,
    ) -> None:
        """`last_refresh` tells when the newest refresh that succeeded began; None is never.

        `when_failed` is told of each refresh by schedule that failed.
        """
        self._plan = plan
        self._refresher = refresher
        self._last_refresh = last_refresh
        self._when_failed = when_failed
        self._scheduler = AsyncIOScheduler(timezone=plan.zone)
        self._nightly: Job | None = None

    async def start(self) -> None:
        """Begin to keep the plan, with what was missed."""
        self._nightly = self._scheduler.add_job(
            self._refresh,
            self._plan.trigger(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=max(1, int(self._plan.grace.total_seconds())),
        )
        self._scheduler.start()
        if self._plan.missed(await self._last_refresh(), datetime.now(UTC)):
            log.info("A refresh was missed and is caught up now")
            self._scheduler.add_job(self._refresh)

    def stop(self) -> None:
        """Start no more refreshes; the one under way is its refresher's to stop."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def next_refresh(self) -> datetime | None:
        """Return when the next one is due; None while the schedule is not started."""
        if self._nightly is None or not self._scheduler.running:
            return None
        due: datetime | None = self._nightly.next_run_time
        return due

    async def _refresh(self) -> None:
        try:
            job = await self._refresher.start(STARTED_BY)
        except RefreshRunning as error:
            log.info("The refresh by schedule is left out: one by %s is running", error.job.started_by)
            return
        result = await job.result()
        if result.outcome is RunOutcome.FAILED and self._when_failed is not None:
            await self._when_failed(result)
