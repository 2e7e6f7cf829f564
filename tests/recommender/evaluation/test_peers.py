"""The peers are what their papers say."""

import numpy as np
import pytest

from recommender.data.content import content_of
from recommender.data.words import Words
from recommender.evaluation.peers.simple import edlae, plain_ease
from tests.recommender.worlds import two_tastes

LIBRARIES = two_tastes(60)
_CONTENT = content_of(
    LIBRARIES.game_ids, {"tag": Words(LIBRARIES.game_ids.astype(np.int64), np.zeros(20, np.int64))}
)


def _regressed(game: int, ridge: float, odds: float) -> np.ndarray:
    """Return the ridge regression of a game's column on all others, solved by itself."""
    owned = LIBRARIES.matrix().toarray().astype(np.float64)
    others = np.delete(owned, game, axis=1)
    gram = others.T @ others
    own_ridge = np.diag(ridge + odds * np.diag(gram))
    return np.insert(np.linalg.solve(gram + own_ridge, others.T @ owned[:, game]), game, 0.0)


@pytest.mark.parametrize(("ridge", "dropout"), [(30.0, 0.25), (5.0, 0.5)])
def test_edlae_regresses_each_game_on_the_others_whose_ridge_grows_with_their_owners(
    ridge: float, dropout: float
) -> None:
    weights = edlae(LIBRARIES, _CONTENT, ridge=ridge, dropout=dropout).weights
    for game in range(len(LIBRARIES.game_ids)):
        assert weights[:, game] == pytest.approx(_regressed(game, ridge, dropout / (1 - dropout)), abs=1e-4)


def test_ease_has_one_ridge_for_all() -> None:
    weights = plain_ease(LIBRARIES, _CONTENT, ridge=30.0).weights
    for game in range(len(LIBRARIES.game_ids)):
        assert weights[:, game] == pytest.approx(_regressed(game, 30.0, 0.0), abs=1e-4)
