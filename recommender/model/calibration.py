"""Calibration: from raw scores to the probability that a library's owner owns, or plays, each game too.

Raw scores are no probabilities: of two games with the same one, one may be owned far oftener. So players are
held out of learning, a fifth of each one's games is hidden in turn, and for each game a logistic function is
fitted from the log-odds of the raw score to having been hidden there (J. Platt, "Probabilistic Outputs for
Support Vector Machines", 1999). A ridge shrinks a game's coefficients to the ones of all games together,
which are also what games with too few owners get. Games that a player plays longer than others do tell more
about what the player would play: so there is a second slope, for the raw score by playtime.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from recommender.data.libraries import PLAYED_MINUTES, Libraries
from recommender.data.playtime_stats import PlaytimeStats
from recommender.linalg.threads import in_threads
from store.scoring.scorer import log_odds

Numbers = NDArray[np.float64]

_SEED = 1
# The number of turns, each of which hides another part of a library.
_TURNS = 5
# Held-out players with this many games in all suffice, if they are a negligible share of all players.
# Otherwise everybody is held out once, in this many parts.
_ENOUGH_GAMES = 100_000
_NEGLIGIBLE = 0.05
_PARTS = 5
# How many games of a player's list count in each turn: lower ranks are never shown.
_DEPTH = 60
_PLAYERS_AT_ONCE = 256

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


@dataclass(frozen=True, slots=True)
class Observations:
    """What held-out players were recommended, one entry for each game on the list of one turn.

    Attributes:
        columns: The game's column.
        by_ownership: Its raw score by ownership.
        by_playtime: Its raw score by playtime.
        owned: Whether it was hidden there.
        played: Whether it was hidden there, and played.
    """

    columns: NDArray[np.intp]
    by_ownership: Numbers
    by_playtime: Numbers
    owned: NDArray[np.bool_]
    played: NDArray[np.bool_]


def held_out_parts(libraries: Libraries) -> list[NDArray[np.bool_]]:
    """Return which players to hold out, one mask of shape (players,) for each time of learning.

    It is one negligible part, if that holds enough games, or else parts that hold everybody.
    """
    players, owned = libraries.shape[0], len(libraries.columns)
    if not owned:
        return []
    enough = ceil(players * _ENOUGH_GAMES / owned)
    is_one = enough <= _NEGLIGIBLE * players
    size = enough if is_one else ceil(players / _PARTS)
    turn = np.random.default_rng(_SEED).permutation(players) // size
    return [turn == part for part in range(1 if is_one else ceil(players / size))]


def is_negligible(part: NDArray[np.bool_]) -> bool:
    """Return whether so few players are held out that the weights need not be learnt again with them."""
    return bool(part.mean() <= _NEGLIGIBLE)


def observe(libraries: Libraries, playtime: PlaytimeStats, weights: sparse.csr_array[Any]) -> Observations:
    """Hide each fifth of the libraries in turn, and score all games by the rest.

    Args:
        libraries: Those of held-out players.
        playtime: How long each game is played.
        weights: games x games, learnt without these players; row i is what owning i adds to the raw scores.
    """
    turns = _turns(libraries)

    def of_turn(turn: int) -> Observations:
        return _on_list(libraries.where(turns != turn), libraries.where(turns == turn), playtime, weights)

    return concatenated(list(in_threads(of_turn, range(_TURNS))))


def concatenated(some: list[Observations]) -> Observations:
    """Return several observations as one."""
    return Observations(
        columns=np.concatenate([part.columns for part in some] or [np.empty(0, np.intp)]),
        by_ownership=np.concatenate([part.by_ownership for part in some] or [np.empty(0)]),
        by_playtime=np.concatenate([part.by_playtime for part in some] or [np.empty(0)]),
        owned=np.concatenate([part.owned for part in some] or [np.empty(0, bool)]),
        played=np.concatenate([part.played for part in some] or [np.empty(0, bool)]),
    )


def calibrate(seen: Observations, games: int) -> Calibration:
    """Fit the coefficients of `games` games; without observations all are those of the identity."""
    odds = log_odds(seen.by_ownership)
    features = np.stack([np.ones(len(odds)), odds - _MIDDLE, log_odds(seen.by_playtime) - odds])

    def to(event: NDArray[np.bool_]) -> PlattCoefficients:
        return _fit_coefficients(features, event, seen.columns, games)

    return Calibration(*in_threads(to, (seen.owned, seen.played)))


def _turns(libraries: Libraries) -> NDArray[np.intp]:
    """Return in which turn each entry is hidden; each player's games are dealt evenly."""
    random = np.random.default_rng(_SEED)
    shuffled = np.lexsort((random.random(len(libraries.columns)), _rows(libraries)))
    position = np.empty(len(shuffled), np.intp)
    position[shuffled] = np.arange(len(shuffled)) - np.repeat(libraries.starts[:-1], libraries.sizes)
    # The first of a small library is not always hidden first.
    first = np.repeat(random.integers(_TURNS, size=len(libraries.sizes)), libraries.sizes)
    return np.asarray((position + first) % _TURNS, np.intp)


