"""The closed form, against the problem that it solves."""

import numpy as np
import pytest
from scipy import sparse

from recommender.model.ease import Ease, EaseSettings, Matrix, fit_ease
from tests.recommender.worlds import two_tastes

NOTHING_DESCRIBED = sparse.csr_array(np.empty((20, 0), np.float32))
PLAIN = EaseSettings(ridge=5.0, denoising=0.0, content=0.0, centring=0.0)


def _weights(ease: Ease) -> Matrix:
    return ease.weights(slice(0, ease.games))


def test_each_game_is_the_ridge_regression_on_all_the_others() -> None:
    owned = two_tastes().matrix()
    weights = _weights(fit_ease(owned, lambda: NOTHING_DESCRIBED, PLAIN))
    table = owned.toarray().astype(float)
    for game in range(20):
        others = np.delete(np.arange(20), game)
        features = table[:, others]
        solved = np.linalg.solve(features.T @ features + 5.0 * np.eye(19), features.T @ table[:, game])
        np.testing.assert_allclose(weights[others, game], solved, atol=1e-4)
        assert weights[game, game] == 0


def test_the_counts_of_common_owners_survive_the_inversion() -> None:
    owned = two_tastes().matrix()
    common = fit_ease(owned, lambda: NOTHING_DESCRIBED, PLAIN).common_owners(slice(0, 20))
    np.testing.assert_array_equal(common, (owned.T @ owned).toarray())


def test_a_shared_feature_counts_as_owners_in_common_do() -> None:
    owned = two_tastes().matrix()
    features = sparse.csr_array(np.eye(20, 1, dtype=np.float32) + np.eye(20, 1, k=-19, dtype=np.float32))
    with_feature = fit_ease(owned, lambda: features, EaseSettings(5.0, 0.0, 30.0, 0.0))
    as_owners = sparse.vstack([owned, sparse.csr_array(np.tile(features.toarray().T, (30, 1)))], format="csr")
    expected = fit_ease(sparse.csr_array(as_owners), lambda: NOTHING_DESCRIBED, PLAIN)
    np.testing.assert_allclose(_weights(with_feature), _weights(expected), atol=1e-5)


def test_a_matrix_without_an_inverse_is_said_to_need_a_ridge() -> None:
    unowned = sparse.csr_array(np.zeros((3, 2), np.float32))
    with pytest.raises(ValueError, match="raise the ridge"):
        fit_ease(
            unowned, lambda: sparse.csr_array(np.empty((2, 0), np.float32)), EaseSettings(0.0, 0.0, 0.0, 0.0)
        )


def test_content_and_the_root_in_the_ridge_fade_as_owned_games_grow_in_number() -> None:
    few, some, many = (EaseSettings.for_owned_games(owned) for owned in (1_000, 300_000, 5_000_000))
    assert (few.content, few.root_ridge) == (15, 6)
    assert 1 < some.content < 15
    assert 0 < some.root_ridge < 6
    assert (many.content, many.root_ridge) == (1, 0)


def test_a_ridge_has_a_constant_part_a_share_of_the_owners_and_their_root() -> None:
    settings = EaseSettings(ridge=1.0, denoising=0.5, root_ridge=2.0)
    assert settings.ridges(np.array([0, 4], np.float32)).tolist() == [1, 7]
