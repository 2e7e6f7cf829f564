"""From sums of weights to how much a person likes each game."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)
# For each game there is, or each of some, how much something is so.
Scores = NDArray[np.float32]
Places = NDArray[np.intp]

# Sums near 0 and 1 are told apart less and less: what is as near as this is hardly any nearer.
_LEAST_ODDS = 0.01
# From this share of all games on, picking them out takes longer than working all of them out.
_MANY = 0.3
# What fewer own counts as if so large a share did: rare is no merit by itself.
_LEAST_POPULARITY = 1e-3


@dataclass(frozen=True, slots=True)
class Taste:
    """What is looked for in a game.

    `playing` is how many times it counts that the person would play the game, beside owning it at all: what
    people own and what they play are not the same, since bundles bring games that nobody asked for.
    `rarity` is the power of a game's popularity that its score is divided by, in favour of what fewer know.
    """

    playing: float = 1.5
    rarity: float = 0.08


@dataclass(frozen=True, slots=True)
class Sums:
    """What a library says for each game: `owned` by what it holds, `devoted` by what of that is played longer
    than others play it.
    """

    owned: Scores
    devoted: Scores


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some games, one entry each.

    `popularity` is the share of players who own it; `time_mean` and `time_spread` are the mean and the
    standard deviation of the logs of how long its owners played it. Its two lines lead from the log-odds of
    what speaks for it to those of owning it, and of playing it too; their second slopes are how much it
    counts that what speaks is played for longer than others play it.
    """

    popularity: Scores
    time_mean: Scores
    time_spread: Scores
    own_intercept: Scores
    own_slope: Scores
    own_devotion_slope: Scores
    play_intercept: Scores
    play_slope: Scores
    play_devotion_slope: Scores


@dataclass(frozen=True, slots=True)
class _Chance:
    """How likely something is by what is said of each game, and what that adds to its score.

    The log-odds against it are `intercept + odds * log-odds of what is owned + devoted * log-odds of what is
    played long`; `worth` is the score of what is certain.
    """

    intercept: Scores
    odds: Scores
    devoted: Scores
    worth: Scores

    def of(self, games: Places) -> "_Chance":
        return _Chance(self.intercept[games], self.odds[games], self.devoted[games], self.worth[games])

    def score(self, odds: Scores, devoted: Scores) -> Scores:
        # In one array throughout: there are thousands of games, and every list takes them all anew.
        score = self.odds * odds
        score += self.intercept
        score += self.devoted * devoted
        np.exp(score, out=score)
        score += 1
        np.divide(self.worth, score, out=score)
        return score


@dataclass(frozen=True, slots=True)
class Scorer:
    """What it takes to score games for one taste."""

    own: _Chance
    play: _Chance

    def liking(self, sums: Sums) -> Scores:
        """Return how much a person likes each game for which what is owned speaks by `sums`.

        It is the calibrated probability of owning the game, and `Taste.playing` times that of playing it; 0
        where more speaks against the game than for it.
        """
        spoken_for = sums.owned > 0
        if np.count_nonzero(spoken_for) > _MANY * len(spoken_for):
            liking = self._score(sums)
            liking *= spoken_for
            return liking
        some = np.flatnonzero(spoken_for)
        liking = np.zeros(len(spoken_for), np.float32)
        of_some = Scorer(self.own.of(some), self.play.of(some))
        liking[some] = of_some._score(Sums(sums.owned[some], sums.devoted[some]))
        return liking

    def _score(self, sums: Sums) -> Scores:
        odds, devoted = log_odds(sums.owned), log_odds(sums.devoted)
        score = self.own.score(odds, devoted)
        score += self.play.score(odds, devoted)
        return score


def scorer(facts: Facts, taste: Taste) -> Scorer:
    """Return what scores the games of these `facts` for a taste."""
    known = counted(facts.popularity) ** np.float32(taste.rarity)
    worth = np.reciprocal(np.float32(1 + taste.playing) * known)
    return Scorer(
        _chance(facts.own_intercept, facts.own_slope, facts.own_devotion_slope, worth),
        _chance(
            facts.play_intercept,
            facts.play_slope,
            facts.play_devotion_slope,
            np.float32(taste.playing) * worth,
        ),
    )


def _chance(intercept: Scores, slope: Scores, devotion_slope: Scores, worth: Scores) -> _Chance:
    # The line is intercept + slope * odds + devotion_slope * (devoted - odds).
    return _Chance(-intercept, devotion_slope - slope, -devotion_slope, worth)


def counted(popularity: Scores) -> Scores:
    """Return shares of owners as scores count them: what few own counts as if some more did."""
    shares: Scores = np.maximum(popularity, np.float32(_LEAST_POPULARITY))
    return shares


def log_odds(sums: NDArray[Number]) -> NDArray[Number]:
    """Return the log-odds of sums of weights, taken for probabilities; they end at those of 0 and 1."""
    within = np.minimum(sums, 1)
    np.maximum(within, 0, out=within)
    within += _LEAST_ODDS
    np.divide(within, 1 + 2 * _LEAST_ODDS - within, out=within)
    return np.log(within, out=within)
