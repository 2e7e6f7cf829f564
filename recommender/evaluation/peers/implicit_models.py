"""The models of the `implicit` library, behind the same interface; needs the extra `nextplay[peers]`.

It is imported when a model is fitted, since most installations go without it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.evaluation.peers.base import Fitted, ItemWeights, Matrix


@dataclass(frozen=True, slots=True)
class Factors(Fitted):
    """A factor model that folds unseen players in."""

    model: Any

    def scores(self, known: Libraries) -> Matrix:
        """Fit factors to each player, and score by their products with the games'."""
        owned = sparse.csr_matrix(known.matrix())
        players = self.model.recalculate_user(np.arange(len(known.player_ids)), owned)
        return np.asarray(players @ self.model.item_factors.T, np.float32)

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Return the cosines of the games' factors."""
        factors = self.model.item_factors
        unit = factors / np.maximum(np.linalg.norm(factors, axis=1, keepdims=True), 1e-9)
        return np.asarray(unit[games] @ unit.T, np.float32)


def als(
    libraries: Libraries,
    content: Content,
    *,
    factors: int = 256,
    regularization: float = 50.0,
    alpha: float = 10.0,
    seed: int = 1,
) -> Factors:
    """Alternating least squares on implicit feedback (Hu, Koren & Volinsky, ICDM 2008)."""
    from implicit.cpu.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(
        factors=factors, regularization=regularization, alpha=alpha, iterations=15, random_state=seed
    )
    model.fit(sparse.csr_matrix(libraries.matrix()), show_progress=False)
    return Factors(model)


def bm25(libraries: Libraries, content: Content, *, k1: float = 1.2, b: float = 0.75) -> ItemWeights:
    """Item neighbours by BM25-weighted ownership; `k1` saturates it, `b` normalizes popularity."""
    from implicit.nearest_neighbours import bm25_weight

    return _similarity(bm25_weight(_owners(libraries), k1, b))


def cosine(libraries: Libraries, content: Content) -> ItemWeights:
    """Item neighbours by cosine."""
    from implicit.nearest_neighbours import normalize

    return _similarity(normalize(_owners(libraries)))


def _owners(libraries: Libraries) -> Any:
    """Return games x players, ones."""
    return sparse.csr_matrix(libraries.matrix(), dtype=np.float64).T


def _similarity(weighted: Any) -> ItemWeights:
    """Return how similar the rows of games x players are.

    The library's recommenders that weigh by themselves hand on a format that its own search warns of.
    """
    from implicit.nearest_neighbours import ItemItemRecommender

    model = ItemItemRecommender(K=weighted.shape[0])
    model.fit(sparse.csr_matrix(weighted.T), show_progress=False)
    weights = np.asarray(model.similarity.toarray(), np.float32)
    np.fill_diagonal(weights, 0)
    return ItemWeights(weights)
