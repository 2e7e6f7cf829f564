"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store import sqlite
from store.models import Neighbours
from store.queries.libraries import Library
from store.queries.scored_games import Numbers

# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85
# Of a larger library, so many games speak. What says least of a person, idle games of bundles, is left out,
# and no library takes longer than this one.
_MOST_SPEAKING = 1000

_WEIGHTS = select(Neighbours.game_id, Neighbours.neighbour_places, Neighbours.weights).join_from(
    sqlite.LISTED, Neighbours, Neighbours.game_id == sqlite.LISTED.c.value
)
_LIKENESS = select(Neighbours.neighbour_places, Neighbours.alikeness, Neighbours.common_owners).where(
    Neighbours.game_id == bindparam("game", type_=Integer)
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `weights[k]` speaks for the game at `places[k]`.

    Places are those of `store.queries.scored_games.Scorable`. The entries of the game `source_ids[s]` end
    before `ends[s]`, where those of the next begin.
    """

    source_ids: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: NDArray[np.int32]
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


def read_evidence(session: Session, library: Library) -> Evidence:
    """Read the weights of the games in a library, of the longest played ones if there are very many.

    Games without neighbours are left out.
    """
    library = library.most_played(_MOST_SPEAKING)
    # By the connection: the session takes half as long again for thousands of rows.
    asked = sqlite.listing(library.game_ids.tolist())
    rows = session.connection().execute(_WEIGHTS, asked).all()
    games, places, weights = zip(*rows, strict=True) if rows else ((), (), ())
    lengths = np.array([len(packed) // 4 for packed in places], np.int64)
    source_ids = np.array(games, np.int64)
    minutes = library.minutes[np.searchsorted(library.game_ids, source_ids)]
    says = importance(minutes).astype(np.float32)
    return Evidence(
        source_ids=source_ids,
        ends=np.cumsum(lengths),
        places=np.frombuffer(b"".join(places), "<i4"),
        weights=np.frombuffer(b"".join(weights), "<f4") * np.repeat(says, lengths),
    )


def read_likeness(session: Session, game: int) -> Likeness | None:
    """Return the games like one, or None if it has no neighbours."""
    row = session.connection().execute(_LIKENESS, {"game": game}).one_or_none()
    if row is None:
        return None
    return Likeness(
        np.frombuffer(row.neighbour_places, "<i4"),
        np.frombuffer(row.alikeness, "<f4"),
        np.frombuffer(row.common_owners, "<i4"),
    )


def importance(minutes: Numbers) -> Numbers:
    """Return how much owning a game says of a person who played it for `minutes`; not a number is unknown."""
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)
