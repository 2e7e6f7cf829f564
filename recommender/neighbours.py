"""The rows of the neighbours table, and writing them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from store.models import NeighbourBasis, Neighbours

_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """The games that owning `game_id` speaks for (or, negative, against), largest magnitude first.

    `popularity` and the lines are of the game itself, see `store.models.Neighbours`.
    """

    game_id: int
    basis: NeighbourBasis
    popularity: float
    own_intercept: float
    own_slope: float
    play_intercept: float
    play_slope: float
    neighbour_ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    alikeness: NDArray[np.float32]
    common_owners: NDArray[np.int32]


def replace_neighbours(session: Session, rows: Iterable[NeighbourRow]) -> int:
    """Replace the whole neighbours table within the caller's transaction; return how many rows it has."""
    session.execute(delete(Neighbours))
    written = 0
    batch: list[dict[str, object]] = []
    for row in rows:
        batch.append(
            {
                "game_id": row.game_id,
                "basis": row.basis,
                "popularity": row.popularity,
                "own_intercept": row.own_intercept,
                "own_slope": row.own_slope,
                "play_intercept": row.play_intercept,
                "play_slope": row.play_slope,
                "neighbour_ids": row.neighbour_ids.astype("<i4").tobytes(),
                "weights": row.weights.astype("<f4").tobytes(),
                "alikeness": row.alikeness.astype("<f4").tobytes(),
                "common_owners": row.common_owners.astype("<i4").tobytes(),
            }
        )
        if len(batch) == _ROWS_AT_ONCE:
            session.execute(insert(Neighbours), batch)
            written += len(batch)
            batch = []
    if batch:
        session.execute(insert(Neighbours), batch)
    return written + len(batch)
