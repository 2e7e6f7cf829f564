"""How good suggestions are for people of whom only a few games are known."""

import numpy as np
import pytest

from recommender.data.libraries import libraries_of
from recommender.evaluation.named_games import COUNTS, evaluate_named, most_played, render_named
from tests.recommender.evaluation.test_evaluation import CONTENT, LIBRARIES

pytestmark = pytest.mark.slow


def test_the_games_that_were_played_most_are_named() -> None:
    games, minutes = np.array([10, 20, 30, 20], np.int32), np.array([5, 9, 7, 1], np.int32)
    named = most_played(libraries_of(np.array([1, 2]), np.array([3, 1]), games, minutes), 2)
    assert named.columns.tolist() == [1, 2, 1]
    assert named.sizes.tolist() == [2, 1]


def test_each_number_of_games_has_a_row_and_one_game_tells_a_taste() -> None:
    rows = evaluate_named(LIBRARIES, CONTENT, (1, 2))
    assert [row.count for row in rows] == list(COUNTS)
    by_count = {row.count: sum(row.owned) for row in rows}
    assert by_count[1] > 0.8 * by_count[None]
    table = render_named(rows).splitlines()
    assert len(table) == 2 + len(COUNTS)
    assert "the whole library" in table[-1]


def test_players_with_too_few_games_are_refused() -> None:
    few = LIBRARIES.where(np.arange(len(LIBRARIES.columns)) % 6 < 4)
    with pytest.raises(ValueError, match="No player has enough games"):
        evaluate_named(few, CONTENT, (1,))
