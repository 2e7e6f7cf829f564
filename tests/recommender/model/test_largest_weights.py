"""Which weights are kept: as many as asked for in all, most of them where many players own the game."""

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.model.largest_weights import largest_weights

GAMES = 60


class _Solved:
    """Weights that are given rather than solved for."""

    games = GAMES

    def __init__(self, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        self._weights = random.normal(size=(GAMES, GAMES)).astype(np.float32)
        np.fill_diagonal(self._weights, 0)

    def weights(self, rows: slice) -> NDArray[np.float32]:
        return self._weights[rows]

    def common_owners(self, rows: slice) -> NDArray[np.float32]:
        raise NotImplementedError


POPULARITY = np.geomspace(1e-4, 0.5, GAMES)


def _kept(per_game: int, least: int) -> list[list[int]]:
    kept = largest_weights(_Solved(), POPULARITY, per_game=per_game, least=least)
    return [row.tolist() for row in np.split(kept.indices, kept.indptr[1:-1])]


def test_as_many_are_kept_in_all_as_asked_for_but_for_rounding() -> None:
    assert abs(sum(map(len, _kept(20, 5))) - 20 * GAMES) <= 1


def test_a_game_that_many_own_keeps_more_than_a_rare_one_and_this_the_least() -> None:
    counts = [len(row) for row in _kept(20, 5)]
    assert counts[0] == min(counts) == 5
    assert counts[-1] > 20


@pytest.mark.parametrize("least", [5, 20])
def test_a_row_holds_the_largest_magnitudes_in_their_order(least: int) -> None:
    every = np.abs(_Solved().weights(slice(0, GAMES)))
    for row, magnitudes in zip(_kept(20, least), every, strict=True):
        assert row == np.argsort(-magnitudes, kind="stable")[: len(row)].tolist()


def test_with_the_least_of_all_games_each_keeps_as_many() -> None:
    assert {len(row) for row in _kept(7, 50)} == {7}


def test_nothing_but_zeros_is_left_out_where_there_is_room_for_all() -> None:
    assert {len(row) for row in _kept(GAMES, 5)} == {GAMES - 1}
