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
