"""Training waits while little has changed since the last one, if it takes long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.changes import ChangeCounts
from ingest.touched import LEARNT_FROM, Touched
from ingest.training_due import LastTraining, postponed
from store.runs import RowChanges

LIBRARIES = Touched.PLAYERS | Touched.LIBRARIES


def last(**other: Any) -> LastTraining:
    usual = LastTraining(
        ended_at=datetime.now(UTC) - timedelta(days=1), took=timedelta(seconds=20), owned_games=0, reviews=0
    )
    return replace(usual, **other)


def waits(
    training: LastTraining, touched: Touched = LIBRARIES, *, games: int = 0, owned: int = 0, reviews: int = 0
) -> bool:
    changes = ChangeCounts(
        games=RowChanges(0, games, 0),
        owned_games=RowChanges(owned, 0, 0),
        reviews=RowChanges(0, reviews, 0),
    )
    return postponed(training, touched, changes, owned_games=1000, reviews=100) is not None


def test_training_waits_below_two_hundredths_of_the_owned_games() -> None:
    assert waits(last(), owned=19)
    assert not waits(last(), owned=20)


def test_training_waits_below_two_hundredths_of_the_reviews() -> None:
    assert waits(last(), Touched.REVIEWS, reviews=1)
    assert not waits(last(), Touched.REVIEWS, reviews=2)


def test_what_earlier_runs_left_untrained_counts_too() -> None:
    assert not waits(last(owned_games=15), owned=5)


def test_a_quick_training_does_not_wait() -> None:
    assert not waits(last(took=timedelta(seconds=9)), owned=1)


def test_training_waits_for_a_week_at_most() -> None:
    assert not waits(last(ended_at=datetime.now(UTC) - timedelta(days=8)), owned=1)


@pytest.mark.parametrize("part", LEARNT_FROM & ~(Touched.LIBRARIES | Touched.REVIEWS))
def test_training_does_not_wait_where_games_have_changed(part: Touched) -> None:
    assert not waits(last(), LIBRARIES | part, games=1, owned=1)


def test_games_that_libraries_alone_mention_may_come_and_go() -> None:
    assert waits(last(), LIBRARIES | Touched.APPS | Touched.TITLES, owned=1)


def test_prices_have_nothing_to_do_with_it() -> None:
    assert waits(last(), LIBRARIES | Touched.PRICES, owned=1)


def test_the_reason_is_told_with_its_figures() -> None:
    changes = ChangeCounts(owned_games=RowChanges(5, 5, 1))
    told = postponed(last(), LIBRARIES, changes, owned_games=1000, reviews=0)
    assert str(told) == (
        "Training, which took 20 s, waits: since then 1.1% of the owned games and 0.0% of the reviews have "
        "changed, and from 2% of either, or after 7 days, it is done again."
    )
