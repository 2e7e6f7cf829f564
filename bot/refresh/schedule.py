"""The nightly refresh: at a set local time, one at a time, caught up when a night was missed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.settings import Settings
from commands.core.services.refresher import Refresher, RefreshResult, RefreshRunning
from store.models import RunOutcome
from store.runs import RunStarter

log = logging.getLogger(__name__)

STARTED_BY = RunStarter.SCHEDULE

_ONE_DAY = timedelta(days=1)
# A scheduler wakes up a little late, which is not missing a night.
_LEAST_GRACE = timedelta(minutes=1)
_SECONDS_BETWEEN_CLOCK_CHECKS = 60
# A clock that was set back by no more than this repeats no refresh: the longest day there is.
_SET_BACK = timedelta(hours=25)


@dataclass(frozen=True, slots=True)
class Nightly:
    """When to refresh: every day at a local time.

    Attributes:
        at: The time on the clock on the wall. Where summer time leaves it out it is as much later as the
            clock is put forward; where it comes twice the first one counts.
        zone: The zone of that clock.
        jitter: A refresh begins up to this much later, at random.
        grace: For how long a time that passed while the bot was down, or the machine asleep, is caught up.
    """

    at: time
    zone: tzinfo
    jitter: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=12)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Return when to refresh, as the settings say. Raises SettingsError if TZ is no time zone."""
        return cls(
            at=settings.refresh_at,
            zone=settings.zone,
            jitter=timedelta(minutes=settings.refresh_jitter_minutes),
            grace=timedelta(hours=settings.refresh_grace_hours),
        )

    def next_due(self, now: datetime) -> datetime:
        """Return the first time from `now` on, without its jitter."""
        yesterday = now.astimezone(self.zone).date() - _ONE_DAY
        times = (self._due(yesterday + days * _ONE_DAY) for days in range(4))
        return next(due for due in times if due >= now).astimezone(self.zone)

    def newest_due(self, now: datetime) -> datetime | None:
        """Return the newest time that has passed within the last `grace`, if there is one."""
        today = now.astimezone(self.zone).date()
        times = (self._due(today - days * _ONE_DAY) for days in range(3))
        newest = next(due for due in times if due <= now)
        return newest.astimezone(self.zone) if now - newest <= self.grace else None

    def missed(self, last: datetime | None, now: datetime) -> bool:
        """Return whether a time of the last `grace` has passed since the refresh that began at `last`.

        A refresh of a distant future, which a clock that was wrong has left, counts for nothing.
        """
        due = self.newest_due(now)
        return due is not None and (last is None or not due.astimezone(UTC) <= last <= now + _SET_BACK)

    def _due(self, day: date) -> datetime:
        # In UTC, as Python compares and subtracts two times of one zone by the clock on the wall.
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


class NightlyTrigger(BaseTrigger):  # type: ignore[misc]
    """Tells APScheduler when the next refresh is due.

    Its `CronTrigger` would leave out the night whose time summer time skips, and run twice in the hour that
    comes twice; its `CalendarIntervalTrigger` leaves out the same night.
    """

    def __init__(self, nightly: Nightly) -> None:
        self._nightly = nightly

    def __str__(self) -> str:
        return f"every night at {self._nightly.at:%H:%M}"

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the first time after the previous one, or from `now` on if there is none, and its jitter."""
        from_then_on = now if previous_fire_time is None else previous_fire_time + timedelta(microseconds=1)
        due = self._nightly.next_due(from_then_on.astimezone(UTC)).astimezone(UTC)
        fire_time: datetime = self._apply_jitter(due, self._nightly.jitter.total_seconds(), now)
        return fire_time


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Schedule:
    """Runs a refresher every night, for as long as it is started."""

    def __init__(
        self,
        nightly: Nightly,
        refresher: Refresher,
        last_refresh: Callable[[], Awaitable[datetime | None]],
        *,
        on_failure: Callable[[RefreshResult], Awaitable[None]] | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """Prepare to refresh; nothing is started yet.

        Args:
            nightly: When.
            refresher: What refreshes.
            last_refresh: Returns when the newest refresh that succeeded began; None is never.
            on_failure: Is given the result of each refresh by schedule that failed.
            now: Returns the time, in UTC.
        """
        self._nightly = nightly
        self._refresher = refresher
        self._last_refresh = last_refresh
        self._on_failure = on_failure
        self._now = now
        self._trigger = NightlyTrigger(nightly)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._job: Any = None
        self._clock_checks: asyncio.Task[None] | None = None
        # When the newest refresh by schedule was started, or left to another.
        self._last: datetime | None = None

    async def start(self) -> None:
        """Begin to refresh every night; what was missed is caught up at once."""
        self._last = await self._last_refresh()
        self._job = self._scheduler.add_job(
            self._refresh,
            self._trigger,
            name="nightly refresh",
            next_run_time=self._next_run_time(),
            misfire_grace_time=round(max(self._nightly.grace, _LEAST_GRACE).total_seconds()),
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()
        self._clock_checks = asyncio.create_task(self._check_clock_often(), name="clock checks")

    def stop(self) -> None:
        """Start no more refreshes; the one under way is its refresher's to stop."""
        if self._clock_checks is not None:
            self._clock_checks.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def next_refresh(self) -> datetime | None:
        """Return when the next one is due; None while the schedule is not started."""
        if not self._scheduler.running:
            return None
        due: datetime = self._job.next_run_time
        return due

    def check_clock(self) -> None:
        """Have the scheduler look at the clock.

        By itself it waits for hours, whatever happens meanwhile: the machine may sleep, or its clock be set.
        """
        latest = self._nightly.next_due(self._now()).astimezone(UTC) + self._nightly.jitter
        if self._job.next_run_time > latest + _SET_BACK:
            self._job.modify(next_run_time=self._next_run_time())
        self._scheduler.wakeup()

    async def _check_clock_often(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_CLOCK_CHECKS)
            self.check_clock()

    def _next_run_time(self) -> datetime:
        now = self._now()
        if self._nightly.missed(self._last, now):
            return now
        return self._trigger.get_next_fire_time(None, now)

    async def _refresh(self) -> None:
        """Refresh, and wait for the end."""
        self._last = self._now()
        self._log_if_late(self._last)
        try:
            job = await self._refresher.start(STARTED_BY)
        except RefreshRunning as error:
            log.info("The refresh by schedule is left out: one by %s is running", error.job.started_by)
            return
        result = await job.result()
        if result.another_runs:
            log.info("The refresh by schedule is left out: one by another process is running")
        elif result.outcome is RunOutcome.FAILED and self._on_failure is not None:
            await self._on_failure(result)

    def _log_if_late(self, now: datetime) -> None:
        due = self._nightly.newest_due(now)
        on_time = self._nightly.jitter + timedelta(seconds=2 * _SECONDS_BETWEEN_CLOCK_CHECKS)
        if due is not None and now - due > on_time:
            log.info("The refresh of %s was missed and is caught up now", due.isoformat(timespec="minutes"))
