"""How many players own both of two games, for those pairs alone that have any such player."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Packed = NDArray[np.uint64]

# A pair is one number: which two games, then the count. Counts are whole numbers below 2^24, as float32 holds
# them exactly; so there is room for a million games.
_COUNT_BITS = np.uint64(24)
_COUNT = np.uint64((1 << 24) - 1)
_MOST_GAMES = 1 << 20
_AFTER_ALL = np.uint64((1 << 64) - 1)


def packed_pairs(rows: slice, common: NDArray[np.float32]) -> Packed:
    """Return the pairs of some games with each game before them, in ascending order.

    Args:
        rows: The indices of the games.
        common: Counts of common owners, shape (rows, games).
    """
    games = common.shape[1]
    assert games <= _MOST_GAMES
    before = np.tril(common[:, : rows.stop], rows.start - 1)
    row, column = np.nonzero(before)
    pair = (row + rows.start).astype(np.uint64) * np.uint64(games) + column.astype(np.uint64)
    return np.asarray((pair << _COUNT_BITS) | before[row, column].astype(np.uint64), np.uint64)


class CommonOwners:
    """The counts of common owners of pairs of games, 8 bytes for each pair that has any.

    Args:
        games: How many games there are.
        parts: What `packed_pairs` returns for all games, in their order.
    """

    def __init__(self, games: int, parts: Iterable[Packed]) -> None:
        self._games = np.uint64(games)
        # The last is no pair: so every search ends at an entry.
        self._packed = np.concatenate([*parts, np.array([_AFTER_ALL])])

    def among(self, games: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the counts of every two of some games, in any order; 0 on the diagonal.

        Returns:
            float32 of shape (games, games).
        """
        counts = np.zeros((len(games), len(games)), np.float32)
        one, other = _every_two(len(games))
        numbers = games.astype(np.uint64)
        pairs = np.maximum(numbers[one], numbers[other]) * self._games
        pairs += np.minimum(numbers[one], numbers[other])
        found = self._packed[np.searchsorted(self._packed, pairs << _COUNT_BITS)]
        known = np.where(found >> _COUNT_BITS == pairs, found & _COUNT, 0)
        counts[one, other] = known
        counts[other, one] = known
        return counts


@lru_cache(maxsize=4)
def _every_two(games: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the index pairs of every two of this many games: nearly all neighbourhoods have one size."""
    return np.tril_indices(games, -1)
