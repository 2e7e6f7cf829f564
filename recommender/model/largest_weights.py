"""The weights of largest magnitude of each game: what suggestions are made by, and calibrated with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Indices, top_k_per_row
from recommender.model.solvers import ItemWeights


def largest_weights(ease: ItemWeights, per_game: int) -> sparse.csr_array[Any]:
    """Return the weights of largest magnitude of each game, zeros left out.

    Returns:
        float32, games x games; of each row the largest magnitude comes first, and of equals the lower column.
    """

    def of_block(rows: slice) -> sparse.csr_array[Any]:
        weights = ease.weights(rows)
        return _only(weights, top_k_per_row(weights, per_game))

    blocks = list(in_threads(of_block, blocks_of(ease.games)))
    if not blocks:
        return sparse.csr_array(np.empty((0, 0), np.float32))
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _only(weights: NDArray[np.float32], chosen: list[Indices]) -> sparse.csr_array[Any]:
    """Return the weights at the `chosen` columns of each row."""
    sizes = np.array([len(columns) for columns in chosen], np.int64)
    row, column = np.repeat(np.arange(len(sizes)), sizes), np.concatenate(chosen)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    return sparse.csr_array((weights[row, column], column, starts), shape=weights.shape)
