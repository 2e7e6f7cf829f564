"""Reading the neighbours table: the weights of some games as arrays, and the scores they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Neighbours

# SQLite takes at most 32,766 parameters in a statement.
_GAMES_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every weight of some games, one entry each: `sources[k]` speaks for `targets[k]` by `weights[k]`.

    Targets are app ids; sources count from 0 in the order of `source_ids`, which is ascending.
    """

    source_ids: NDArray[np.int64]
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.float64]

    def scores(self) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return all targets, ascending, and the sum of what speaks for each."""
        targets, place = np.unique(self.targets, return_inverse=True)
        return targets, np.bincount(place, self.weights, len(targets)).astype(np.float64)

    def speaking_for(self, target: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the ids of the sources that speak for `target`, strongest first, and their shares of 1."""
        entries = np.flatnonzero((self.targets == target) & (self.weights > 0))
        entries = entries[np.argsort(-self.weights[entries], kind="stable")]
        weights = self.weights[entries]
        return self.source_ids[self.sources[entries]], weights / weights.sum()


def read_evidence(session: Session, importance: Mapping[int, float]) -> Evidence:
    """Read the weights of the games in `importance`, each times the game's importance.

    Games without neighbours are left out.
    """
    wanted = sorted(importance)
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
    factors = np.array([importance[row.game_id] for row in rows], np.float64)
    weights = np.frombuffer(b"".join(row.weights for row in rows), "<f4").astype(np.float64)
    return Evidence(
        source_ids=np.array([row.game_id for row in rows], np.int64),
        sources=np.repeat(np.arange(len(rows), dtype=np.int32), lengths),
        targets=np.frombuffer(b"".join(row.neighbour_ids for row in rows), "<i4").astype(np.int32),
        weights=weights * np.repeat(factors, lengths),
    )
