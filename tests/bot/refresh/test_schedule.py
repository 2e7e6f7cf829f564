"""A nightly refresh happens at its local time, once, and a missed one is caught up within the grace."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.refresh.schedule import Nightly, NightlyTrigger, Schedule
from commands.core.services.refresher import RefreshJob, RefreshResult, RefreshRunning
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that APScheduler looks at as well."""
    clock = Clock(madrid(4, 4))

    class ClockTime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock().astimezone(tz)

    for module in ("schedulers", "executors"):
        monkeypatch.setattr(f"apscheduler.{module}.base.datetime", ClockTime)
    return clock


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


@pytest.mark.parametrize("at", [time(4, 30), time(2, 30), time(0, 0), time(23, 59)])
@pytest.mark.parametrize("month", [3, 10])
async def test_each_night_has_one_refresh_when_summer_time_begins_and_ends(
    clock: Clock, at: time, month: int
) -> None:
    step = timedelta(minutes=17)
    begin, end = madrid(20, 12, month=month), madrid(30, 12, month=month)
    plan = Nightly(at, MADRID, grace=timedelta(hours=12))
    started = await watched(clock, every(step, begin, end), plan=plan, last=begin)
    since = [moment.replace(tzinfo=None) - timedelta(hours=at.hour, minutes=at.minute) for moment in started]
    assert len({moment.date() for moment in since}) == len(started) == 10
    late = [moment.date() for moment in since if moment.time() > time(minute=17)]
    # The night whose 2:30 is left out gets its refresh an hour later.
    assert late == ([date(2018, 3, 25)] if (at, month) == (time(2, 30), 3) else [])


SANTIAGO = ZoneInfo("America/Santiago")


@pytest.mark.parametrize("jitter", [timedelta(0), timedelta(minutes=40)])
@pytest.mark.parametrize(
    ("at", "begin"),
    [(time(0), datetime(2026, 9, 1, tzinfo=SANTIAGO)), (time(23, 30), datetime(2026, 4, 1, tzinfo=SANTIAGO))],
)
async def test_no_night_is_skipped_or_repeated_where_summer_time_changes_at_midnight(
    clock: Clock, at: time, begin: datetime, jitter: timedelta
) -> None:
    # 0:00 on 6 September 2026 does not exist in Santiago, and 23:30 on 4 April comes twice.
    begin = begin.replace(hour=12)
    plan = Nightly(at, SANTIAGO, jitter=jitter, grace=timedelta(hours=12))
    moments = every(timedelta(minutes=11), begin, begin + timedelta(days=10))
    started = await watched(clock, moments, plan=plan, last=begin)
    gaps = {later.astimezone(UTC) - sooner.astimezone(UTC) for sooner, later in pairwise(started)}
    assert len(started) == 10
    assert max(gaps) <= timedelta(hours=25, minutes=11) + jitter
    assert min(gaps) >= timedelta(hours=23) - timedelta(minutes=11) - jitter


