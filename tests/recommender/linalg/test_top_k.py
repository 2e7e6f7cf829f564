"""The largest weights, whatever their order."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from recommender.linalg.top_k import top_k, top_k_per_row

# Few distinct values, so that ties are the rule.
ROWS = hnp.arrays(
    np.float32,
    st.tuples(st.integers(1, 3), st.integers(0, 200)),
    elements=st.integers(-4, 4).map(float),
)


@given(ROWS, st.integers(1, 40))
def test_the_choice_is_that_of_a_full_sort_with_ties_by_index(rows: np.ndarray, count: int) -> None:
    expected = [
        sorted(np.flatnonzero(row), key=lambda index: (-abs(row[index]), index))[:count] for row in rows
    ]
    chosen = top_k_per_row(rows, count)
    assert _columns(chosen) == expected
    assert chosen.data.tolist() == [rows[row, index] for row, some in enumerate(expected) for index in some]
    assert [top_k(row, count).tolist() for row in rows] == expected


@given(ROWS, st.integers(1, 40), st.integers(0, 5))
def test_weights_that_reach_the_bound_of_their_row_are_chosen_beyond_the_count(
    rows: np.ndarray, count: int, bound: int
) -> None:
    bounds = np.full(len(rows), bound, np.float32)
    chosen = top_k_per_row(rows, count, bounds)
    for row, indices in zip(rows, _columns(chosen), strict=True):
        reaching = int(np.count_nonzero(np.abs(row[row != 0]) >= bound))
        assert indices == top_k(row, max(count, reaching)).tolist()


def _columns(chosen: "sparse.csr_array[Any]") -> list[list[int]]:
    return [row.tolist() for row in np.split(chosen.indices, chosen.indptr[1:-1])]
