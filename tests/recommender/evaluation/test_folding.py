"""People who are not in the data, against the same people in them."""

import numpy as np
import pytest

from recommender.evaluation import ours
from recommender.evaluation.folding import measure_folding, together
from recommender.evaluation.split import split
from tests.recommender.evaluation.test_evaluation import CONTENT
from tests.recommender.worlds import two_tastes


def test_two_groups_of_players_make_the_libraries_of_all() -> None:
    libraries = two_tastes()
    dealt = split(libraries, 1)
    everybody = together(dealt.train, dealt.known)
    assert np.array_equal(everybody.player_ids, libraries.player_ids)
    rows = np.flatnonzero(np.isin(everybody.player_ids, dealt.known.player_ids))
    again = everybody.of(rows)
    assert np.array_equal(again.columns, dealt.known.columns)
    assert np.array_equal(again.minutes, dealt.known.minutes)


@pytest.mark.slow
def test_where_a_taste_is_plain_nothing_is_lost_by_not_being_in_the_data() -> None:
    (found,) = measure_folding(two_tastes(), CONTENT, ours()[-1], seeds=(1,))
    assert found.folded_in > 0.5
    assert abs(found.loss) < 0.1
