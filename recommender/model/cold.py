"""Games that too few people own: their weights are those of the games that their content is similar to."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import top_k_per_row

# Indices of games, and a share for each.
Shares = tuple[NDArray[np.intp], NDArray[np.float32]]

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

    def __init__(self, shares: sparse.csr_array[Any]) -> None:
        self._by_warm = sparse.csr_array(INBOUND_SHARE * shares.T)

    def inbound_weights(self, weights: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
        """Return the weights of some warm games to each cold one: a mean of those to its proxies.

        Args:
            weights: rows x warm. In the column of a row's own game it holds `SELF_WEIGHT`, for the case that
                the game is a proxy itself.

        Returns:
            rows x cold.
        """
        return sparse.csr_array(weights @ self._by_warm)


def content_similarity(
    content: Content, cold: NDArray[np.intp], warm: NDArray[np.intp], *, proxies: int, neighbours: int
) -> tuple[Proxies, list[Shares]]:
    """Compare the cold games with all others, by the cosine of their content.

    Args:
        content: The content of all games.
        cold: The indices of the cold games.
        warm: The indices of all others.
        proxies: How many proxies a cold game has at most.
        neighbours: How many neighbours a cold game has at most.

    Returns:
        The proxies of the cold games, and each one's neighbours among all games with the weights to them,
        which add up to `OUTBOUND_TOTAL`.
    """
    products = RowProducts(content.features)

    def compared(rows: slice) -> list[tuple[Shares, Shares]]:
        some = cold[rows]
        cosines = products.block(some, len(content.game_ids))
        cosines[np.arange(len(some)), some] = 0
        of_all = _shares(cosines, neighbours, OUTBOUND_TOTAL)
        of_warm = _shares(cosines.take(warm, axis=1), proxies, np.float32(1))
        return list(zip(of_all, of_warm, strict=True))

    blocks = blocks_of(len(cold))
    found = list(chain.from_iterable(in_threads(compared, blocks)))
    return Proxies(_stacked([of_warm for _, of_warm in found], len(warm))), [of_all for of_all, _ in found]


def _shares(cosines: NDArray[np.float32], count: int, total: np.float32) -> Iterator[Shares]:
    """Yield each row's largest cosines: indices, and shares by the squares, which favour the closest."""
    for row, indices in zip(cosines, top_k_per_row(cosines, count), strict=True):
        squares = row[indices] ** 2
        yield indices, squares * (total / squares.sum()) if len(indices) else squares


def _stacked(rows: list[Shares], columns: int) -> sparse.csr_array[Any]:
    starts = np.concatenate(([0], np.cumsum([len(some) for some, _ in rows], dtype=np.int64)))
    indices = np.concatenate([some for some, _ in rows] or [np.empty(0, np.intp)])
    data = np.concatenate([shares for _, shares in rows] or [np.empty(0, np.float32)])
    return sparse.csr_array((data, indices, starts), shape=(len(rows), columns))
