"""The largest weights, whatever their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recommender.ranking import strongest

# Few distinct values, so that ties are the rule.
WEIGHTS = hnp.arrays(np.float32, st.integers(0, 300), elements=st.integers(-4, 4).map(float))


@given(WEIGHTS, st.integers(1, 40))
def test_the_choice_is_that_of_a_full_sort_with_ties_by_place(weights: np.ndarray, count: int):
    by_magnitude = sorted(np.flatnonzero(weights), key=lambda place: (-abs(weights[place]), place))
    assert strongest(weights, count).tolist() == by_magnitude[:count]
