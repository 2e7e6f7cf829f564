"""The nightly refresh: at a set local time, one at a time, caught up when a night was missed."""

import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from tzlocal import get_localzone

from bot.settings import Settings
from commands.core.refresher import Refresher, RefreshResult, RefreshRunning
from store.models import RunOutcome
from store.runs import RunStarter

log = logging.getLogger(__name__)

STARTED_BY = RunStarter.SCHEDULE

_SECONDS_BETWEEN_LOOKS = 60
# A clock that was set back by less than this repeats no refresh.
_SET_BACK = timedelta(days=1)
# One look may wait for its refresh to end while others find nothing to do.
_LOOKS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Nightly:
    """When to refresh: every day at the local time `at` of `zone`, up to `jitter` later, at random.

    A time that passed while the bot was down, or the machine asleep, is caught up for as long as `grace`.
    """

    at: time
    zone: tzinfo
    jitter: timedelta = timedelta(0)
    grace: timedelta = timedelta(hours=12)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Return when to refresh, as the settings say."""
        zone: tzinfo = ZoneInfo(settings.time_zone) if settings.time_zone else get_localzone()
        return cls(
            at=settings.refresh_at,
            zone=zone,
            jitter=timedelta(minutes=settings.refresh_jitter_minutes),
            grace=timedelta(hours=settings.refresh_grace_hours),
        )

    def next_due(self, now: datetime) -> datetime:
        """Return the first time from `now` on, without what chance adds."""
        trigger = CronTrigger(hour=self.at.hour, minute=self.at.minute, timezone=self.zone)
        # In UTC, as a local time that summer time leaves out has no successor.
        due: datetime = trigger.get_next_fire_time(None, now.astimezone(UTC))
        return due.astimezone(UTC).astimezone(self.zone)

    def newest_due(self, now: datetime) -> datetime | None:
        """Return the newest time that has passed within the last `grace`, if there is one."""
        newest: datetime | None = None
        due = self.next_due(now - self.grace)
        while due <= now:
            newest = due
            due = self.next_due(due.astimezone(UTC) + timedelta(seconds=1))
        return newest

    def missed(self, last: datetime | None, now: datetime) -> bool:
        """Tell whether a time of the last `grace` has passed since the refresh that began at `last`."""
        due = self.newest_due(now)
        return due is not None and not self.covers(last, due, now)

    def covers(self, last: datetime | None, due: datetime, now: datetime) -> bool:
        """Tell whether the refresh that began at `last` was that of `due`, or a later one.

        One of a distant future, which a clock that was wrong has left, counts for nothing. Times are compared
        as the clock on the wall shows them: the hour that comes twice when summer time ends counts once.
        """
        return (
            last is not None and last <= now + _SET_BACK and self._on_the_wall(last) >= self._on_the_wall(due)
        )

    def _on_the_wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Schedule:
    """Runs a refresher by plan, for as long as it is started.

    It looks at the clock every minute instead of waiting for hours: a wait knows nothing of a clock that was
    set or of a machine that slept.
    """

    def __init__(
        self,
        plan: Nightly,
        refresher: Refresher,
        last_refresh: Callable[[], Awaitable[datetime | None]],
        *,
        on_failure: Callable[[RefreshResult], Awaitable[None]] | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """`last_refresh` tells when the newest refresh that succeeded began; None is never.

        `on_failure` is told of each refresh by schedule that failed. `now` tells the time, in UTC.
        """
        self._plan = plan
        self._refresher = refresher
        self._last_refresh = last_refresh
        self._when_failed = on_failure
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        # When the newest refresh by schedule was started, or left to another.
        self._last: datetime | None = None
        self._delay = self._some_delay()

    async def start(self) -> None:
        """Begin to keep the plan, with what was missed."""
        self._last = await self._last_refresh()
        self._scheduler.add_job(
            self.look,
            IntervalTrigger(seconds=_SECONDS_BETWEEN_LOOKS),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            misfire_grace_time=None,
            max_instances=_LOOKS_AT_ONCE,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Start no more refreshes; the one under way is its refresher's to stop."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def next_refresh(self) -> datetime | None:
        """Return when the next one is due; None while the schedule is not started."""
        return self._plan.next_due(self._now()) + self._delay if self._scheduler.running else None

    async def look(self) -> None:
        """Refresh if it is time, and wait for the end."""
        now = self._now()
        due = self._plan.newest_due(now)
        if due is None or now < due + self._delay or self._plan.covers(self._last, due, now):
            return
        if now - due > self._plan.jitter + timedelta(seconds=2 * _SECONDS_BETWEEN_LOOKS):
            log.info("The refresh of %s was missed and is caught up now", due.isoformat(timespec="minutes"))
        self._last = now
        self._delay = self._some_delay()
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            job = await self._refresher.start(STARTED_BY)
        except RefreshRunning as error:
            log.info("The refresh by schedule is left out: one by %s is running", error.job.started_by)
            return
        result = await job.result()
        if result.outcome is RunOutcome.FAILED and self._when_failed is not None:
            await self._when_failed(result)

    def _some_delay(self) -> timedelta:
        return self._plan.jitter * random.random()  # noqa: S311 - spreads load, keeps no secret
