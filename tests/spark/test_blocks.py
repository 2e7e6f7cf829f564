"""Spark works on blocks of games to what this process makes of them, bit for bit."""

import numpy as np
import pytest
from scipy import sparse

from recommender.linalg.threads import blocks_of
from recommender.model.ease import EaseSettings, fit_ease, gram
from recommender.model.neighbourhood import fit_neighbourhood
from spark import SparkEngine, SparkError

pytestmark = pytest.mark.slow

RANDOM = np.random.default_rng(3)
OWNED = sparse.csr_array((RANDOM.random((800, 600)) < RANDOM.random(600) * 0.1).astype(np.float32))
FEATURES = sparse.csr_array((RANDOM.random((600, 30)) < 0.2).astype(np.float32))
EVERYTHING = slice(0, 600)


def test_the_gram_matrix_is_equal_in_every_cell(engine: SparkEngine) -> None:
    np.testing.assert_array_equal(gram(OWNED, engine.map_blocks), gram(OWNED))


@pytest.mark.parametrize("fit", [fit_ease, fit_neighbourhood])
def test_either_solver_gives_the_same_weights(fit: object, engine: SparkEngine) -> None:
    assert callable(fit)
    here = fit(OWNED, lambda: FEATURES, EaseSettings())
    there = fit(OWNED, lambda: FEATURES, EaseSettings(), map_blocks=engine.map_blocks)
    np.testing.assert_allclose(there.weights(EVERYTHING), here.weights(EVERYTHING), atol=1e-6)
    np.testing.assert_array_equal(there.common_owners(EVERYTHING), here.common_owners(EVERYTHING))


def test_what_fails_on_a_worker_is_one_sentence(engine: SparkEngine) -> None:
    same, nothing = np.ones((4, 40), np.float32), sparse.csr_array(np.empty((40, 0), np.float32))
    with pytest.raises(SparkError, match="raise the ridge"):
        fit_neighbourhood(
            sparse.csr_array(same),
            lambda: nothing,
            EaseSettings(0.0, 0.0, 0.0, 0.0),
            map_blocks=engine.map_blocks,
        )


def test_no_blocks_are_no_results(engine: SparkEngine) -> None:
    assert list(engine.map_blocks(str, blocks_of(0))) == []
