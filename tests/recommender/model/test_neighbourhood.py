"""The regressions on neighbourhoods, against the closed form of all games."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from recommender.model.common_owners import CommonOwners, packed_pairs
from recommender.model.ease import EaseSettings, fit_ease
from recommender.model.hybrid import ModelSettings
from recommender.model.neighbourhood import fit_neighbourhood
from recommender.model.solvers import MOST_EXACT, Solver, solver_for
from tests.recommender.worlds import two_tastes

SETTINGS = EaseSettings(ridge=5.0)


def _nothing(games: int) -> sparse.csr_array:
    return sparse.csr_array(np.empty((games, 0), np.float32))


@pytest.mark.slow
@given(
    players=st.integers(1, 60),
    games=st.integers(1, 12),
    share=st.floats(0.05, 0.9),
    held_out=st.booleans(),
    content=st.sampled_from([0.0, 15.0]),
    centring=st.sampled_from([0.0, 0.5]),
    seed=st.integers(0, 1000),
)
def test_with_all_games_as_neighbours_the_weights_are_those_of_the_exact_inverse(
    players: int, games: int, share: float, held_out: bool, content: float, centring: float, seed: int
) -> None:
    random = np.random.default_rng(seed)
    owned = sparse.csr_array((random.random((players, games)) < share).astype(np.float32))
    features = sparse.csr_array((random.random((games, 6)) < 0.3).astype(np.float32))
    settings = replace(SETTINGS, content=content, centring=centring)
    apart = owned[: players // 3] if held_out else None
    exact = fit_ease(owned[players // 3 :] if held_out else owned, lambda: features, settings)
    near = fit_neighbourhood(owned, lambda: features, settings, held_out=apart, neighbours=games)
    everything = slice(0, games)
    assert near.games == games
    np.testing.assert_allclose(near.weights(everything), exact.weights(everything), atol=2e-4)
    np.testing.assert_array_equal(near.common_owners(everything), (owned.T @ owned).toarray())


def test_players_held_out_are_counted_as_owners_but_teach_nothing() -> None:
    libraries = two_tastes(80).matrix()
    everything = slice(0, libraries.shape[1])
    with_all = fit_neighbourhood(
        libraries, lambda: _nothing(20), EaseSettings(), held_out=libraries[:20], neighbours=8
    )
    without = fit_neighbourhood(libraries[20:], lambda: _nothing(20), EaseSettings(), neighbours=8)
    np.testing.assert_allclose(with_all.weights(everything), without.weights(everything), atol=1e-6)
    assert np.array_equal(with_all.common_owners(everything), (libraries.T @ libraries).toarray())


def test_a_game_is_learnt_from_no_more_games_than_asked_for() -> None:
    weights = fit_neighbourhood(two_tastes().matrix(), lambda: _nothing(20), SETTINGS, neighbours=4).weights(
        slice(0, 20)
    )
    assert ((weights != 0).sum(axis=0) <= 4).all()
    assert (np.diag(weights) == 0).all()


def test_the_neighbours_of_a_game_are_those_that_go_with_it() -> None:
    weights = fit_neighbourhood(
        two_tastes().matrix(), lambda: _nothing(20), replace(SETTINGS, centring=0.0), neighbours=3
    ).weights(slice(0, 20))
    for game in range(20):
        own_taste = np.arange(20) // 10 == game // 10
        assert (weights[~own_taste, game] == 0).all()


@given(games=st.integers(1, 40), share=st.floats(0, 1), seed=st.integers(0, 1000))
def test_packed_pairs_hold_every_count(games: int, share: float, seed: int) -> None:
    random = np.random.default_rng(seed)
    present = random.random((games, games)) < share
    below = np.tril(random.integers(1, 1 << 24, (games, games)) * present, -1)
    counts = (below + below.T).astype(np.float32)
    half = games // 2
    parts = [packed_pairs(rows, counts[rows]) for rows in (slice(0, half), slice(half, games))]
    some = np.flatnonzero(random.random(games) < 0.7)
    np.testing.assert_array_equal(CommonOwners(games, parts).among(some), counts[np.ix_(some, some)])


def test_a_singular_neighbourhood_is_said_to_need_a_ridge() -> None:
    same = sparse.csr_array(np.ones((4, 3), np.float32))
    with pytest.raises(ValueError, match="raise the ridge"):
        fit_neighbourhood(same, lambda: _nothing(3), EaseSettings(0.0, 0.0, 0.0, 0.0))


def test_many_games_are_solved_by_neighbourhoods_unless_another_solver_is_asked_for() -> None:
    assert solver_for(MOST_EXACT) is Solver.EXACT
    assert solver_for(MOST_EXACT + 1) is Solver.NEIGHBOURHOOD
    assert ModelSettings(solver=Solver.NEIGHBOURHOOD).solver_of(two_tastes()) is Solver.NEIGHBOURHOOD
    assert ModelSettings().solver_of(two_tastes()) is Solver.EXACT
