"""Every game that can be scored, what is known of it, and from sums of weights to scores."""

from dataclasses import dataclass, fields
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store import sqlite
from store.models import ScoredGames
from store.queries.libraries import Library
from store.queries.packed import NEIGHBOURS, are_places, require, unpacked

Number = TypeVar("Number", np.float32, np.float64)
# For each game there is, or each of some, how much something is so.
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]

# Sums near 0 and 1 are told apart less and less: what is as near as this is hardly any nearer.
_LEAST_ODDS = 0.01
# From this share of all games on, picking them out takes longer than working all of them out.
_NEARLY_ALL = 0.5
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

    def liking(self, sums: Sums, taste: Taste) -> Scores:
        """Return how much a person likes each game for which what is owned speaks by `sums`.

        It is the calibrated probability of owning the game, and `taste.playing` times that of playing it; 0
        where more speaks against the game than for it.
        """
        spoken_for = sums.owned > 0
        few = np.count_nonzero(spoken_for) < _NEARLY_ALL * len(spoken_for)
        some = np.flatnonzero(spoken_for) if few else slice(None)
        odds = log_odds(sums.owned[some])
        more = log_odds(sums.devoted[some]) - odds
        own, play = (
            _probability(intercept[some] + slope[some] * odds + more_slope[some] * more)
            for intercept, slope, more_slope in (
                (self.own_intercept, self.own_slope, self.own_devotion_slope),
                (self.play_intercept, self.play_slope, self.play_devotion_slope),
            )
        )
        known = _power(counted(self.popularity[some]), taste.rarity)
        liking = np.zeros(len(spoken_for), np.float32)
        liking[some] = spoken_for[some] * (own + taste.playing * play) / ((1 + taste.playing) * known)
        return liking


def counted(popularity: Scores) -> Scores:
    """Return shares of owners as scores count them: what few own counts as if some more did."""
    shares: Scores = np.maximum(popularity, np.float32(_LEAST_POPULARITY))
    return shares


def log_odds(sums: NDArray[Number]) -> NDArray[Number]:
    """Return the log-odds of sums of weights, taken for probabilities; they end at those of 0 and 1."""
    within = np.clip(sums, 0, 1)
    odds: NDArray[Number] = np.log((within + _LEAST_ODDS) / (1 + _LEAST_ODDS - within))
    return odds


def _probability(odds: Scores) -> Scores:
    probability: Scores = np.reciprocal(1 + np.exp(-odds))
    return probability


def _power(shares: Scores, exponent: float) -> Scores:
    # For exp and log numpy has a vector form on more processors than it has one for powers.
    power: Scores = np.exp(exponent * np.log(shares))
    return power


_STATE = select(ScoredGames.state)
_ARRAYS = select(
    ScoredGames.game_ids,
    ScoredGames.editions,
    *(getattr(ScoredGames, fact.name) for fact in fields(Facts)),
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """The games of a library that can be scored, by place, and for how many minutes each was played."""

    places: Places
    minutes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorable:
    """All games that have neighbours. Where a game stands in the arrays is its place.

    `ids` are ascending app ids; of games that are editions of one, `editions` has the same place. `state`
    names the training that all this is of.
    """

    state: str
    ids: NDArray[np.int32]
    editions: Places
    facts: Facts

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, games: NDArray[np.integer]) -> Places:
        """Return the places of some games by app id; those without neighbours are passed over."""
        at, known = self._found(games)
        return at[known]

    def shelved(self, library: Library) -> Shelved:
        """Return the games of a library by their places."""
        at, known = self._found(library.game_ids)
        return Shelved(at[known], library.minutes[known])

    def _found(self, games: NDArray[np.integer]) -> tuple[Places, Mask]:
        """Return where each app id would stand, and whether it is there."""
        if not len(self.ids):
            return np.zeros(len(games), np.intp), np.zeros(len(games), bool)
        # In its own kind of number: otherwise all ids would be copied into the other.
        at = np.searchsorted(self.ids, games.astype(self.ids.dtype, copy=False))
        at[at == len(self.ids)] = 0
        return at, self.ids[at] == games

    def at(self, places: Places) -> Mask:
        """Tell of every game whether its place is one of `places`."""
        mask = np.zeros(len(self.ids), bool)
        mask[places] = True
        return mask

    def editions_of(self, games: Mask) -> Mask:
        """Tell of every game whether it is one of those that `games` tells of, or another edition of one."""
        mask = np.zeros(len(self.ids), bool)
        mask[self.editions[games]] = True
        return mask[self.editions]


def read_scorable(session: Session) -> Scorable:
    """Return what is known of all games that have neighbours; there are none before the first training.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    connection = session.connection()
    state = connection.scalar(_STATE)
    return _UNTRAINED if state is None else sqlite.kept(connection, "scorable", state, partial(_read, state))


def _read(state: str, connection: Connection) -> Scorable:
    packed = connection.execute(_ARRAYS).one()
    ids, editions, *facts = unpacked(packed, ["<i4", "<i4", *["<f4"] * len(fields(Facts))], NEIGHBOURS)
    require(bool(np.all(ids[:-1] < ids[1:])) and are_places(editions, len(ids)), NEIGHBOURS)
    # Of the kind that looks up without a copy.
    return Scorable(state, ids, editions.astype(np.intp), Facts(*facts))


_UNTRAINED = Scorable(
    "", np.zeros(0, np.int32), np.zeros(0, np.intp), Facts(*[np.zeros(0, np.float32)] * len(fields(Facts)))
)