def _rows(libraries: Libraries) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(libraries.sizes)), libraries.sizes)


def _on_list(
    known: Libraries, hidden: Libraries, playtime: PlaytimeStats, weights: sparse.csr_array[Any]
) -> Observations:
    percentiles = known.matrix(playtime.percentiles(known))
    confidence = known.matrix(known.confidence)
    wanted = hidden.matrix((hidden.minutes > PLAYED_MINUTES) + np.float32(1))
    found = []
    for start in range(0, confidence.shape[0], _PLAYERS_AT_ONCE):
        players = slice(start, start + _PLAYERS_AT_ONCE)
        some = confidence[players]
        sums = (some @ weights).toarray()
        sums[some.nonzero()] = -np.inf
        depth = min(_DEPTH, sums.shape[1])
        best = np.argpartition(-sums, depth - 1, axis=1)[:, :depth]
        sums = np.take_along_axis(sums, best, axis=1)
        by_playtime = np.take_along_axis((percentiles[players] @ weights).toarray(), best, axis=1)
        there = np.take_along_axis(wanted[players].toarray(), best, axis=1)
        is_positive = sums > 0
        found.append(
            Observations(
                best[is_positive],
                sums[is_positive].astype(np.float64),
                by_playtime[is_positive].astype(np.float64),
                there[is_positive] > 0,
                there[is_positive] > 1,
            )
        )
    return concatenated(found)


def _fit_coefficients(
    features: Numbers, event: NDArray[np.bool_], columns: NDArray[np.intp], games: int
) -> PlattCoefficients:
    """Fit the common coefficients, shrunk to the identity, then each game's, shrunk to the common ones."""
    identity = np.array([[_MIDDLE], [1.0], [0.0]])
    common = _fit_logistic(identity, features, event, np.zeros(len(event), np.intp))
    each = _fit_logistic(np.repeat(common, games, axis=1), features, event, columns)
    intercept, slope, percentile_slope = np.hstack([each, common])
    return PlattCoefficients(intercept - _MIDDLE * slope, slope, percentile_slope)


def _fit_logistic(
    prior: Numbers, features: Numbers, event: NDArray[np.bool_], groups: NDArray[np.intp]
) -> Numbers:
    """Fit a logistic regression to each group at once, with a ridge on its distance from `prior`.

    By Newton's method, with steps halved where they lead uphill.

    Args:
        prior: coefficients x groups.
        features: coefficients x entries.
        event: Whether it happened, one an entry.
        groups: The group of each entry.

    Returns:
        coefficients x groups.
    """
    ridge = np.array(_RIDGES)[:, np.newaxis]

    def added(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(groups, values, prior.shape[1]), np.float64)

    def odds(at: Numbers) -> Numbers:
        total = np.zeros(len(groups))
        for coefficient, values in zip(at, features, strict=True):
            total += coefficient[groups] * values
        return total

    def loss(at: Numbers) -> Numbers:
        logits = odds(at)
        penalty = np.sum(ridge / 2 * (at - prior) ** 2, axis=0)
        return np.asarray(added(np.logaddexp(0, logits) - event * logits) + penalty, np.float64)

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
