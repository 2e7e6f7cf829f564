"""Calibration: from what a library says for a game to how likely its owner owns, or plays, that game too.

Sums of weights are no likelihoods: of two games with the same sum, one may be owned far oftener. So players
are held out of learning, a fifth of each one's games is hidden in turn, and for each game a line is fitted
from the log-odds of the sum to those of having been hidden there (J. Platt, "Probabilistic Outputs for
Support Vector Machines", 1999). A ridge draws a game's line to the line of all games together, which is also
what games with too few owners get. What is played for longer than others play it tells more of what its
owner would play than what is idle: so the lines have a second slope, for how much the sum changes when games
speak by that.
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
from recommender.data.playtime_stats import PlayTimes
from recommender.linalg.threads import in_threads
from store.scoring.scorer import log_odds

Numbers = NDArray[np.float64]

_SEED = 1
# A library is hidden in so many turns.
_TURNS = 5
# Held-out players with this many games in all are enough, if learning without them loses nothing: they must
# be no larger a share of all players than is negligible. Else everybody is held out, in so many parts.
_ENOUGH_GAMES = 100_000
_NEGLIGIBLE = 0.05
_PARTS = 5
# How many games of a player's list are looked at each turn: what ranks lower is shown to nobody.
_DEPTH = 60
_PLAYERS_AT_ONCE = 256

# The common line and a game's own are both written around these log-odds, in the middle of what occurs.
_MIDDLE = -2.0
# What a game's own intercept and its two slopes pay for leaving the common ones.
_RIDGES = (3.0, 3.0, 6.0)
_NEWTON_STEPS = 50
_LEAST_STEP = 1e-3
# No line is looked for closer than this, in units of log-likelihood; sums of many are rounded as well.
_SETTLED = 1e-6


@dataclass(frozen=True, slots=True)
class Lines:
    """A line for each game, then the common one.

    Log-odds are `intercept + slope * odds + devotion_slope * (devoted - odds)`, where `odds` are the log-odds
    of what a library says, and `devoted` those of what it says by how long its games are played.
    """

    intercept: Numbers
    slope: Numbers
    devotion_slope: Numbers

    def spread(self, places: NDArray[np.intp], games: int) -> "Lines":
        """Return these lines at `places` among `games` games; the other games get the common one."""
        spread = []
        for coefficients in (self.intercept, self.slope, self.devotion_slope):
            of_all = np.full(games, coefficients[-1])
            of_all[places] = coefficients[:-1]
            spread.append(of_all)
        return Lines(*spread)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The lines to owning a game, and to owning and playing it."""

    own: Lines
    play: Lines

    def spread(self, places: NDArray[np.intp], games: int) -> "Calibration":
        """Return the lines of the games at `places` among `games`; the others get the common ones."""
        return Calibration(self.own.spread(places, games), self.play.spread(places, games))


@dataclass(frozen=True, slots=True)
class Observed:
    """What held-out players were told, one entry for each game on the list of one turn: its column, the
    sum of weights, that by how long games are played, whether it was hidden there, and hidden and played.
    """

    columns: NDArray[np.intp]
    sums: Numbers
    devoted: Numbers
    owned: NDArray[np.bool_]
    played: NDArray[np.bool_]


def held_out_parts(libraries: Libraries) -> list[NDArray[np.bool_]]:
    """Return which players to hold out, true in their rows, one array for each time of learning.

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
    """Tell whether so few players are held out that weights learnt without them need not be learnt again."""
    return bool(part.mean() <= _NEGLIGIBLE)


def observed(libraries: Libraries, times: PlayTimes, weights: sparse.csr_array[Any]) -> Observed:
    """Hide each fifth of the libraries in turn, and see what `weights` make of the rest.

    `weights` is games x games and was learnt without these players; row i says how much owning i speaks for
    each other game.
    """
    turns = _turns(libraries)

    def of_turn(turn: int) -> Observed:
        return _on_list(libraries.where(turns != turn), libraries.where(turns == turn), times, weights)

    return concatenated(list(in_threads(of_turn, range(_TURNS))))


def concatenated(some: list[Observed]) -> Observed:
    """Return several observations as one."""
    return Observed(
        columns=np.concatenate([part.columns for part in some] or [np.empty(0, np.intp)]),
        sums=np.concatenate([part.sums for part in some] or [np.empty(0)]),
        devoted=np.concatenate([part.devoted for part in some] or [np.empty(0)]),
        owned=np.concatenate([part.owned for part in some] or [np.empty(0, bool)]),
        played=np.concatenate([part.played for part in some] or [np.empty(0, bool)]),
    )


def calibrate(seen: Observed, games: int) -> Calibration:
    """Fit the lines of `games` games to what was observed; without observations all are the identity."""
    odds = log_odds(seen.sums)
    said = np.stack([np.ones(len(odds)), odds - _MIDDLE, log_odds(seen.devoted) - odds])

    def to(event: NDArray[np.bool_]) -> Lines:
        return _lines(said, event, seen.columns, games)

    return Calibration(*in_threads(to, (seen.owned, seen.played)))


def _turns(libraries: Libraries) -> NDArray[np.intp]:
    """Return in which turn each entry is hidden; each player's games are dealt evenly."""
    random = np.random.default_rng(_SEED)
    shuffled = np.lexsort((random.random(len(libraries.columns)), _rows(libraries)))
    place = np.empty(len(shuffled), np.intp)
    place[shuffled] = np.arange(len(shuffled)) - np.repeat(libraries.starts[:-1], libraries.sizes)
    # The first of a small library is not always hidden first.
    first = np.repeat(random.integers(_TURNS, size=len(libraries.sizes)), libraries.sizes)
    return np.asarray((place + first) % _TURNS, np.intp)


