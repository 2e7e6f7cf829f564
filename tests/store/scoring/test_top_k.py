"""Scores of games: the highest, found by a sample of them, and those of some games alone."""

import numpy as np
import pytest

from store.scoring.scorer import Indices, Scores, sparse_scores
from store.scoring.top_k import top_k

GAMES = 40_000


def by_sorting(scores: Scores, count: int) -> Indices:
    positive = np.flatnonzero(scores > 0)
    return positive[np.argsort(-scores[positive], kind="stable")][:count]


def uneven() -> Scores:
    """Return scores of which every tenth is high, and those that a sample takes are all low."""
    scores = np.full(GAMES, 0.5, np.float32)
    scores[5::10] = np.linspace(0.9, 1, GAMES // 10, dtype=np.float32)
    return scores


CHANCE = np.random.default_rng(1)
SCORES = {
    "any": CHANCE.normal(size=GAMES).astype(np.float32),
    "mostly equal": CHANCE.integers(-3, 4, GAMES).astype(np.float32),
    "all equal": np.ones(GAMES, np.float32),
    "few positive": np.where(np.arange(GAMES) % 997, np.float32(0), np.float32(2)),
    "none positive": -CHANCE.random(GAMES).astype(np.float32),
    "high where the sample does not look": uneven(),
    "few": CHANCE.random(7).astype(np.float32),
    "none": np.zeros(0, np.float32),
}


@pytest.mark.parametrize("count", [1, 20, 1_280, 30_000, 50_000])
@pytest.mark.parametrize("kind", SCORES)
def test_they_are_those_that_sorting_all_gives(kind: str, count: int) -> None:
    assert top_k(SCORES[kind], count).tolist() == by_sorting(SCORES[kind], count).tolist()


def test_scores_of_games_in_any_order_are_put_in_that_of_the_item_index() -> None:
    scores = sparse_scores(np.array([7, 2, 5]), np.array([0.1, 0.2, 0.3], np.float32))
    assert scores.indices.tolist() == [2, 5, 7]
    assert scores.dense(9).tolist() == np.array([0, 0, 0.2, 0, 0, 0.3, 0, 0.1, 0], np.float32).tolist()


def test_an_excepted_game_scores_nothing() -> None:
    scores = sparse_scores(np.array([2, 5]), np.ones(2, np.float32))
    is_excepted = np.arange(9) == 5
    assert scores.except_for(is_excepted).dense(9).nonzero()[0].tolist() == [2]
