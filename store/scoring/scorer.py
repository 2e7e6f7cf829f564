"""From raw scores, the sums of item-item weights, to one calibrated preference score for each game."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)
# One number a game: shape (games,), or (some games,).
Scores = NDArray[np.float32]
Indices = NDArray[np.intp]

# Raw scores near 0 and 1 differ less and less in log-odds: both ends are moved inwards by this much.
_SMOOTHING = 0.01
# The least popularity: rarer games are scored as if this share of the players owned them.
_POPULARITY_FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class ScoringWeights:
    """How the parts of a score weigh against one another.

    Attributes:
        play_weight: How many times the probability of playing a game counts beside that of owning it. What
            people own and what they play differ, since bundles bring games that nobody asked for.
        popularity_penalty: The power of a game's popularity that its score is divided by: with more, lists
            vary more and are worse.
    """

    play_weight: float = 1.3
    popularity_penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class RawScores:
    """Sums of item-item weights over a library, float32 of shape (games,).

    Attributes:
        by_ownership: Each owned game's weights times the confidence in it.
        by_playtime: Each owned game's weights times the player's playtime percentile in it.
    """

    by_ownership: Scores
    by_playtime: Scores


@dataclass(frozen=True, slots=True)
class SparseScores:
    """Scores of all games, of which nearly all are 0: whoever owns few of them is near to few.

    Attributes:
        indices: The indices of the games that may score above 0, ascending.
        values: Their scores, float32 of the same shape, 0 or more.
    """

    indices: Indices
    values: Scores

    def dense(self, games: int) -> Scores:
        """Return the scores of all games, of shape (games,)."""
        scores = np.zeros(games, np.float32)
        scores[self.indices] = self.values
        return scores

    def of(self, game: int) -> float:
        """Return the score of the game of an index."""
        place = int(np.searchsorted(self.indices, game))
        is_here = place < len(self.indices) and self.indices[place] == game
        return float(self.values[place]) if is_here else 0.0

    def among(self, is_among: NDArray[np.bool_]) -> "SparseScores":
        """Return the scores with 0 for all games but those that a mask of shape (games,) is true for."""
        left = is_among[self.indices]
        return SparseScores(self.indices[left], self.values[left])

    def except_for(self, is_excepted: NDArray[np.bool_]) -> "SparseScores":
        """Return the scores with 0 for the games that a mask of shape (games,) is true for."""
        return SparseScores(self.indices, np.where(is_excepted[self.indices], np.float32(0), self.values))


def sparse_scores(indices: NDArray[np.integer], values: Scores) -> SparseScores:
    """Return the scores of some games, given by their indices in any order, each once."""
    order = np.argsort(indices)
    return SparseScores(indices[order].astype(np.intp), values[order])


def sum_of(some: Sequence[SparseScores]) -> SparseScores:
    """Return the sum of some scores, of which there is at least one."""
    indices, places = np.unique(np.concatenate([scores.indices for scores in some]), return_inverse=True)
    values = np.bincount(places, np.concatenate([scores.values for scores in some]), len(indices))
    return SparseScores(indices, values.astype(np.float32))


@dataclass(frozen=True, slots=True)
class ItemParams:
    """The model's parameters of each game, float32 of shape (games,).

    The probability of owning a game, and of playing it for over an hour, is logistic in two features of the
    raw scores (Platt scaling; `recommender.model.calibration` fits it):

        logit P = intercept + slope * logit(by_ownership)
                  + percentile_slope * (logit(by_playtime) - logit(by_ownership))

    Attributes:
        popularity: The share of all players who own the game, 0 to 1.
        log_playtime_mean: The mean of log(1 + minutes) over its owners.
        log_playtime_std: The standard deviation of the same, above 0.
        own_intercept: The intercept for owning the game.
        own_slope: The slope for owning it.
        own_percentile_slope: The percentile slope for owning it.
        play_intercept: The intercept for playing the game.
        play_slope: The slope for playing it.
        play_percentile_slope: The percentile slope for playing it.
    """

    popularity: Scores
    log_playtime_mean: Scores
    log_playtime_std: Scores
    own_intercept: Scores
    own_slope: Scores
    own_percentile_slope: Scores
    play_intercept: Scores
    play_slope: Scores
    play_percentile_slope: Scores


@dataclass(frozen=True, slots=True)
class _LogisticTerm:
    """One weighted probability of the score: `weight / (1 + exp(-logit))`, an entry for each of some games.

    The signs are those of `-logit`, which saves turning an array over for every list:
    `-logit = intercept + ownership_slope * logit(by_ownership) + playtime_slope * logit(by_playtime)`.
    """

    intercept: Scores
    ownership_slope: Scores
    playtime_slope: Scores
    weight: Scores

    def score(self, by_ownership: Scores, by_playtime: Scores) -> Scores:
        # In one array throughout: every list scores thousands of games.
        score = self.ownership_slope * by_ownership
        score += self.intercept
        score += self.playtime_slope * by_playtime
        np.exp(score, out=score)
        score += 1
        np.divide(self.weight, score, out=score)
        return score


@dataclass(frozen=True, slots=True)
class Scorer:
    """Turns raw scores into preference scores, for one choice of `ScoringWeights`.

    Attributes:
        terms: What the two terms of the score have for each game, float32 of shape (games, 2 terms x 4): all
            of one game together, so that looking up some games reads few parts of the memory.
    """

    terms: NDArray[np.float32]

    def score(self, raw: RawScores) -> SparseScores:
        """Return how much a person prefers each game.

        Args:
            raw: The raw scores of the person's library.

        Returns:
            The calibrated probability of owning the game plus `ScoringWeights.play_weight` times that of
            playing it, over the popularity penalty, scaled so that what is certain and owned by everybody has
            1; 0 where `by_ownership` is not above 0.
        """
        some = np.flatnonzero(raw.by_ownership > 0)
        by_ownership, by_playtime = log_odds(raw.by_ownership[some]), log_odds(raw.by_playtime[some])
        of_some = self.terms.take(some, axis=0).T
        own, play = _LogisticTerm(*of_some[:4]), _LogisticTerm(*of_some[4:])
        scores = own.score(by_ownership, by_playtime)
        scores += play.score(by_ownership, by_playtime)
        return SparseScores(some, scores)


def scorer(params: ItemParams, weights: ScoringWeights) -> Scorer:
    """Return the scorer of games with these parameters."""
    penalty = floored_popularity(params.popularity) ** np.float32(weights.popularity_penalty)
    own_weight = np.reciprocal(np.float32(1 + weights.play_weight) * penalty)
    own = _logistic_term(params.own_intercept, params.own_slope, params.own_percentile_slope, own_weight)
    play = _logistic_term(
        params.play_intercept,
        params.play_slope,
        params.play_percentile_slope,
        np.float32(weights.play_weight) * own_weight,
    )
    return Scorer(np.stack([*own, *play], axis=1))


def _logistic_term(
    intercept: Scores, slope: Scores, percentile_slope: Scores, weight: Scores
) -> tuple[Scores, ...]:
    """Return what a `_LogisticTerm` has, of all games."""
    return -intercept, percentile_slope - slope, -percentile_slope, weight


def floored_popularity(popularity: Scores) -> Scores:
    """Return shares of owners as scores use them: rare games count as if a few more people owned them."""
    shares: Scores = np.maximum(popularity, np.float32(_POPULARITY_FLOOR))
    return shares


def log_odds(probabilities: NDArray[Number]) -> NDArray[Number]:
    """Return the log-odds (logit) of raw scores taken for probabilities.

    What lies outside 0 to 1 counts as the nearer end, whose log-odds are finite.
    """
    within = np.minimum(probabilities, 1)
    np.maximum(within, 0, out=within)
    within += _SMOOTHING
    np.divide(within, 1 + 2 * _SMOOTHING - within, out=within)
    return np.log(within, out=within)
