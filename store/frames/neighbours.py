"""Neighbours as a DataFrame, unpacked."""

from collections.abc import Iterator

import numpy as np
import pandas
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.frames.table import ROWS_AT_ONCE, Column, Table, typed
from store.models import NeighbourBasis, Neighbours
from store.scoring.item_index import load_item_index
from store.scoring.packed import NEIGHBOURS as CONTRADICTION
from store.scoring.packed import decode_arrays, in_range, require_consistent

# A game has a hundred neighbours at most.
_GAMES_AT_ONCE = ROWS_AT_ONCE // 100
_BASES = pandas.CategoricalDtype([basis.value for basis in NeighbourBasis])
_NEIGHBOURS = select(
    Neighbours.game_id,
    Neighbours.basis,
    Neighbours.neighbour_indices,
    Neighbours.weights,
    Neighbours.similarity,
    Neighbours.common_owners,
).order_by(Neighbours.game_id)

_COLUMNS = (
    Column("app_id", "int32", "the game: Steam's app id"),
    Column("neighbour_id", "int32", "the other game: Steam's app id"),
    Column("rank", "int32", "place among the neighbours of the game, from 1, by the amount of `weight`"),
    Column(
        "weight", "float32", "what owning the game adds to the raw score of the other; negative is against"
    ),
    Column("similarity", "float32", "how similar the two are; 0 is not at all"),
    Column("common_owners", "int32", "players who own both"),
    Column("basis", _BASES, "what the weights come from: libraries, or content where too few own the game"),
)


def _read(session: Session) -> Iterator[pandas.DataFrame]:
    ids = load_item_index(session).ids
    found = session.connection().execute(_NEIGHBOURS, execution_options={"yield_per": _GAMES_AT_ONCE})
    yield typed(_COLUMNS, {column.name: () for column in _COLUMNS})
    for rows in found.partitions():
        games, bases, *packed = zip(*rows, strict=True)
        decoded = [
            decode_arrays(arrays, ("<i4", "<f4", "<f4", "<i4"), CONTRADICTION)
            for arrays in zip(*packed, strict=True)
        ]
        indices, weights, similarity, common_owners = map(np.concatenate, zip(*decoded, strict=True))
        require_consistent(in_range(indices, len(ids)), CONTRADICTION)
        counts = [len(arrays[0]) for arrays in decoded]
        yield typed(
            _COLUMNS,
            {
                "app_id": np.repeat(games, counts),
                "neighbour_id": ids[indices],
                "rank": np.concatenate([np.arange(1, count + 1) for count in counts]),
                "weight": weights,
                "similarity": similarity,
                "common_owners": common_owners,
                "basis": np.repeat(bases, counts),
            },
        )


NEIGHBOURS = Table(
    "neighbours", "Two games, one of which is among the neighbours of the other.", _COLUMNS, _read
)