def _rows(libraries: Libraries) -> NDArray[np.intp]:
    return np.repeat(np.arange(len(libraries.sizes)), libraries.sizes)


def _on_list(
    known: Libraries, hidden: Libraries, times: PlayTimes, weights: sparse.csr_array[Any]
) -> Observed:
    devoted = known.matrix(times.devotion(known))
    told = known.matrix(known.importance)
    wanted = hidden.matrix((hidden.minutes > PLAYED_MINUTES) + np.float32(1))
    found = []
    for start in range(0, told.shape[0], _PLAYERS_AT_ONCE):
        players = slice(start, start + _PLAYERS_AT_ONCE)
        some = told[players]
        sums = (some @ weights).toarray()
        sums[some.nonzero()] = -np.inf
        depth = min(_DEPTH, sums.shape[1])
        best = np.argpartition(-sums, depth - 1, axis=1)[:, :depth]
        sums = np.take_along_axis(sums, best, axis=1)
        by_time = np.take_along_axis((devoted[players] @ weights).toarray(), best, axis=1)
        there = np.take_along_axis(wanted[players].toarray(), best, axis=1)
        said = sums > 0
        found.append(
            Observed(
                best[said],
                sums[said].astype(np.float64),
                by_time[said].astype(np.float64),
                there[said] > 0,
                there[said] > 1,
            )
        )
    return concatenated(found)


def _lines(said: Numbers, event: NDArray[np.bool_], columns: NDArray[np.intp], games: int) -> Lines:
    """Fit the common line as a departure from the identity, then each game's as one from the common line."""
    identity = np.array([[_MIDDLE], [1.0], [0.0]])
    common = _departing(identity, said, event, np.zeros(len(event), np.intp))
    each = _departing(np.repeat(common, games, axis=1), said, event, columns)
    intercept, slope, devotion_slope = np.hstack([each, common])
    return Lines(intercept - _MIDDLE * slope, slope, devotion_slope)


def _departing(prior: Numbers, said: Numbers, event: NDArray[np.bool_], groups: NDArray[np.intp]) -> Numbers:
    """Return each group's coefficients: the likeliest, less what the ridge takes for departing from `prior`.

    By Newton's method, with steps halved where they lead uphill. `prior` is coefficients x groups, `said`
    coefficients x entries, of which each belongs to one of `groups`.
    """
    ridge = np.array(_RIDGES)[:, np.newaxis]

    def added(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(groups, values, prior.shape[1]), np.float64)

    def odds(at: Numbers) -> Numbers:
        total = np.zeros(len(groups))
        for coefficient, values in zip(at, said, strict=True):
            total += coefficient[groups] * values
        return total

    def loss(at: Numbers) -> Numbers:
        told = odds(at)
        departure = np.sum(ridge / 2 * (at - prior) ** 2, axis=0)
        return np.asarray(added(np.logaddexp(0, told) - event * told) + departure, np.float64)

    at, lost = prior, loss(prior)
    curvature = np.empty((prior.shape[1], len(said), len(said)))
    for _ in range(_NEWTON_STEPS):
        likely = expit(odds(at))
        missing, spread = event - likely, likely * (1 - likely)
        uphill = np.stack([added(missing * values) for values in said]) - ridge * (at - prior)
        for one, other in combinations_with_replacement(range(len(said)), 2):
            curvature[:, one, other] = curvature[:, other, one] = added(spread * said[one] * said[other])
        curvature[:, range(len(said)), range(len(said))] += ridge.T
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
        # Where hardly anything is left to gain, no step is taken.
        share[worse] = np.where(share[worse] > _LEAST_STEP, share[worse] / 2, 0)
