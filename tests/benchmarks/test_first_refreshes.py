"""What several first refreshes are summed up by."""

from typing import Any

from benchmarks.ingest import First, median_of
from benchmarks.measuring import Measured
from benchmarks.tables import spread


def _first(ingest: float, training: float | None, peak: float) -> First:
    nothing: Any = None
    trained = None if training is None else Measured(nothing, training, 2 * training, peak)
    return First(Measured(nothing, ingest, 2 * ingest, peak), trained, database=1)


ROUNDS = [_first(18, 22, 600), _first(24, 20, 700), _first(17, 21, 650)]


def test_seconds_are_those_of_the_median_round_of_each_part() -> None:
    median = median_of(ROUNDS)
    assert median.training is not None
    assert (median.ingest.seconds, median.ingest.cpu, median.training.seconds) == (18, 36, 21)


def test_memory_is_the_most_of_all_rounds() -> None:
    assert median_of(ROUNDS).ingest.peak == 700


def test_rounds_without_training_have_none() -> None:
    assert median_of([_first(18, None, 600)]).training is None


def test_the_page_says_how_much_the_rounds_differ() -> None:
    assert "ingests that took 17.0 to 24.0 s by the clock and trainings that took 20.0 to 22.0 s" in spread(
        ROUNDS
    )
