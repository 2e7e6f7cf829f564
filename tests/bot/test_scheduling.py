"""A nightly refresh happens at its local time, once, and a missed one is caught up within the grace."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.scheduling import Nightly, Schedule
from commands.refresher import RefreshJob, RefreshResult, RefreshRunning
from store.models import RunOutcome

MADRID = ZoneInfo("Europe/Madrid")
PLAN = Nightly(time(4, 30), MADRID, grace=timedelta(hours=12))


def madrid(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2018, month, day, hour, minute, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("last", "now", "missed"),
    [
        (madrid(4, 4, 31), madrid(4, 9), False),
        (madrid(3, 4, 31), madrid(4, 9), True),
        (madrid(3, 4, 31), madrid(4, 4, 29), False),
        (madrid(3, 4, 31), madrid(4, 4, 30), True),
        (madrid(3, 4, 31), madrid(4, 16, 31), False),
        (madrid(4, 4, 29), madrid(4, 9), True),
        (None, madrid(4, 9), True),
        (None, madrid(4, 17), False),
        (madrid(4, 3, 31).astimezone(UTC), madrid(4, 9).astimezone(UTC), True),
        # Summer time began at 2:00 on 25 March 2018 and ended at 3:00 on 28 October.
        (madrid(24, 4, 31, month=3), madrid(25, 5, month=3), True),
        (madrid(27, 4, 31, month=10), madrid(28, 5, month=10), True),
    ],
)
def test_a_night_is_missed_if_its_time_passed_within_the_grace(
    last: datetime | None, now: datetime, missed: bool
) -> None:
    assert PLAN.missed(last, now) is missed


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


async def just_now() -> datetime | None:
    return datetime.now(UTC)


ANY_TIME = Nightly(time(4, 30), UTC, grace=timedelta(hours=24))


async def test_a_start_catches_up_what_was_missed() -> None:
    refresher = CountingRefresher()
    schedule = Schedule(ANY_TIME, refresher, never)
    await schedule.start()
    await asyncio.wait_for(refresher.called.wait(), 5)
    schedule.stop()
    assert refresher.started == ["schedule"]


async def test_a_start_after_a_fresh_refresh_only_waits_for_the_next_night() -> None:
    refresher = CountingRefresher()
    schedule = Schedule(ANY_TIME, refresher, just_now)
    await schedule.start()
    due = schedule.next_refresh()
    await asyncio.sleep(0.05)
    schedule.stop()
    assert refresher.started == []
    assert due is not None
    assert timedelta(0) < due - datetime.now(UTC) <= timedelta(hours=24)
    assert (due.hour, due.minute) == (4, 30)


async def test_a_refresh_by_schedule_gives_way_to_one_that_is_running() -> None:
    refresher = CountingRefresher(busy=True)
    schedule = Schedule(ANY_TIME, refresher, never)
    await schedule.start()
    await asyncio.wait_for(refresher.called.wait(), 5)
    schedule.stop()
    assert refresher.started == []


async def test_no_refresh_is_due_before_the_start_or_after_the_stop() -> None:
    schedule = Schedule(ANY_TIME, CountingRefresher(), just_now)
    assert schedule.next_refresh() is None
    await schedule.start()
    schedule.stop()
    await asyncio.sleep(0)
    assert schedule.next_refresh() is None
