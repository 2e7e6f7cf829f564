"""Each player left out of weights that were learnt from all, by one product instead of learning them again.

EASE's weights are B = I - P diag(1 / diag(P)), where P is the inverse of the regularized Gram matrix
(`recommender.model.ease`). A player's library, the row x, adds x'x to that matrix. Taken off again, it leaves
the inverse P + v'v / (1 - x v'), with v = x P (J. Sherman and W. Morrison, "Adjustment of an Inverse Matrix
Corresponding to a Change in One Element of a Given Matrix", Annals of Mathematical Statistics, 1950). The
ridge and the means that are taken off stay those of all players.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.libraries import Libraries
from recommender.data.playtime_stats import PlaytimeStats
from recommender.model.ease import Ease, Matrix
from recommender.model.observations import Observations, concatenated, observe

# Each of these players has a row of all games in memory.
_PLAYERS_AT_ONCE = 2048
# The least that is left of 1 - x v', which is above 0 but for rounding.
_LEAST_LEFT = np.float32(1e-3)


def observe_left_out(
    libraries: Libraries, playtime: PlaytimeStats, ease: Ease, kept: sparse.csr_array[Any]
) -> Observations:
    """Observe players whom the weights were learnt from, leaving each out of them.

    Args:
        libraries: Those of the players, among those that `ease` was fitted to.
        playtime: How long each game is played.
        ease: The fit.
        kept: games x games, the weights of it that suggestions are made by; of each row the largest magnitude
            comes first.
    """
    found = []
    for start in range(0, len(libraries.player_ids), _PLAYERS_AT_ONCE):
        stop = min(start + _PLAYERS_AT_ONCE, len(libraries.player_ids))
        some = libraries.of(np.arange(start, stop))
        found.append(observe(some, playtime, LeftOut(ease.diagonal, ease.times_inverse(some.matrix()), kept)))
    return concatenated(found)


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """The kept weights as they are without each of some players.

    Attributes:
        diagonal: That of the inverse, float32 of shape (games,).
        products: The players' libraries times the inverse, float32 of shape (players, games).
        kept: games x games, the weights that are kept; of each row the largest magnitude comes first.
    """

    diagonal: Matrix
    products: Matrix
    kept: sparse.csr_array[Any]

    def __call__(self, rows: slice, libraries: Libraries) -> sparse.csr_array[Any]:
        """Return the weights of each entry's game, learnt without the entry's player.

        A weight that falls below all that the game keeps is left out: it may be there only because this
        player owns both games.

        Args:
            rows: The players.
            libraries: Their libraries.

        Returns:
            entries x games.
        """
        products, games = self.products[rows], libraries.columns
        row = np.repeat(np.arange(len(products)), libraries.sizes)
        of_own = products[row, games]
        left = np.maximum(1 - np.bincount(row, of_own, len(products)), _LEAST_LEFT).astype(np.float32)
        added = products / left[:, np.newaxis]
        diagonal = self.diagonal + added * products
        # B[i, j] = -P[i, j] / P[j, j], where P[i, j] grows by v[i] v[j] / left.
        weights = sparse.csr_array(self.kept[games])
        sizes = np.diff(weights.indptr)
        # Looked up in one dimension, which NumPy does faster than in two.
        place = np.repeat(row * len(self.diagonal), sizes) + weights.indices
        values = weights.data * (self.diagonal / diagonal).ravel()[place]
        values -= np.repeat(of_own, sizes) * (added / diagonal).ravel()[place]
        values[np.abs(values) < np.repeat(self._least_kept()[games], sizes)] = 0
        return sparse.csr_array((values, weights.indices, weights.indptr), shape=weights.shape)

    def _least_kept(self) -> NDArray[np.float32]:
        """Return the least magnitude of each row, of shape (games,); 0 where it keeps nothing."""
        least = np.zeros(self.kept.shape[0], np.float32)
        keeps = np.diff(self.kept.indptr) > 0
        least[keeps] = np.abs(self.kept.data[self.kept.indptr[1:][keeps] - 1])
        return least
