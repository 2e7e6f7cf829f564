"""Games that too few people own: their weights are those of the games that their content is similar to."""

from typing import Any

import numpy as np
from scipy import sparse

from recommender.data.words import Features
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Indices, first_of_rows, top_k_per_row

SparseMatrix = sparse.csr_array[Any]

# What a warm game adds to a cold one of which it is the only proxy.
SELF_WEIGHT = np.float32(0.5)
# A cold game has this share of the weights to its proxies: few will own it, whatever it is like.
INBOUND_SHARE = np.float32(0.1)
# The weights of a cold game to others add up to this; those of EASE to about 1.
OUTBOUND_TOTAL = np.float32(0.2)


class Proxies:
    """The warm games that stand for each cold one.

    Args:
        shares: cold x warm, each row of which adds up to 1.
    """

    def __init__(self, shares: SparseMatrix) -> None:
        self._by_warm = sparse.csr_array(INBOUND_SHARE * shares.T)

    def inbound_weights(self, weights: SparseMatrix) -> SparseMatrix:
        """Return the weights of some warm games to each cold one: a mean of those to its proxies.

        Args:
            weights: rows x warm. In the column of a row's own game it holds `SELF_WEIGHT`, for the case that
                the game is a proxy itself.

        Returns:
            rows x cold.
        """
        return sparse.csr_array(weights @ self._by_warm)


def content_similarity(
    features: Features, cold: Indices, warm: Indices, known: Indices, *, nearest: int, neighbours: int
) -> tuple[Proxies, SparseMatrix]:
    """Compare the cold games with those that somebody knows, by the cosine of their content.

    Args:
        features: games x features, rows of length 1 or 0.
        cold: The indices of the cold games.
        warm: The indices of all others.
        known: The indices of the games that somebody knows, ascending; the warm ones are among them.
        nearest: Of so many known games that are most similar, the warm ones are a cold game's proxies.
        neighbours: How many of them a cold game has weights to.

    Returns:
        The proxies of the cold games, and their weights to their neighbours, cold x known, which add up to
        `OUTBOUND_TOTAL` in each row.
    """
    order = np.concatenate([known, np.setdiff1d(np.arange(features.shape[0]), known, assume_unique=True)])
    place = np.argsort(order)
    products = RowProducts(sparse.csr_array(features[order]))
    of_warm = place[warm]

    def compared(rows: slice) -> tuple[SparseMatrix, SparseMatrix]:
        some = place[cold[rows]]
        cosines = products.block(some, len(known))
        own = np.flatnonzero(some < len(known))
        cosines[own, some[own]] = 0
        most_similar = top_k_per_row(cosines, nearest)
        to_warm = sparse.csr_array(most_similar[:, of_warm])
        return _shares(to_warm), _shares(first_of_rows(most_similar, neighbours))

    found = [(_nothing(len(warm)), _nothing(len(known)))]
    found += in_threads(compared, blocks_of(len(cold)))
    shares, weights = (sparse.csr_array(sparse.vstack(parts)) for parts in zip(*found, strict=True))
    weights.data *= OUTBOUND_TOTAL
    return Proxies(shares), weights


def _shares(largest: SparseMatrix) -> SparseMatrix:
    """Return the shares of each row's cosines by their squares, which favour the closest."""
    sizes = np.diff(largest.indptr)
    row, squares = np.repeat(np.arange(len(sizes)), sizes), largest.data**2
    totals = np.bincount(row, squares, len(sizes)).astype(np.float32)
    return sparse.csr_array((squares / totals[row], largest.indices, largest.indptr), shape=largest.shape)


def _nothing(columns: int) -> SparseMatrix:
    return sparse.csr_array(np.empty((0, columns), np.float32))
