"""Leaving a player out of the inverse, against learning without that player."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recommender.data.libraries import Libraries, libraries_of
from recommender.data.playtime_stats import playtime_stats
from recommender.model.ease import Ease, EaseSettings, fit_ease
from recommender.model.largest_weights import largest_weights
from recommender.model.leave_one_out import LeftOut, observe_left_out
from tests.recommender.worlds import two_tastes

# What depends on all players is not taken back with one of them: here nothing does.
SETTINGS = EaseSettings(ridge=5.0, denoising=0.0, centring=0.0)


def _libraries(players: int, games: int, share: float, seed: int) -> Libraries:
    owned = np.random.default_rng(seed).random((players, games)) < share
    owned[:, 0] = owned[0] = True
    columns = np.nonzero(owned)[1].astype(np.int32)
    return libraries_of(np.arange(players), owned.sum(axis=1), columns, np.zeros(len(columns), np.int32))


def _kept(ease: Ease, libraries: Libraries, per_game: int) -> sparse.csr_array[Any]:
    popularity = libraries.owners / len(libraries.player_ids)
    return largest_weights(ease, popularity, per_game=per_game, least=per_game)


def _left_out(libraries: Libraries, features: sparse.csr_array[Any], per_game: int) -> sparse.csr_array[Any]:
    ease = fit_ease(libraries.matrix(), lambda: features, SETTINGS)
    kept = _kept(ease, libraries, per_game)
    left_out = LeftOut(ease.diagonal, ease.times_inverse(libraries.matrix()), kept)
    return left_out(slice(0, len(libraries.player_ids)), libraries)


@given(
    players=st.integers(2, 30),
    games=st.integers(2, 12),
    share=st.floats(0.05, 0.9),
    seed=st.integers(0, 1000),
)
def test_the_weights_are_those_that_are_learnt_without_the_player(
    players: int, games: int, share: float, seed: int
) -> None:
    libraries = _libraries(players, games, share, seed)
    features = sparse.csr_array((np.random.default_rng(seed).random((games, 6)) < 0.3).astype(np.float32))
    weights = _left_out(libraries, features, per_game=games).toarray()
    for player in (0, players - 1):
        others = libraries.of(np.delete(np.arange(players), player))
        learnt = fit_ease(others.matrix(), lambda: features, SETTINGS).weights(slice(0, games))
        entries = slice(libraries.starts[player], libraries.starts[player + 1])
        expected = learnt[libraries.columns[entries]]
        # Weights that fall below all others of their game are left out.
        is_kept = weights[entries] != 0
        np.testing.assert_allclose(weights[entries][is_kept], expected[is_kept], atol=1e-5)


def test_a_weight_that_one_player_alone_is_the_reason_for_is_left_out() -> None:
    # The last game has one owner, who owns the first as well.
    libraries = two_tastes(100)
    starts = np.append(libraries.starts, libraries.starts[-1] + 2)
    both = np.array([0, 20], np.int32)
    with_one = Libraries(
        np.append(libraries.player_ids, 101),
        np.append(libraries.game_ids, 300).astype(np.int32),
        starts,
        np.append(libraries.columns, both),
        np.append(libraries.minutes, [0, 0]).astype(np.int32),
    )
    weights = _left_out(with_one, sparse.csr_array(np.zeros((21, 1), np.float32)), per_game=20)
    assert weights[[-1], :].toarray()[0, 0] == 0


def test_each_game_of_every_library_is_hidden_once() -> None:
    libraries = two_tastes()
    ease = fit_ease(libraries.matrix(), lambda: sparse.csr_array(np.empty((20, 0), np.float32)), SETTINGS)
    seen = observe_left_out(libraries, playtime_stats(libraries), ease, _kept(ease, libraries, 20))
    shown = np.bincount(seen.columns[seen.owned], minlength=20)
    assert (shown <= libraries.owners).all()
    assert shown.sum() == pytest.approx(len(libraries.columns), rel=0.1)
