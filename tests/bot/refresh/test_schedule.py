"""A refresh by schedule: when it is missed, gives way, fails, and how late it may begin."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.refresh.schedule import Nightly, Schedule
from commands.core.services.refresher import RefreshJob, RefreshResult
from store.models import RunOutcome
from tests.bot.refresh.schedules import (
    MADRID,
    PLAN,
    Clock,
    CountingRefresher,
    OneJob,
    every,
    look,
    madrid,
    never,
    watched,
)


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


class LongJob(OneJob):
    """A job that lasts until it is told to end."""

    def __init__(self) -> None:
        self.end = asyncio.Event()

    async def result(self) -> RefreshResult:
        await self.end.wait()
        return await super().result()


class LongRefresher(CountingRefresher):
    """Starts jobs that last."""

    def __init__(self) -> None:
        super().__init__()
        self.job = LongJob()

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        await super().start(started_by)
        return self.job


async def test_no_refresh_is_begun_while_that_of_an_earlier_night_lasts(clock: Clock) -> None:
    refresher = LongRefresher()
    schedule = Schedule(PLAN, refresher, never, now=clock)
    await schedule.start()
    for moment in (madrid(4, 4, 30), madrid(5, 4, 30), madrid(6, 4, 30)):
        clock.now = moment.astimezone(UTC)
        await look(schedule)
    assert refresher.started == ["schedule"]
    refresher.job.end.set()
    await look(schedule)
    clock.now = madrid(7, 4, 30).astimezone(UTC)
    await look(schedule)
    schedule.stop()
    assert refresher.started == ["schedule"] * 2


class FailingJob(OneJob):
    """A job that has failed."""

    def __init__(self, *, another_runs: bool) -> None:
        super().__init__()
        self._another_runs = another_runs

    async def result(self) -> RefreshResult:
        error = "The games file is missing."
        return RefreshResult(RunOutcome.FAILED, 1.0, error, another_runs=self._another_runs)


class FailingRefresher(CountingRefresher):
    """Starts only jobs that fail, such as because another process refreshes."""

    def __init__(self, *, another_runs: bool = False) -> None:
        super().__init__()
        self._another_runs = another_runs

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        await super().start(started_by)
        return FailingJob(another_runs=self._another_runs)


async def test_a_night_that_another_process_refreshes_is_no_failure(clock: Clock) -> None:
    told: list[str | None] = []

    async def tell(result: RefreshResult) -> None:
        told.append(result.error)

    schedule = Schedule(PLAN, FailingRefresher(another_runs=True), never, on_failure=tell, now=clock)
    await schedule.start()
    clock.now = madrid(4, 4, 30).astimezone(UTC)
    await look(schedule)
    schedule.stop()
    assert told == []


async def test_a_night_that_fails_is_reported_once_and_tried_again_the_next(clock: Clock) -> None:
    refresher = FailingRefresher()
    told: list[str | None] = []

    async def tell(result: RefreshResult) -> None:
        told.append(result.error)

    schedule = Schedule(PLAN, refresher, never, on_failure=tell, now=clock)
    await schedule.start()
    for moment in (madrid(4, 4, 30), madrid(4, 4, 31), madrid(4, 12), madrid(5, 4, 30)):
        clock.now = moment.astimezone(UTC)
        await look(schedule)
    schedule.stop()
    assert told == ["The games file is missing."] * 2


async def test_a_refresh_starts_within_the_jitter(clock: Clock) -> None:
    plan = Nightly(time(4, 30), MADRID, jitter=timedelta(minutes=10), grace=timedelta(hours=12))
    moments = [madrid(4, 4), *every(timedelta(seconds=10), madrid(4, 4, 30), madrid(4, 4, 40, 10))]
    (started,) = await watched(clock, moments, plan=plan, last=madrid(4, 3))
    assert madrid(4, 4, 30) <= started <= madrid(4, 4, 40)


async def test_the_next_refresh_is_told_with_its_jitter(clock: Clock) -> None:
    plan = Nightly(time(4, 30), MADRID, jitter=timedelta(minutes=10))
    schedule = Schedule(plan, CountingRefresher(), just_now, now=clock)
    await schedule.start()
    due = schedule.next_refresh()
    schedule.stop()
    assert due is not None
    assert madrid(4, 4, 30) <= due <= madrid(4, 4, 40)
