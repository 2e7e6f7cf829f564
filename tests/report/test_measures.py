"""The statistics of the report, against their definitions."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from report.measures import fences, gini, lorenz, rank_correlation, spearman, top_share

amounts = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=40).filter(any)


@given(amounts)
def test_gini_is_the_mean_difference_of_all_pairs_over_twice_the_mean(values: list[int]) -> None:
    array = np.array(values, float)
    mean_difference = np.abs(array[:, None] - array[None, :]).mean()

    assert gini(array) == pytest.approx(mean_difference / (2 * array.mean()), abs=1e-9)


def test_gini_of_equals_is_none_and_of_one_who_has_everything_nearly_one() -> None:
    assert gini(np.ones(10)) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 5.0])) == pytest.approx(0.75)


@given(amounts)
def test_the_lorenz_curve_rises_from_nothing_to_everything_below_equality(values: list[int]) -> None:
    curve = lorenz(np.array(values, float))

    assert (curve[0], curve[-1]) == (0, 1)
    assert (np.diff(curve) >= 0).all()
    assert (curve <= np.linspace(0, 1, len(curve)) + 1e-12).all()


def test_the_top_share_rounds_up_to_whole_values() -> None:
    values = np.array([1.0, 2, 3, 94])

    assert top_share(values, 0.01) == 0.94
    assert top_share(values, 0.5) == 0.97
    assert top_share(values, 1) == 1


def test_values_beyond_one_and_a_half_interquartile_ranges_are_outside() -> None:
    # Quartiles 2 and 4: the fences are -1 and 7.
    found = fences(np.array([-1.5, -1, 2, 2, 3, 4, 4, 7, 7.5]))

    assert (found.lower_quartile, found.upper_quartile) == (2, 4)
    assert (found.lower, found.upper) == (-1, 7)
    assert (found.below, found.above, found.highest, found.values) == (1, 1, 7.5, 9)


def test_correlations_are_of_the_rows_that_have_both() -> None:
    frame = pd.DataFrame(
        {
            "a": [1.0, 2, 3, 4, 5, np.nan],
            "b": [2.0, 1, 4, 4, 9, 7],
            "c": [np.nan, 9, 7, 5, 3, 1],
            "same": [1.0] * 6,
        }
    )

    found = {(pair.one, pair.other): pair for pair in spearman(frame)}

    expected = spearmanr([1, 2, 3, 4, 5], [2, 1, 4, 4, 9]).statistic
    assert found["a", "b"].rho == pytest.approx(expected)
    assert found["a", "c"].rho == pytest.approx(-1)
    assert (found["a", "b"].rows, found["a", "c"].rows) == (5, 4)
    assert np.isnan(found["b", "same"].rho)
    assert len(found) == 6


def test_a_rank_correlation_is_of_the_rows_that_have_both() -> None:
    one = pd.Series([1.0, 2, 3, np.nan, 5])

    assert rank_correlation(one, pd.Series([2.0, 4, 9, 1, np.nan])) == pytest.approx(1)
    assert np.isnan(rank_correlation(one, pd.Series([7.0] * 5)))
    assert np.isnan(rank_correlation(one.head(2), one.head(2)))
