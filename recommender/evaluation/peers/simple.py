"""Peers that are a formula over counts: popularity, cosines and RP3beta."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content
from recommender.data.libraries import Libraries
from recommender.evaluation.peers.base import Fitted, ItemWeights, Matrix


@dataclass(frozen=True, slots=True)
class Popularity(Fitted):
    """The same list for everybody: the most owned games."""

    owners: Matrix

    def scores(self, known: Libraries) -> Matrix:
        """Score each game by its owners, for everybody alike."""
        return np.tile(self.owners, (len(known.player_ids), 1))

    def similar(self, games: NDArray[np.intp]) -> Matrix:
        """Rank games by their owners, whichever game is asked about."""
        return np.tile(self.owners, (len(games), 1))


def popularity(libraries: Libraries, content: Content) -> Popularity:
    """Count owners."""
    return Popularity(libraries.owners.astype(np.float32))


def content_cosine(libraries: Libraries, content: Content) -> ItemWeights:
    """Compare games by the cosine of their TF-IDF features."""
    weights = (content.features @ content.features.T).toarray().astype(np.float32)
    np.fill_diagonal(weights, 0)
    return ItemWeights(weights)


def item_cosine(libraries: Libraries, content: Content) -> ItemWeights:
    """Compare games by the cosine of their owners (Sarwar et al., WWW 2001)."""
    weights = common_owners(libraries)
    lengths = np.sqrt(np.maximum(np.diag(weights), 1))
    weights /= np.outer(lengths, lengths)
    np.fill_diagonal(weights, 0)
    return ItemWeights(weights)


def rp3beta(libraries: Libraries, content: Content, *, alpha: float = 1.0, beta: float = 0.4) -> ItemWeights:
    """Walk from game to player to game, then punish popularity (Paudel et al., TiiS 2016).

    `alpha` is the power of the walk's probabilities, `beta` that of the popularity divided by.
    """
    owned = libraries.matrix()
    per_player = libraries.matrix(
        np.repeat(1 / np.maximum(libraries.sizes, 1), libraries.sizes).astype(np.float32)
    )
    owners = np.maximum(libraries.owners, 1).astype(np.float32)
    weights = (owned.T @ per_player).toarray().astype(np.float32) / owners[:, None]
    weights = weights**alpha / owners**beta
    np.fill_diagonal(weights, 0)
    return ItemWeights(weights)


def plain_ease(libraries: Libraries, content: Content, *, ridge: float = 30.0) -> ItemWeights:
    """EASE without anything (Steck, WWW 2019)."""
    return edlae(libraries, content, ridge=ridge, dropout=0.0)


def edlae(
    libraries: Libraries, content: Content, *, ridge: float = 20.0, dropout: float = 0.1
) -> ItemWeights:
    """EASE learnt from libraries of which games drop out (Steck, NeurIPS 2020), in closed form.

    `dropout` is the probability of that, p in the paper: its odds, times a game's owners, are added to the
    game's own ridge.
    """
    gram = common_owners(libraries)
    own = np.diag_indices_from(gram)
    gram[own] += np.float32(ridge) + gram[own] * np.float32(dropout / (1 - dropout))
    inverse = np.linalg.inv(gram)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return ItemWeights(weights.astype(np.float32))


def common_owners(libraries: Libraries) -> Matrix:
    """Return games x games: how many players own both; the diagonal counts owners."""
    owned = libraries.matrix()
    return np.asarray((owned.T @ owned).toarray(), np.float32)
