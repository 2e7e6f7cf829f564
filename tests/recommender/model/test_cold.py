"""Games that too few people own: what they are like, and which of them is like what somebody owns."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from recommender.model.cold import INBOUND_SHARE, OUTBOUND_TOTAL, content_similarity

GAMES = 40
WARM, KNOWN = np.arange(0, GAMES, 4), np.arange(0, GAMES, 2)
COLD = np.setdiff1d(np.arange(GAMES), WARM)


@pytest.fixture(scope="module")
def features() -> NDArray[np.float32]:
    random = np.random.default_rng(1)
    table = random.random((GAMES, 12)) * (random.random((GAMES, 12)) < 0.4)
    table[-1] = 0
    lengths = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return np.asarray(table / lengths, np.float32)


def _weights(features: NDArray[np.float32], neighbours: int) -> NDArray[np.float32]:
    table = sparse.csr_array(features)
    _, weights = content_similarity(table, COLD, WARM, KNOWN, nearest=6, neighbours=neighbours)
    return np.asarray(weights.toarray(), np.float32)


def test_a_cold_game_has_weights_to_the_known_games_that_are_most_like_it(
    features: NDArray[np.float32],
) -> None:
    cosines = (features @ features.T)[np.ix_(COLD, KNOWN)]
    cosines[COLD[:, np.newaxis] == KNOWN] = 0
    for of_game, weights in zip(cosines, _weights(features, 4), strict=True):
        nearest = np.argsort(-of_game, kind="stable")[: np.count_nonzero(weights)]
        assert set(np.flatnonzero(weights)) == set(nearest)
        squares = of_game[nearest] ** 2
        np.testing.assert_allclose(weights[nearest], OUTBOUND_TOTAL * squares / squares.sum(), rtol=1e-4)


def test_a_game_that_nothing_describes_has_no_weights(features: NDArray[np.float32]) -> None:
    assert not _weights(features, 4)[-1].any()


def test_who_owns_a_game_is_led_to_the_cold_ones_whose_proxies_it_leads_to(
    features: NDArray[np.float32],
) -> None:
    table = sparse.csr_array(features)
    proxies, _ = content_similarity(table, COLD, WARM, WARM, nearest=1, neighbours=1)
    inbound = proxies.inbound_weights(sparse.csr_array(np.eye(len(WARM), dtype=np.float32))).toarray()
    cosines = (features @ features.T)[np.ix_(WARM, COLD)]
    described = cosines.any(axis=0)
    assert np.argmax(inbound, axis=0)[described].tolist() == np.argmax(cosines, axis=0)[described].tolist()
    np.testing.assert_allclose(inbound.sum(axis=0)[described], INBOUND_SHARE, rtol=1e-5)
