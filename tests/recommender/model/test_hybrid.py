"""The whole model, on libraries of which each game is played in its own way."""

from dataclasses import fields, replace

import numpy as np
import pytest

from recommender.data.content import content_of
from recommender.data.libraries import Libraries
from recommender.data.words import Words
from recommender.model.hybrid import HybridEase, ModelSettings
from store.scoring.scorer import ItemParams
from tests.recommender.worlds import two_tastes


def _played_in_many_ways() -> Libraries:
    """Return players each of whose games is played longer the higher its app id, those of one taste more."""
    libraries = two_tastes(400)
    random = np.random.default_rng(1)
    longer = random.lognormal(libraries.columns / 4, 1.5) * (1 + 9 * (libraries.minutes > 0))
    return replace(libraries, minutes=longer.astype(np.int32))


def _learnt(libraries: Libraries, undescribed: np.ndarray) -> ItemParams:
    no_words = Words(np.zeros(0, np.int64), np.zeros(0, np.int64))
    content = content_of(undescribed.astype(np.int32), {"tag": no_words})
    return HybridEase(ModelSettings()).fit(libraries, lambda: content).params


@pytest.mark.slow
def test_games_that_nobody_owns_change_nothing_of_what_is_known_of_others() -> None:
    libraries = _played_in_many_ways()
    alone = _learnt(libraries, libraries.game_ids)
    with_others = np.concatenate([[1, 2, 3], libraries.game_ids, [999]])
    params = _learnt(libraries, with_others)
    assert len(np.unique(alone.log_playtime_mean)) == len(libraries.game_ids)
    assert alone.play_percentile_slope.any()
    for field in fields(ItemParams):
        of_all = getattr(params, field.name)
        assert np.array_equal(of_all[3:-1], getattr(alone, field.name)), field.name


@pytest.mark.parametrize(
    ("players", "least"), [(0, 2), (17_000, 2), (17_001, 3), (70_912, 9), (10_000_000, 10)]
)
def test_of_many_players_a_few_more_must_own_a_game(players: int, least: int) -> None:
    assert ModelSettings().least_owners(players) == least
