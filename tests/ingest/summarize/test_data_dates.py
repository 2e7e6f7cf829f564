"""The store knows what days its data tell of, by what they say and not by when they were read."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ingest import ingest
from ingest.clean.catalogue_day import catalogue_day
from store import Database, queries
from tests.ingest.raw_files import RawFolder, game, review, reviewer

TODAY = date(2026, 11, 27)


def test_the_data_are_as_of_their_newest_release_or_review(world: RawFolder, database: Database) -> None:
    world.games = [game(1, release_date="2010-05-06"), game(2, release_date="2011-01-02")]
    world.reviews = [reviewer("ada", review(1, posted="Posted November 5, 2011."))]
    ingest(database, [world.write()])
    with database.reader() as session:
        dates = queries.provenance(session).dates
    assert (dates.newest_release, dates.newest_review) == (date(2011, 1, 2), date(2011, 11, 5))
    assert (dates.newest_page, dates.as_of) == (None, date(2011, 11, 5))


def test_data_without_days_are_of_no_known_time(world: RawFolder, database: Database) -> None:
    world.games = [game(1)]
    world.reviews = [reviewer("ada", review(1, posted=""))]
    ingest(database, [world.write()])
    with database.reader() as session:
        assert queries.provenance(session).dates.as_of is None


def test_announcements_are_no_releases() -> None:
    usual = [date(2017, 11, 1) + timedelta(days=day % 65) for day in range(1300)]
    announced = [date(2018, 2, 1), date(2018, 6, 30), date(2021, 12, 31), date(2030, 1, 1)]
    assert catalogue_day(Counter([*usual, *announced]), TODAY) == date(2018, 1, 4)


def test_nothing_dated_is_of_no_day() -> None:
    assert catalogue_day({}, TODAY) is None
    assert catalogue_day({TODAY + timedelta(days=1): 1}, TODAY) is None


@given(st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), min_size=1))
def test_the_day_is_one_of_the_releases_and_not_after_today(days: list[date]) -> None:
    found = catalogue_day(Counter(days), TODAY)
    assert found is None or (found in days and found <= TODAY)
