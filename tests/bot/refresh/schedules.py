"""A schedule watched as a test moves its clock, over refreshers that count what they are asked."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.refresh.schedule import Nightly, Schedule
from commands.core.services.refresher import RefreshJob, RefreshResult, RefreshRunning
from store.models import RunOutcome

MADRID = ZoneInfo("Europe/Madrid")


PLAN = Nightly(time(4, 30), MADRID, grace=timedelta(hours=12))


def madrid(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 1) -> datetime:
    return datetime(2018, month, day, hour, minute, second, tzinfo=MADRID)


class OneJob:
    """A job that has ended well."""

    started_by = "schedule"
    started_at = madrid(4, 9)
    progress = None

    async def result(self) -> RefreshResult:
        return RefreshResult(RunOutcome.APPLIED, 1.0)

    async def stop(self) -> None:
        """It has ended already."""


class CountingRefresher:
    """Counts what it is asked to start; refuses while `busy`."""

    def __init__(self, *, busy: bool = False) -> None:
        self.started: list[str] = []
        self.called = asyncio.Event()
        self._busy = busy

    @property
    def running(self) -> RefreshJob | None:
        return OneJob() if self._busy else None

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        self.called.set()
        if self._busy:
            raise RefreshRunning(OneJob())
        self.started.append(started_by)
        return OneJob()

    async def stop(self) -> None:
        """There is nothing to stop."""


async def never() -> datetime | None:
    return None


class Clock:
    """A clock on which a test says what time it is."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


async def look(schedule: Schedule) -> None:
    """Let the schedule see what time it is, and do what is due."""
    schedule.check_clock()
    for _ in range(10):
        await asyncio.sleep(0)


async def watched(
    clock: Clock, moments: Iterable[datetime], *, plan: Nightly = PLAN, last: datetime | None = None
) -> list[datetime]:
    """Start at the first of `moments`, look at the clock at each; return the local times of refreshes."""

    async def last_refresh() -> datetime | None:
        return last

    refresher = CountingRefresher()
    schedule = Schedule(plan, refresher, last_refresh, now=clock)
    started: list[datetime] = []
    for number, moment in enumerate(moments):
        clock.now = moment.astimezone(UTC)
        if not number:
            await schedule.start()
        await look(schedule)
        started += [moment.astimezone(plan.zone)] * (len(refresher.started) - len(started))
    schedule.stop()
    await asyncio.sleep(0)
    return started


def every(step: timedelta, start: datetime, end: datetime) -> Iterator[datetime]:
    moment = start.astimezone(UTC)
    while moment < end:
        yield moment
        moment += step
