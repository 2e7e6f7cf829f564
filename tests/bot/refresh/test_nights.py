"""Each night has one refresh, whatever clocks and machines do meanwhile."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.refresh.schedule import Nightly, NightlyTrigger
from tests.bot.refresh.schedules import MADRID, Clock, every, madrid, watched


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


async def test_without_any_grace_a_night_has_its_refresh_all_the_same(clock: Clock) -> None:
    plan = Nightly(time(4, 30), MADRID, grace=timedelta(0))
    moments = [madrid(4, 4), madrid(4, 4, 30, 1), madrid(4, 4, 31)]
    assert await watched(clock, moments, plan=plan) == [madrid(4, 4, 30, 1)]
