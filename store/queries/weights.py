"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store import sqlite
from store.models import Neighbours
from store.queries.libraries import Library
from store.queries.scored_games import Numbers, Scorable, are_places, require, unpacked

# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85
# Of a larger library, so many games speak. What says least of a person, idle games of bundles, is left out,
# and no library takes longer than this one.
_MOST_SPEAKING = 1000

_WEIGHTS = select(Neighbours.game_id, Neighbours.neighbour_places, Neighbours.weights).order_by(
    Neighbours.game_id
)
# So many rows at a time are in memory twice, as they are fetched and as they are kept.
_ROWS_AT_ONCE = 2000
_LIKENESS = select(Neighbours.neighbour_places, Neighbours.alikeness, Neighbours.common_owners).where(
    Neighbours.game_id == bindparam("game", type_=Integer)
)


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the neighbours table: `weights[k]` speaks for the game at `places[k]`.

    Those of the game at place p begin at `bounds[p]` and end before `bounds[p + 1]`.
    """

    games: Scorable
    bounds: NDArray[np.int64]
    places: NDArray[np.unsignedinteger]
    weights: NDArray[np.float32]

    def evidence(self, library: Library) -> "Evidence":
        """Return the weights of the games in a library, of the longest played ones if there are very many.

        Games without neighbours are left out.
        """
        library = library.most_played(_MOST_SPEAKING)
        sources = self.games.places(library.game_ids)
        source_ids = self.games.ids[sources].astype(np.int64)
        starts, lengths = self.bounds[sources], np.diff(self.bounds)[sources]
        ends = np.cumsum(lengths)
        # The entries of all sources, one after another.
        entries = np.repeat(starts - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
        says = importance(library.minutes[np.searchsorted(library.game_ids, source_ids)])
        return Evidence(
            source_ids,
            ends,
            self.places[entries],
            self.weights[entries] * np.repeat(says.astype(np.float32), lengths),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `weights[k]` speaks for the game at `places[k]`.

    Places are those of `store.queries.scored_games.Scorable`. The entries of the game `source_ids[s]` end
    before `ends[s]`, where those of the next begin.
    """

    source_ids: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: NDArray[np.unsignedinteger]
    weights: NDArray[np.float32]

    def sums(self, games: int) -> Numbers:
        """Return the sum of what speaks for each of all `games`."""
        return np.bincount(self.places, self.weights, games).astype(np.float64, copy=False)

    def speaking_for(self, place: int) -> tuple[NDArray[np.int64], Numbers]:
        """Return the ids of the sources that speak for one game, strongest first, and their shares of 1."""
        entries = np.flatnonzero(self.places == place)
        entries = entries[self.weights[entries] > 0]
        entries = entries[np.argsort(-self.weights[entries], kind="stable")]
        sources = np.searchsorted(self.ends, entries, side="right")
        weights = self.weights[entries].astype(np.float64)
        return self.source_ids[sources], weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The places of the neighbours of a game, how alike each is, and how many players own both."""

    places: NDArray[np.int32]
    scores: NDArray[np.float32]
    common_owners: NDArray[np.int32]


def read_weights(session: Session, games: Scorable) -> Weights:
    """Return what each of `games` speaks for; it is read once after a training and then kept.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    return sqlite.kept(session.connection(), "weights", games.state, partial(_read_weights, games))


def _read_weights(games: Scorable, connection: Connection) -> Weights:
    lengths = np.zeros(len(games), np.int64)
    places, weights = [np.zeros(0, np.min_scalar_type(len(games)))], [np.zeros(0, np.float32)]
    rows = connection.execute(_WEIGHTS, execution_options={"yield_per": _ROWS_AT_ONCE})
    for some in rows.partitions():
        ids, *packed = zip(*some, strict=True)
        sources = games.places(np.array(ids, np.int64))
        sizes, others = ([len(one) for one in column] for column in packed)
        require(len(sources) == len(ids) and sizes == others and not any(size % 4 for size in sizes))
        of_some, their_weights = unpacked([b"".join(column) for column in packed], ["<i4", "<f4"])
        require(are_places(of_some, len(games)))
        lengths[sources] = np.array(sizes) // 4
        places.append(of_some.astype(places[0].dtype))
        weights.append(their_weights)
    return Weights(games, np.append(0, np.cumsum(lengths)), np.concatenate(places), np.concatenate(weights))


def read_likeness(session: Session, games: Scorable, game: int) -> Likeness | None:
    """Return which of `games` are like one, or None if it has no neighbours.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    row = session.connection().execute(_LIKENESS, {"game": game}).one_or_none()
    if row is None:
        return None
    alike = Likeness(*unpacked(row, ("<i4", "<f4", "<i4")))
    require(are_places(alike.places, len(games)))
    return alike


def importance(minutes: Numbers) -> Numbers:
    """Return how much owning a game says of a person who played it for `minutes`; not a number is unknown."""
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)
