"""Reading the neighbours table: what some games speak for, and how alike the neighbours of a game are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import NeighbourBasis, Neighbours

# SQLite takes at most 32,766 parameters in a statement.
_GAMES_AT_ONCE = 10_000
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

    popularity: float = 0.1
    playing: float = 0.35


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `sources[k]` speaks for `targets[k]` by `weights[k]`.

    Targets are app ids; sources count from 0 in the order of `source_ids`, which is ascending.
    """

    source_ids: NDArray[np.int64]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.float64]

    def sums(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return all targets, ascending, and the sum of what speaks for each."""
        targets, place = np.unique(self.targets, return_inverse=True)
        return targets, np.bincount(place, self.weights, len(targets)).astype(np.float64)

    def speaking_for(self, target: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the ids of the sources that speak for `target`, strongest first, and their shares of 1."""
        entries = np.flatnonzero((self.targets == target) & (self.weights > 0))
        entries = entries[np.argsort(-self.weights[entries], kind="stable")]
        weights = self.weights[entries]
        return self.source_ids[self.sources[entries]], weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The neighbours that a game speaks for, how alike each is, and how many players own both."""

    targets: NDArray[np.int32]
    scores: NDArray[np.float64]
    common_owners: NDArray[np.int32]


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
    importance = np.array([_importance(library[row.game_id]) for row in rows], np.float64)
    weights = np.frombuffer(b"".join(row.weights for row in rows), "<f4").astype(np.float64)
    return Evidence(
        source_ids=np.array([row.game_id for row in rows], np.int64),
        sources=np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
        targets=np.frombuffer(b"".join(row.neighbour_ids for row in rows), "<i4").astype(np.int32),
        weights=weights * np.repeat(importance, lengths),
    )


def scored(
    session: Session,
    evidence: Evidence,
    taste: Taste,
    *,
    exclude: Collection[int],
    depth: int = 500,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the `depth` games that most speaks for, without those of `exclude`, and the score of each."""
    targets, sums = evidence.sums()
    left = ~np.isin(targets, np.fromiter(exclude, np.int64, len(exclude)))
    targets, sums = targets[left], sums[left]
    most = np.argsort(-sums, kind="stable")[:depth]
    targets, sums = targets[most], sums[most]
    popularity, played_share = _facts(session, targets)
    return targets, (sums + taste.popularity * popularity) * (
        1 - taste.playing + taste.playing * played_share
    )


def read_likeness(session: Session, game: int) -> Likeness | None:
    """Return the games like one, or None if it has no neighbours.

    By libraries, two games are as alike as the cosine of their owners says, times the root of the weight,
    which sees through what everybody owns, times how much of the owners play the other game. What nobody
    owns together with the game comes after what somebody does.
    """
    row = session.execute(
        select(
            Neighbours.basis, Neighbours.neighbour_ids, Neighbours.weights, Neighbours.common_owners
        ).where(Neighbours.game_id == game)
    ).one_or_none()
    if row is None:
        return None
    targets = np.frombuffer(row.neighbour_ids, "<i4").astype(np.int32)
    weights = np.maximum(np.frombuffer(row.weights, "<f4").astype(np.float64), 0)
    common = np.frombuffer(row.common_owners, "<i4").astype(np.int32)
    if row.basis is NeighbourBasis.CONTENT:
        return Likeness(targets, weights, common)
    popularity, played_share = _facts(session, targets)
    # An owner of both is an owner: where there is none in common the popularity may be 0.
    cosine = common / np.sqrt(np.where(common > 0, popularity, 1))
    unowned_last = np.finfo(np.float32).eps * weights
    return Likeness(targets, np.sqrt(weights) * cosine * played_share + unowned_last, common)


def _importance(minutes: float | None) -> float:
    return _HARDLY_PLAYED if minutes is not None and minutes < _HARDLY_PLAYED_MINUTES else 1.0


def _facts(session: Session, games: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the popularity and the played share of each game."""
    statement = select(Neighbours.game_id, Neighbours.popularity, Neighbours.played_share)
    known = {
        game: (popularity, played)
        for game, popularity, played in session.execute(
            statement.where(Neighbours.game_id.in_(games.tolist()))
        )
    }
    facts = np.array([known.get(game, (0.0, 0.0)) for game in games.tolist()], np.float64).reshape(-1, 2)
    return facts[:, 0], facts[:, 1]
