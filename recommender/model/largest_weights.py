"""Which weights are kept: what suggestions are made by, and calibrated with.

All of them together are a matrix of all games by all games. Leaving the weight w of game i out changes the
raw scores of everybody who owns i: over all players, by a mean square of p w², where the share p of them owns
i. Keeping it costs memory, as much for every weight, and time whenever somebody who owns i asks, so that its
cost is as p + c, if c is what the memory of one weight is worth in time. So the weights kept are those of the
largest p w² / (p + c): most of a game that many own, and few of a rare one.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import top_k_per_row
from recommender.model.solvers import ItemWeights

Matrix = NDArray[np.float32]

# The c above: where a game's share of owners is far below it, memory decides, and far above it time.
_MEMORY_COST = 0.004
# How many games, from the rarest to the most owned, tell how large a weight must be to be kept.
_GAMES_SAMPLED = 512


def largest_weights(
    ease: ItemWeights, popularity: NDArray[np.floating], *, per_game: int, least: int
) -> sparse.csr_array[Any]:
    """Return the weights to keep, zeros left out.

    Args:
        ease: All weights.
        popularity: The share of the players who own each game, of shape (games,).
        per_game: How many weights a game keeps on average, nearly: a sample of games tells it.
        least: How many a game keeps at least, where it has as many.

    Returns:
        float32, games x games; of each row the largest magnitude comes first, and of equals the lower column.
    """
    least = min(least, per_game)
    importance = np.sqrt(popularity / (popularity + _MEMORY_COST)).astype(np.float32)
    bound = _least_kept(ease, importance, per_game, least)

    def of_block(rows: slice) -> sparse.csr_array[Any]:
        return top_k_per_row(ease.weights(rows), least, reaching=bound / importance[rows])

    blocks = list(in_threads(of_block, blocks_of(ease.games)))
    if not blocks:
        return sparse.csr_array(np.empty((0, 0), np.float32))
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _least_kept(ease: ItemWeights, importance: Matrix, per_game: int, least: int) -> np.float32:
    """Return the magnitude, times the importance of its game, from which on a weight is kept.

    The `least` largest of each game are kept in any case, and count among the `per_game`.
    """
    by_importance = np.argsort(importance, kind="stable")
    sample = by_importance[:: max(ease.games // _GAMES_SAMPLED, 1)]

    def others(game: int) -> Matrix:
        magnitudes = np.abs(ease.weights(slice(game, game + 1))[0])
        magnitudes = magnitudes[magnitudes > 0]
        smaller = np.partition(magnitudes, -least)[:-least] if len(magnitudes) > least else magnitudes[:0]
        return np.asarray(smaller * importance[game], np.float32)

    found = np.concatenate([importance[:0], *in_threads(others, sample.tolist())])
    room = (per_game - least) * len(sample)
    if len(found) <= room:
        return np.float32(0)
    return np.partition(found, -room)[-room] if room else np.float32(np.inf)
