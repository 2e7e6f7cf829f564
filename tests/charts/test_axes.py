"""Axes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.axes import fill_year_gaps, round_ticks


@given(st.floats(min_value=1e-6, max_value=1e12))
def test_ticks_are_few_even_and_reach_the_highest_value(highest: float) -> None:
    ticks = round_ticks(highest)

    step = ticks[1]
    assert ticks[0] == 0
    assert all(later - earlier == pytest.approx(step) for earlier, later in pairwise(ticks))
    assert ticks[-1] >= highest * (1 - 1e-9) > ticks[-2] * (1 - 1e-9)
    assert 3 <= len(ticks) <= 5


@given(st.integers(min_value=1, max_value=10**9))
def test_counts_have_whole_ticks(highest: int) -> None:
    ticks = round_ticks(highest, whole=True)

    assert all(tick == int(tick) for tick in ticks)
    assert ticks[-1] >= highest


def test_an_axis_of_nothing_still_has_two_ends() -> None:
    assert round_ticks(0) == (0, 1)


def test_years_between_are_filled_and_the_unknown_one_comes_last() -> None:
    assert fill_year_gaps([(2012, "b"), (None, "?"), (2010, "a")], "") == [
        (2010, "a"),
        (2011, ""),
        (2012, "b"),
        (None, "?"),
    ]
    assert fill_year_gaps([(None, "?")], "") == [(None, "?")]
