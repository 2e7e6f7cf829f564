"""Games that too few people own: they speak, and are spoken for, as the games that resemble them do."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.content import Content, Likeness
from recommender.ranking import strongest

_GAMES_AT_ONCE = 512
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
        self._by_warm = sparse.csr_array(stand_ins.T)

    def spoken_for(self, weights: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
        """Return rows x cold: how much some warm games speak for each cold one.

        That is what they say of its stand-ins. `weights` is rows x warm; in the column of a row's own game it
        holds `DIRECT`, for the case that the game is a stand-in itself.
        """
        return sparse.csr_array(SPOKEN_FOR * (weights @ self._by_warm))


def resemblance(
    content: Content, cold: NDArray[np.intp], warm: NDArray[np.intp], *, stand_ins: int, neighbours: int
) -> tuple[Resemblance, list[tuple[NDArray[np.intp], NDArray[np.float32]]]]:
    """Compare the games in the places `cold` with all others.

    Returns what stands in for each, `stand_ins` at most, and, for each cold game, the places of the
    `neighbours` most alike games of all with weights that add up to `SPEAKS`.
    """
    standing_in = []
    most_alike = []
    for block in _blocks(content, cold):
        for alike in block:
            most_alike.append(_shares(alike, neighbours, SPEAKS))
            standing_in.append(_shares(alike[warm], stand_ins, np.float32(1)))
    return Resemblance(_stacked(standing_in, len(warm))), most_alike


def _blocks(content: Content, cold: NDArray[np.intp]) -> Iterator[NDArray[np.float32]]:
    likeness = Likeness(content.features)
    everything = np.arange(len(content.game_ids))
    for start in range(0, len(cold), _GAMES_AT_ONCE):
        some = cold[start : start + _GAMES_AT_ONCE]
        alike = likeness.block(some, everything)
        alike[np.arange(len(some)), some] = 0
        yield alike


def _shares(
    alike: NDArray[np.float32], count: int, total: np.float32
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the places most alike and the squares of their cosines, which favour the closest, as shares."""
    places = strongest(alike, count)
    squares = alike[places] ** 2
    return places, squares * (total / squares.sum()) if len(places) else squares


def _stacked(rows: list[tuple[NDArray[np.intp], NDArray[np.float32]]], columns: int) -> sparse.csr_array[Any]:
    starts = np.concatenate(([0], np.cumsum([len(places) for places, _ in rows], dtype=np.int64)))
    indices = np.concatenate([places for places, _ in rows] or [np.empty(0, np.intp)])
    data = np.concatenate([shares for _, shares in rows] or [np.empty(0, np.float32)])
    return sparse.csr_array((data, indices, starts), shape=(len(rows), columns))
