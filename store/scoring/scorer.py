"""From raw scores, the sums of item-item weights, to one calibrated preference score for each game."""

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
# Above this share of positive raw scores, scoring all games is no slower than gathering the positive ones.
_DENSE_SHARE = 0.15
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
    """One weighted probability of the score: `weight / (1 + exp(-logit))`, an entry for each game.

    The signs are those of `-logit`, which saves turning an array over for every list:
    `-logit = intercept + ownership_slope * logit(by_ownership) + playtime_slope * logit(by_playtime)`.
    """

    intercept: Scores
    ownership_slope: Scores
    playtime_slope: Scores
    weight: Scores

    def of(self, games: Indices) -> "_LogisticTerm":
        return _LogisticTerm(
            self.intercept[games], self.ownership_slope[games], self.playtime_slope[games], self.weight[games]
        )

    def score(self, by_ownership: Scores, by_playtime: Scores) -> Scores:
        # In one array throughout: there are thousands of games, and every list scores them all.
        score = self.ownership_slope * by_ownership
        score += self.intercept
        score += self.playtime_slope * by_playtime
        np.exp(score, out=score)
        score += 1
        np.divide(self.weight, score, out=score)
        return score


@dataclass(frozen=True, slots=True)
class Scorer:
    """Turns raw scores into preference scores, for one choice of `ScoringWeights`."""

    own: _LogisticTerm
    play: _LogisticTerm

    def score(self, raw: RawScores) -> Scores:
        """Return how much a person prefers each game.

        Args:
            raw: The raw scores of the person's library.

        Returns:
            float32 of shape (games,): the calibrated probability of owning the game plus
            `ScoringWeights.play_weight` times that of playing it, over the popularity penalty, scaled so that
            what is certain and owned by everybody has 1; 0 where `by_ownership` is not above 0.
        """
        is_positive = raw.by_ownership > 0
        if np.count_nonzero(is_positive) > _DENSE_SHARE * len(is_positive):
            scores = self._score(raw)
            scores *= is_positive
            return scores
        some = np.flatnonzero(is_positive)
        scores = np.zeros(len(is_positive), np.float32)
        of_some = Scorer(self.own.of(some), self.play.of(some))
        scores[some] = of_some._score(RawScores(raw.by_ownership[some], raw.by_playtime[some]))
        return scores

    def _score(self, raw: RawScores) -> Scores:
        by_ownership, by_playtime = log_odds(raw.by_ownership), log_odds(raw.by_playtime)
        scores = self.own.score(by_ownership, by_playtime)
        scores += self.play.score(by_ownership, by_playtime)
        return scores


def scorer(params: ItemParams, weights: ScoringWeights) -> Scorer:
    """Return the scorer of games with these parameters."""
    penalty = floored_popularity(params.popularity) ** np.float32(weights.popularity_penalty)
    own_weight = np.reciprocal(np.float32(1 + weights.play_weight) * penalty)
    return Scorer(
        _logistic_term(params.own_intercept, params.own_slope, params.own_percentile_slope, own_weight),
        _logistic_term(
            params.play_intercept,
            params.play_slope,
            params.play_percentile_slope,
            np.float32(weights.play_weight) * own_weight,
        ),
    )


def _logistic_term(
    intercept: Scores, slope: Scores, percentile_slope: Scores, weight: Scores
) -> _LogisticTerm:
    return _LogisticTerm(-intercept, percentile_slope - slope, -percentile_slope, weight)


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
