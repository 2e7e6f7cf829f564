"""The lower end of a Wilson interval: what it is, and that SQL works out the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from store.scoring.wilson import lower_bound

SEEN = st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(SEEN)
def test_it_is_the_wilson_interval_of_95_percent(seen: tuple[int, int]) -> None:
    cases, total = seen
    expected = binomtest(cases, total).proportion_ci(0.95, method="wilson").low
    assert lower_bound(cases, total) == pytest.approx(expected, abs=1e-12)


@given(SEEN)
def test_it_is_never_above_the_share_itself(seen: tuple[int, int]) -> None:
    cases, total = seen
    assert 0 <= lower_bound(cases, total) <= cases / total


def test_the_same_share_of_more_cases_is_surer() -> None:
    bounds = [lower_bound(9 * n, 10 * n) for n in (1, 2, 5, 10, 100, 1000)]
    assert bounds == sorted(bounds)
    assert lower_bound(90, 100) > lower_bound(3, 3)


@pytest.mark.parametrize(("cases", "total"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(cases: int, total: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        lower_bound(cases, total)
