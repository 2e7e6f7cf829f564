"""What the store says of itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store import queries
from store.errors import OutsideData
from store.models import RunOutcome
from store.results import DataDates
from store.scoring.filters import Filters
from tests.store.builder import SmallStore


def test_an_empty_store_holds_nothing_and_is_of_no_age(small_store: SmallStore) -> None:
    status = small_store.ask(queries.data_status)

    assert (status.counts.games, status.counts.owned_games, status.counts.neighbours) == (0, 0, 0)
    assert (status.applied, status.runs, status.generated) == (None, (), False)
    assert status.age(datetime(2026, 4, 20, tzinfo=UTC)) is None


def test_what_the_store_holds_is_counted_as_the_last_applied_run_counted_it(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        build.game(1, "One", developers=("Studio",))
        build.game(2, "Known from a library")
        build.game_stats(1, owners=3)
        build.game_stats(2, owners=4)
        build.run(RunOutcome.APPLIED, day=1, games=1, players=3, owned_games=7, reviews=5)
        build.run(RunOutcome.FAILED, day=2)

    counts = small_store.ask(queries.data_status).counts

    assert (counts.games, counts.other_games, counts.developers) == (1, 1, 1)
    assert (counts.players, counts.owned_games, counts.reviews, counts.neighbours) == (3, 7, 5, 0)


def test_the_data_are_those_of_the_last_run_that_brought_any(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.run(RunOutcome.APPLIED, day=1)
        build.run(RunOutcome.APPLIED, day=2, generated=True)
        build.run(RunOutcome.APPLIED, day=3, action="train")
        build.run(RunOutcome.FAILED, day=4)

    status = small_store.ask(queries.data_status)

    assert status.applied is not None
    assert status.applied.started_at == datetime(2026, 4, 2, 4, 30, tzinfo=UTC)
    assert status.generated
    assert [run.started_at.day for run in status.runs] == [4, 3, 2, 1]


def test_data_found_unchanged_at_the_source_are_as_fresh_as_that_look(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.run(RunOutcome.APPLIED, day=1)
        build.run(RunOutcome.UNCHANGED, day=5)
        build.run(RunOutcome.FAILED, day=6)

    status = small_store.ask(queries.data_status)

    assert status.age(datetime(2026, 4, 7, 4, 31, tzinfo=UTC)) == timedelta(days=2)


def test_training_alone_does_not_make_data_fresh(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.run(RunOutcome.APPLIED, day=1)
        build.run(RunOutcome.APPLIED, day=5, action="train")

    assert small_store.ask(queries.data_status).refreshed_at == datetime(2026, 4, 1, 4, 31, tzinfo=UTC)
    assert small_store.ask(queries.provenance).refreshed_at == datetime(2026, 4, 1, 4, 31, tzinfo=UTC)


def test_old_data_keep_their_age_when_many_runs_have_failed_since(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.run(RunOutcome.APPLIED, day=1)
        build.run(RunOutcome.UNCHANGED, day=2)
        for day in range(3, 12):
            build.run(RunOutcome.FAILED, day=day)

    assert small_store.ask(queries.data_status).refreshed_at == datetime(2026, 4, 2, 4, 31, tzinfo=UTC)


def test_what_the_data_are_as_of_is_not_when_they_were_read(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.run(RunOutcome.APPLIED, day=1)
        build.dates(release=date(2018, 1, 4), review=date(2016, 9, 30))

    dates = DataDates(date(2018, 1, 4), date(2016, 9, 30), None, date(2018, 1, 4))
    assert small_store.ask(queries.provenance).dates == dates
    assert small_store.ask(queries.data_status).dates == dates


def test_a_question_about_a_year_after_the_data_says_where_they_end(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.dates(release=date(2018, 1, 4))

    sentence = r"These data end in January 2018; they know nothing of 2020\."
    with pytest.raises(OutsideData, match=sentence):
        small_store.ask(queries.users_recommend, 2020)
    with pytest.raises(OutsideData, match=sentence):
        small_store.ask(queries.top_games, year=2020)
    with pytest.raises(OutsideData, match=sentence):
        small_store.ask(lambda session: Filters(released_since=2020).parameters(session))
    assert small_store.ask(lambda session: Filters(released_since=2018).parameters(session))
