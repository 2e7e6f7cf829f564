"""Games that too few people own: they speak, and are spoken for, as the games that resemble them do."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import strongest_of_each

# Places of games, and a share for each.
Shares = tuple[NDArray[np.intp], NDArray[np.float32]]

# How much a warm game speaks for a cold one that it stands in for entirely.
DIRECT = np.float32(0.5)
# A cold game is spoken for by this much of what its stand-ins are: few will own it, whatever it is like.
SPOKEN_FOR = np.float32(0.1)
# The weights of a cold game add up to this; those of EASE to about 1.
SPEAKS = np.float32(0.2)


class Resemblance:
    """What each cold game resembles.

    `stand_ins` is cold x warm: the warm games that stand in for a cold one, in shares that add up to 1.
    """

    def __init__(self, stand_ins: sparse.csr_array[Any]) -> None:
        self._by_warm = sparse.csr_array(SPOKEN_FOR * stand_ins.T)

    def spoken_for(self, weights: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
        """Return rows x cold: how much some warm games speak for each cold one.

        That is what they say of its stand-ins. `weights` is rows x warm; in the column of a row's own game it
        holds `DIRECT`, for the case that the game is a stand-in itself.
        """
        return sparse.csr_array(weights @ self._by_warm)


def resemblance(
    content: Content, cold: NDArray[np.intp], warm: NDArray[np.intp], *, stand_ins: int, neighbours: int
) -> tuple[Resemblance, list[Shares]]:
    """Compare the games in the places `cold` with all others.

    Returns what stands in for each, `stand_ins` at most, and, for each cold game, the places of the
    `neighbours` most alike games of all with weights that add up to `SPEAKS`.
    """
    described = RowProducts(content.features)

    def compared(rows: slice) -> list[tuple[Shares, Shares]]:
        some = cold[rows]
        block = described.block(some, len(content.game_ids))
        block[np.arange(len(some)), some] = 0
        of_all = _shares(block, neighbours, SPEAKS)
        of_warm = _shares(block.take(warm, axis=1), stand_ins, np.float32(1))
        return list(zip(of_all, of_warm, strict=True))

    blocks = blocks_of(len(cold), width=len(content.game_ids))
    found = list(chain.from_iterable(in_threads(compared, blocks)))
    return Resemblance(_stacked([stands_in for _, stands_in in found], len(warm))), [one for one, _ in found]


def _shares(alike: NDArray[np.float32], count: int, total: np.float32) -> Iterator[Shares]:
    """Yield the places most alike to each row and the squares of their cosines, which favour the closest, as
    shares.
    """
    for row, places in zip(alike, strongest_of_each(alike, count), strict=True):
        squares = row[places] ** 2
        yield places, squares * (total / squares.sum()) if len(places) else squares


def _stacked(rows: list[Shares], columns: int) -> sparse.csr_array[Any]:
    starts = np.concatenate(([0], np.cumsum([len(places) for places, _ in rows], dtype=np.int64)))
    indices = np.concatenate([places for places, _ in rows] or [np.empty(0, np.intp)])
    data = np.concatenate([shares for _, shares in rows] or [np.empty(0, np.float32)])
    return sparse.csr_array((data, indices, starts), shape=(len(rows), columns))
