"""How long the owners of each game play it, which turns a playtime into a percentile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.libraries import Libraries
from store.scoring.weights import log_playtime, playtime_percentile

# The times of a game are shrunk to those of all games, as if this many average owners were added.
_PRIOR_OWNERS = 5.0
# The least standard deviation of a game's log playtimes.
_MIN_STD = 0.1


@dataclass(frozen=True, slots=True)
class PlaytimeStats:
    """The distribution of log(1 + minutes) over the owners of each game.

    Both arrays have the shape (games + 1,); their last entry is that of a game that nobody owns.

    Attributes:
        mean: The means.
        std: The standard deviations, above 0.
    """

    mean: NDArray[np.floating]
    std: NDArray[np.floating]

    def of(self, games: NDArray[np.intp]) -> "PlaytimeStats":
        """Return those of some games only, given by their indices."""
        kept = np.append(games, -1)
        return PlaytimeStats(self.mean[kept], self.std[kept])

    def over(self, indices: NDArray[np.intp], games: int) -> "PlaytimeStats":
        """Return those of more games, of which these have the given indices; nobody owns the others."""
        kept = np.full(games + 1, -1)
        kept[indices] = np.arange(len(indices))
        return PlaytimeStats(self.mean[kept], self.std[kept])

    def percentiles(self, libraries: Libraries) -> NDArray[np.float32]:
        """Return, for each entry of the libraries, about which share of the game's owners play it less."""
        minutes, games = libraries.minutes.astype(np.float64), libraries.columns
        return playtime_percentile(minutes, self.mean[games], self.std[games]).astype(np.float32)


def playtime_stats(libraries: Libraries) -> PlaytimeStats:
    """Return how long each game is played; one without owners gets the average game's values."""
    times = log_playtime(libraries.minutes.astype(np.float64))
    games, entries = len(libraries.game_ids) + 1, max(len(times), 1)
    mean_of_all, mean_square_of_all = times.sum() / entries, (times**2).sum() / entries
    owners = np.append(libraries.owners, 0) + _PRIOR_OWNERS
    mean = (np.bincount(libraries.columns, times, games) + _PRIOR_OWNERS * mean_of_all) / owners
    square = np.bincount(libraries.columns, times**2, games) + _PRIOR_OWNERS * mean_square_of_all
    variance = np.maximum(square / owners - mean**2, 0)
    return PlaytimeStats(mean, np.maximum(np.sqrt(variance), _MIN_STD))