def changes_of_the_clock(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the hours, in UTC, at whose end the clock of a zone has been set, of some years."""
    hour = timedelta(hours=1)
    day = datetime(2024, 1, 1, tzinfo=UTC)
    while day.year < 2031:
        following = day + 24 * hour
        if day.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            hours = (day + number * hour for number in range(24))
            yield next(
                h for h in hours if h.astimezone(zone).utcoffset() != (h + hour).astimezone(zone).utcoffset()
            )
        day = following


def zones_that_change() -> list[str]:
    """Return one zone of each set of those that change their clocks alike."""
    alike: dict[object, str] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        if changes := tuple((h, h.astimezone(zone).utcoffset()) for h in changes_of_the_clock(zone)):
            alike.setdefault(changes, name)
    return list(alike.values())


@pytest.mark.slow
def test_whatever_the_zone_no_night_is_skipped_or_repeated_as_its_clock_changes() -> None:
    zones = zones_that_change()
    assert {"America/Santiago", "Africa/Cairo"} <= set(zones)
    for name in zones:
        zone = ZoneInfo(name)
        for change in changes_of_the_clock(zone):
            wall = {(change + timedelta(minutes=m)).astimezone(zone).time() for m in range(-60, 121, 15)}
            skipped = {time(at.hour, minute) for at in wall for minute in (0, 15, 30, 45)}
            for at in {*wall, *skipped, time(0), time(0, 30), time(23, 30)}:
                trigger = NightlyTrigger(Nightly(at, zone))
                fired: list[datetime] = [trigger.get_next_fire_time(None, change - timedelta(days=3))]
                while len(fired) < 7:
                    fired.append(trigger.get_next_fire_time(fired[-1], fired[-1]))
                gaps = {later - sooner for sooner, later in pairwise(fired)}
                assert min(gaps) >= timedelta(hours=22), (name, change, at)
                assert max(gaps) <= timedelta(hours=26), (name, change, at)
                # The night counts from its time on the wall: one that summer time leaves out comes later.
                nights = [
                    (moment.astimezone(zone) - timedelta(hours=at.hour, minutes=at.minute)).date()
                    for moment in fired
                ]
                assert len(set(nights)) == 7, (name, change, at)


async def test_a_restart_neither_repeats_a_night_nor_loses_one(clock: Clock) -> None:
    refreshed = madrid(4, 4, 31)
    minute = timedelta(minutes=1)
    assert await watched(clock, every(minute, madrid(4, 4, 40), madrid(4, 8)), last=refreshed) == []
    caught_up = await watched(clock, every(minute, madrid(5, 9), madrid(5, 10)), last=refreshed)
    assert caught_up == [madrid(5, 9)]


async def test_a_night_that_the_machine_slept_through_is_caught_up_when_it_wakes(clock: Clock) -> None:
    moments = [madrid(4, 1), madrid(4, 11), madrid(4, 11, 1), madrid(5, 4, 30)]
    started = await watched(clock, moments, last=madrid(3, 4, 31))
    assert started == [madrid(4, 11), madrid(5, 4, 30)]


async def test_a_night_that_was_slept_through_for_longer_than_the_grace_is_left_out(clock: Clock) -> None:
    moments = [madrid(4, 1), madrid(4, 17), madrid(5, 4, 30)]
    assert await watched(clock, moments, last=madrid(3, 4, 31)) == [madrid(5, 4, 30)]


async def test_of_several_nights_that_were_slept_through_the_last_is_caught_up(clock: Clock) -> None:
    moments = [madrid(4, 1), madrid(9, 11), madrid(9, 11, 1), madrid(10, 4, 30)]
    started = await watched(clock, moments, last=madrid(3, 4, 31))
    assert started == [madrid(9, 11), madrid(10, 4, 30)]


async def test_a_clock_that_was_years_ahead_does_not_stop_the_refreshes(clock: Clock) -> None:
    ahead = datetime(2031, 5, 1, 4, 31, tzinfo=MADRID)
    moments = [ahead, madrid(4, 4, 31), madrid(4, 4, 32), madrid(5, 4, 31)]
    started = await watched(clock, moments, last=madrid(3, 4, 31))
    assert started == moments[:2] + moments[3:]


async def test_a_clock_that_is_set_back_by_an_hour_repeats_nothing(clock: Clock) -> None:
    moments = [madrid(4, 4, 31), madrid(4, 3, 31), madrid(4, 4, 30), madrid(4, 4, 31), madrid(4, 5)]
    started = await watched(clock, moments, last=madrid(3, 4, 31))
    assert started == [madrid(4, 4, 31)]


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


async def test_without_any_grace_a_night_has_its_refresh_all_the_same(clock: Clock) -> None:
    plan = Nightly(time(4, 30), MADRID, grace=timedelta(0))
    moments = [madrid(4, 4), madrid(4, 4, 30, 1), madrid(4, 4, 31)]
    assert await watched(clock, moments, plan=plan) == [madrid(4, 4, 30, 1)]
