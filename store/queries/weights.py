"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import NeighbourBasis, Neighbours
from store.queries.filters import Discovery, tilted

Numbers = NDArray[np.float64]

# SQLite takes at most 32,766 parameters in a statement.
_GAMES_AT_ONCE = 10_000
# A list is nearly always filled from so many games.
DEPTH = 500
# A game that was hardly played says less about a person than one that was.
_HARDLY_PLAYED_MINUTES = 60
_HARDLY_PLAYED = 0.85


@dataclass(frozen=True, slots=True)
class Taste:
    """What counts besides the games of the person.

    `popularity` is how much a game that everybody owns gains by that alone; owned games speak for a game by
    0.05 or so each. `playing` (0 to 1) is how far a game counts only as often as its owners play it: what
    people own and what they play are not the same, since bundles bring games that nobody asked for.
    """

    popularity: float = 0.05
    playing: float = 0.3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `sources[k]` speaks for `targets[k]` by `weights[k]`.

    Targets are app ids; sources count from 0 in the order of `source_ids`, which is ascending.
    """

    source_ids: NDArray[np.int64]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: Numbers

    def sums(self) -> tuple[NDArray[np.int32], Numbers]:
        """Return all targets, ascending, and the sum of what speaks for each."""
        targets, place = np.unique(self.targets, return_inverse=True)
        return targets, np.bincount(place, self.weights, len(targets)).astype(np.float64)

    def speaking_for(self, target: int) -> tuple[NDArray[np.int64], Numbers]:
        """Return the ids of the sources that speak for `target`, strongest first, and their shares of 1."""
        entries = np.flatnonzero((self.targets == target) & (self.weights > 0))
        entries = entries[np.argsort(-self.weights[entries], kind="stable")]
        weights = self.weights[entries]
        return self.source_ids[self.sources[entries]], weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The neighbours that a game speaks for, how alike each is, and how many players own both."""

    targets: NDArray[np.int32]
    scores: Numbers
    common_owners: Numbers


def read_evidence(session: Session, library: Mapping[int, float | None]) -> Evidence:
    """Read the weights of the games in `library`, which maps app ids to minutes played, None if unknown.

    Games without neighbours are left out.
    """
    wanted = sorted(library)
    rows = [
        row
        for start in range(0, len(wanted), _GAMES_AT_ONCE)
        for row in session.execute(
            select(Neighbours.game_id, Neighbours.neighbour_ids, Neighbours.weights)
            .where(Neighbours.game_id.in_(wanted[start : start + _GAMES_AT_ONCE]))
            .order_by(Neighbours.game_id)
        )
    ]
    lengths = np.array([len(row.neighbour_ids) // 4 for row in rows], np.int64)
    minutes = np.array([library[row.game_id] for row in rows], np.float64)
    weights = np.frombuffer(b"".join(row.weights for row in rows), "<f4").astype(np.float64)
    return Evidence(
        source_ids=np.array([row.game_id for row in rows], np.int64),
        sources=np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
        targets=np.frombuffer(b"".join(row.neighbour_ids for row in rows), "<i4").astype(np.int32),
        weights=weights * np.repeat(importance(minutes), lengths),
    )


def scored(
    session: Session,
    evidence: Evidence,
    taste: Taste,
    *,
    exclude: Collection[int],
    discovery: Discovery = Discovery.BALANCED,
    depth: int | None = DEPTH,
) -> tuple[NDArray[np.int32], Numbers]:
    """Return the `depth` games that most speaks for (None is all), without `exclude`, and their scores."""
    targets, sums = evidence.sums()
    left = ~np.isin(targets, np.fromiter(exclude, np.int64, len(exclude)))
    targets, sums = targets[left], sums[left]
    most = np.argsort(-sums, kind="stable")[:depth]
    targets, sums = targets[most], sums[most]
    popularity, played_share = facts(session, targets)
    return targets, tilted(with_taste(sums, popularity, played_share, taste), popularity, discovery)


def with_taste(sums: Numbers, popularity: Numbers, played_share: Numbers, taste: Taste) -> Numbers:
    """Return the scores of games for which owned games speak by `sums`."""
    return (sums + taste.popularity * popularity) * (1 - taste.playing + taste.playing * played_share)


def read_likeness(session: Session, game: int) -> Likeness | None:
    """Return the games like one, or None if it has no neighbours."""
    row = session.execute(
        select(
            Neighbours.basis, Neighbours.neighbour_ids, Neighbours.weights, Neighbours.common_owners
        ).where(Neighbours.game_id == game)
    ).one_or_none()
    if row is None:
        return None
    targets = np.frombuffer(row.neighbour_ids, "<i4").astype(np.int32)
    weights = np.maximum(np.frombuffer(row.weights, "<f4").astype(np.float64), 0)
    common = np.frombuffer(row.common_owners, "<i4").astype(np.float64)
    if row.basis is NeighbourBasis.CONTENT:
        return Likeness(targets, weights, common)
    return Likeness(targets, likeness(weights, common, *facts(session, targets)), common)


def likeness(weights: Numbers, common_owners: Numbers, popularity: Numbers, played_share: Numbers) -> Numbers:
    """Return how alike a game is to others, of which these are the facts.

    It is the cosine of their owners (but for a factor that is the same for all), times the root of the
    weight, which sees through what everybody owns, times how many of its owners play the other game. What
    nobody owns together with the game comes after what somebody does.
    """
    # Where there is no common owner, there may be no owner at all.
    cosine = common_owners / np.sqrt(np.where(common_owners > 0, popularity, 1))
    unowned_last = np.finfo(np.float32).eps * weights
    return np.sqrt(weights) * cosine * played_share + unowned_last


def importance(minutes: Numbers) -> Numbers:
    """Return how much owning a game says of a person who played it for `minutes`; not a number is unknown."""
    return np.where(minutes < _HARDLY_PLAYED_MINUTES, _HARDLY_PLAYED, 1.0)


def facts(session: Session, games: NDArray[np.int32]) -> tuple[Numbers, Numbers]:
    """Return the popularity and the played share of each game."""
    statement = select(Neighbours.game_id, Neighbours.popularity, Neighbours.played_share)
    known = {
        game: (popularity, played)
        for game, popularity, played in session.execute(
            statement.where(Neighbours.game_id.in_(games.tolist()))
        )
    }
    found = np.array([known.get(game, (0.0, 0.0)) for game in games.tolist()], np.float64).reshape(-1, 2)
    return found[:, 0], found[:, 1]
