"""A nightly refresh happens at its local time, once, and a missed one is caught up within the grace."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.refresh.schedule import Nightly, Schedule
from commands.core.refresher import RefreshJob, RefreshResult, RefreshRunning
from store.models import RunOutcome

MADRID = ZoneInfo("Europe/Madrid")
PLAN = Nightly(time(4, 30), MADRID, grace=timedelta(hours=12))


def madrid(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 1) -> datetime:
    return datetime(2018, month, day, hour, minute, second, tzinfo=MADRID)


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


class Clock:
    """A clock on which a test says what time it is."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now


async def watched(
    clock: Clock, moments: Iterable[datetime], *, at: time = time(4, 30), last: datetime | None = None
) -> list[datetime]:
    """Look at the clock at each of `moments`; return the local times at which a refresh was started."""

    async def last_refresh() -> datetime | None:
        return last

    refresher = CountingRefresher()
    plan = Nightly(at, MADRID, grace=timedelta(hours=12))
    schedule = Schedule(plan, refresher, last_refresh, now=clock)
    await schedule.start()
    await asyncio.wait_for(asyncio.sleep(0), 5)
    started: list[datetime] = []
    for moment in moments:
        clock.now = moment.astimezone(UTC)
        await schedule.look()
        started += [moment.astimezone(MADRID)] * (len(refresher.started) - len(started))
    schedule.stop()
    return started


def every(step: timedelta, start: datetime, end: datetime) -> Iterator[datetime]:
    moment = start.astimezone(UTC)
    while moment < end:
        yield moment
        moment += step


@pytest.mark.parametrize("at", [time(4, 30), time(2, 30), time(0, 0), time(23, 59)])
@pytest.mark.parametrize("month", [3, 10])
async def test_each_night_has_one_refresh_when_summer_time_begins_and_ends(at: time, month: int) -> None:
    step = timedelta(minutes=17)
    begin, end = madrid(20, 12, month=month), madrid(30, 12, month=month)
    started = await watched(Clock(begin), every(step, begin, end), at=at, last=begin)
    since = [moment.replace(tzinfo=None) - timedelta(hours=at.hour, minutes=at.minute) for moment in started]
    assert len({moment.date() for moment in since}) == len(started) == 10
    late = [moment.date() for moment in since if moment.time() > (datetime.min + step).time()]
    # The night whose 2:30 is left out gets its refresh an hour later.
    assert late == ([date(2018, 3, 25)] if (at, month) == (time(2, 30), 3) else [])


async def test_a_restart_neither_repeats_a_night_nor_loses_one() -> None:
    refreshed = madrid(4, 4, 31)
    minute = timedelta(minutes=1)
    later = Clock(madrid(4, 4, 40))
    assert await watched(later, every(minute, madrid(4, 4, 40), madrid(4, 8)), last=refreshed) == []
    missed = Clock(madrid(5, 9))
    assert await watched(missed, every(minute, madrid(5, 9), madrid(5, 10)), last=refreshed) == [madrid(5, 9)]


async def test_a_night_that_the_machine_slept_through_is_caught_up_when_it_wakes() -> None:
    moments = [madrid(4, 1), madrid(4, 11), madrid(4, 11, 1), madrid(5, 4, 30)]
    started = await watched(Clock(madrid(4, 1)), moments, last=madrid(3, 4, 31))
    assert started == [madrid(4, 11), madrid(5, 4, 30)]


async def test_a_clock_that_was_years_ahead_does_not_stop_the_refreshes() -> None:
    ahead = datetime(2031, 5, 1, 4, 31, tzinfo=MADRID)
    moments = [ahead, madrid(4, 4, 31), madrid(4, 4, 32), madrid(5, 4, 31)]
    started = await watched(Clock(ahead), moments, last=madrid(3, 4, 31))
    assert started == moments[:2] + moments[3:]


async def test_a_clock_that_is_set_back_by_an_hour_repeats_nothing() -> None:
    moments = [madrid(4, 4, 31), madrid(4, 3, 31), madrid(4, 4, 30), madrid(4, 4, 31), madrid(4, 5)]
    started = await watched(Clock(madrid(4, 4)), moments, last=madrid(3, 4, 31))
    assert started == [madrid(4, 4, 31)]


class FailingJob(OneJob):
    """A job that has failed."""

    async def result(self) -> RefreshResult:
        return RefreshResult(RunOutcome.FAILED, 1.0, "The games file is missing.")


class FailingRefresher(CountingRefresher):
    """Starts only jobs that fail."""

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        await super().start(started_by)
        return FailingJob()


async def test_a_night_that_fails_is_reported_once_and_tried_again_the_next() -> None:
    clock = Clock(madrid(4, 4, 30))
    refresher = FailingRefresher()
    told: list[str | None] = []

    async def tell(result: RefreshResult) -> None:
        told.append(result.error)

    schedule = Schedule(PLAN, refresher, never, on_failure=tell, now=clock)
    for moment in (madrid(4, 4, 30), madrid(4, 4, 31), madrid(4, 12), madrid(5, 4, 30)):
        clock.now = moment.astimezone(UTC)
        await schedule.look()
    assert told == ["The games file is missing."] * 2


async def test_a_refresh_starts_within_the_jitter() -> None:
    clock = Clock(madrid(4, 4))
    refresher = CountingRefresher()
    plan = Nightly(time(4, 30), MADRID, jitter=timedelta(minutes=10), grace=timedelta(hours=12))
    schedule = Schedule(plan, refresher, just_now, now=clock)
    for moment in every(timedelta(seconds=10), madrid(4, 4, 30), madrid(4, 4, 40, 10)):
        clock.now = moment.astimezone(UTC)
        await schedule.look()
    assert refresher.started == ["schedule"]
