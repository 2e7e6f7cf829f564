"""How long the owners of each game play it: what one person's time is measured by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.libraries import Libraries
from store.scoring.weights import devotion, log_time

# The times of a game that few own are drawn to those of all games as if so many average owners were added.
_AVERAGE_OWNERS = 5.0
# No game's times are taken to be closer together than that.
_LEAST_SPREAD = 0.1


@dataclass(frozen=True, slots=True)
class PlayTimes:
    """The mean and the standard deviation of the logs of how long each game is played, an entry each.

    Behind them is that of a game that nobody owns.
    """

    mean: NDArray[np.floating]
    spread: NDArray[np.floating]

    def of(self, games: NDArray[np.intp]) -> "PlayTimes":
        """Return those of some games only."""
        kept = np.append(games, -1)
        return PlayTimes(self.mean[kept], self.spread[kept])

    def over(self, places: NDArray[np.intp], games: int) -> "PlayTimes":
        """Return those of so many games, of which these are the ones at `places`; nobody owns the others."""
        kept = np.full(games + 1, -1)
        kept[places] = np.arange(len(places))
        return PlayTimes(self.mean[kept], self.spread[kept])

    def devotion(self, libraries: Libraries) -> NDArray[np.float32]:
        """Return, for each owned game, which share of its owners play it less than this one does, about."""
        minutes, games = libraries.minutes.astype(np.float64), libraries.columns
        return devotion(minutes, self.mean[games], self.spread[games]).astype(np.float32)


def play_times(libraries: Libraries) -> PlayTimes:
    """Return how long each game is played; one that nobody owns as an average game is."""
    times = log_time(libraries.minutes.astype(np.float64))
    games, counted = len(libraries.game_ids) + 1, max(len(times), 1)
    mean_of_all, mean_square_of_all = times.sum() / counted, (times**2).sum() / counted
    owners = np.append(libraries.owners, 0) + _AVERAGE_OWNERS
    mean = (np.bincount(libraries.columns, times, games) + _AVERAGE_OWNERS * mean_of_all) / owners
    square = np.bincount(libraries.columns, times**2, games) + _AVERAGE_OWNERS * mean_square_of_all
    variance = np.maximum(square / owners - mean**2, 0)
    return PlayTimes(mean, np.maximum(np.sqrt(variance), _LEAST_SPREAD))
