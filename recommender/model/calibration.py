"""Calibration: from raw scores to the probability that a library's owner owns, or plays, each game too.

Raw scores are no probabilities: of two games with the same one, one may be owned far oftener. So each fifth
of the games of players whom the weights were learnt without is hidden in turn
(`recommender.model.observations`), and for each game a logistic function is fitted from the log-odds of the
raw score to having been hidden there (J. Platt, "Probabilistic Outputs for Support Vector Machines", 1999). A
ridge shrinks a game's coefficients to the ones of all games together, which are also what games with too few
owners get. Games that a player plays longer than others do tell more about what the player would play: so
there is a second slope, for the raw score by playtime.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from recommender.linalg.threads import in_threads
from recommender.model.observations import Observations
from store.scoring.scorer import log_odds

Numbers = NDArray[np.float64]

# The common intercept and a game's own are those at these log-odds, in the middle of what occurs.
_MIDDLE = -2.0
# The ridge on the distance of a game's own intercept and its two slopes from the common ones.
_RIDGES = (3.0, 3.0, 6.0)
_NEWTON_STEPS = 50
_LEAST_STEP = 1e-3
# The tolerance of a fit, in units of log-likelihood; rounding limits large sums in any case.
_SETTLED = 1e-6


@dataclass(frozen=True, slots=True)
class PlattCoefficients:
    """The coefficients for one event, float64 of shape (games + 1,); the last are the common ones.

    logit P = intercept + slope * logit(by_ownership) + percentile_slope * (logit(by_playtime) -
    logit(by_ownership)), with the names of `store.scoring.scorer.RawScores`.
    """

    intercept: Numbers
    slope: Numbers
    percentile_slope: Numbers

    def over(self, indices: NDArray[np.intp], games: int) -> "PlattCoefficients":
        """Return those of more games, of which these have the given indices; the others get the common ones.

        The result has the shape (games,).
        """
        found = []
        for coefficients in (self.intercept, self.slope, self.percentile_slope):
            of_all = np.full(games, coefficients[-1])
            of_all[indices] = coefficients[:-1]
            found.append(of_all)
        return PlattCoefficients(*found)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The coefficients for owning a game, and for owning and playing it."""

    own: PlattCoefficients
    play: PlattCoefficients

    def over(self, indices: NDArray[np.intp], games: int) -> "Calibration":
        """Return those of more games, as `PlattCoefficients.over` does."""
        return Calibration(self.own.over(indices, games), self.play.over(indices, games))


def calibrate(seen: Observations, games: int) -> Calibration:
    """Fit the coefficients of `games` games; without observations all are those of the identity."""
    # By game, so that the sums of each are of neighbouring entries.
    order = np.argsort(seen.columns, kind="stable")
    features = np.ones((3, len(order)))
    features[1] = log_odds(seen.by_ownership[order])
    features[2] = log_odds(seen.by_playtime[order])
    features[2] -= features[1]
    features[1] -= _MIDDLE
    events = seen.owned[order], seen.played[order]
    del order  # as long as the observations, of which there may be millions
    sizes = np.bincount(seen.columns, minlength=games)

    def to(event: NDArray[np.bool_]) -> PlattCoefficients:
        return _fit_coefficients(features, event, sizes)

    return Calibration(*in_threads(to, events))


def _fit_coefficients(
    features: Numbers, event: NDArray[np.bool_], sizes: NDArray[np.integer]
) -> PlattCoefficients:
    """Fit the common coefficients, shrunk to the identity, then each game's, shrunk to the common ones."""
    identity = np.array([[_MIDDLE], [1.0], [0.0]])
    common = _fit_logistic(identity, features, event, np.array([len(event)]))
    each = _fit_logistic(np.repeat(common, len(sizes), axis=1), features, event, sizes)
    intercept, slope, percentile_slope = np.hstack([each, common])
    return PlattCoefficients(intercept - _MIDDLE * slope, slope, percentile_slope)


def _fit_logistic(
    prior: Numbers, features: Numbers, event: NDArray[np.bool_], sizes: NDArray[np.integer]
) -> Numbers:
    """Fit a logistic regression to each group at once, with a ridge on its distance from `prior`.

    By Newton's method, with steps halved where they lead uphill.

    Args:
        prior: coefficients x groups.
        features: coefficients x entries, those of one group after another.
        event: Whether it happened, one an entry.
        sizes: The number of entries of each group.

    Returns:
        coefficients x groups.
    """
    ridge = np.array(_RIDGES)[:, np.newaxis]
    has_entries = sizes > 0
    starts = (np.cumsum(sizes) - sizes)[has_entries]

    def added(values: Numbers) -> Numbers:
        sums = np.zeros(len(sizes))
        if len(starts):
            sums[has_entries] = np.add.reduceat(values, starts)
        return sums

    def odds(at: Numbers) -> Numbers:
        total = np.zeros(len(event))
        for coefficient, values in zip(at, features, strict=True):
            total += np.repeat(coefficient, sizes) * values
        return total

    def loss(at: Numbers) -> Numbers:
        logits = odds(at)
        penalty = np.sum(ridge / 2 * (at - prior) ** 2, axis=0)
        return np.asarray(added(_log_1_plus_exp(logits) - event * logits) + penalty, np.float64)

    at, lost = prior, loss(prior)
    curvature = np.empty((prior.shape[1], len(features), len(features)))
    for _ in range(_NEWTON_STEPS):
        likely = expit(odds(at))
        residual, variance = event - likely, likely * (1 - likely)
        uphill = np.stack([added(residual * values) for values in features]) - ridge * (at - prior)
        for one, other in combinations_with_replacement(range(len(features)), 2):
            curvature[:, one, other] = curvature[:, other, one] = added(
                variance * features[one] * features[other]
            )
        curvature[:, range(len(features)), range(len(features))] += ridge.T
        step = np.asarray(np.linalg.solve(curvature, uphill.T[:, :, np.newaxis])[:, :, 0].T, np.float64)
        at, now = _downhill(at, step, lost, loss)
        if np.max(lost - now, initial=0) < _SETTLED:
            break
        lost = now
    return at


def _log_1_plus_exp(values: Numbers) -> Numbers:
    """Return what `numpy.logaddexp(0, values)` does, by functions that NumPy has for whole vectors."""
    return np.asarray(np.maximum(values, 0) + np.log1p(np.exp(-np.abs(values))), np.float64)


def _downhill(
    at: Numbers, step: Numbers, lost: Numbers, loss: Callable[[Numbers], Numbers]
) -> tuple[Numbers, Numbers]:
    """Return the coefficients after as much of the step as loses nothing, and their loss."""
    share = np.ones(len(lost))
    while True:
        there = at + share * step
        now = loss(there)
        worse = now > lost + _SETTLED
        if not worse.any():
            return there, now
        # Groups that have converged take no step.
        share[worse] = np.where(share[worse] > _LEAST_STEP, share[worse] / 2, 0)
