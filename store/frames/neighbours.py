"""Neighbours and similar games as DataFrames, unpacked."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.frames.table import ROWS_AT_ONCE, Column, Table, typed
from store.models import NeighbourBasis, Neighbours, SimilarGames
from store.scoring.item_index import load_item_index
from store.scoring.packed import NEIGHBOURS as CONTRADICTION
from store.scoring.packed import decode_arrays, in_range, require_consistent

# A game has about a hundred neighbours on average.
_GAMES_AT_ONCE = ROWS_AT_ONCE // 100
_BASES = pandas.CategoricalDtype([basis.value for basis in NeighbourBasis])
_NEIGHBOURS = select(
    Neighbours.game_id,
    Neighbours.basis,
    Neighbours.neighbour_indices,
    Neighbours.weights,
).order_by(Neighbours.game_id)
_SIMILAR = select(
    SimilarGames.game_id, SimilarGames.similar_indices, SimilarGames.similarity, SimilarGames.common_owners
).order_by(SimilarGames.game_id)

_NEIGHBOUR_COLUMNS = (
    Column("app_id", "int32", "the game: Steam's app id"),
    Column("neighbour_id", "int32", "the other game: Steam's app id"),
    Column("rank", "int32", "place among the neighbours of the game, from 1, by the amount of `weight`"),
    Column(
        "weight", "float32", "what owning the game adds to the raw score of the other; negative is against"
    ),
    Column("basis", _BASES, "what the weights come from: libraries, or content where too few own the game"),
)
_SIMILAR_COLUMNS = (
    Column("app_id", "int32", "the game: Steam's app id"),
    Column("similar_id", "int32", "the other game: Steam's app id"),
    Column("rank", "int32", "place among the games similar to the game, from 1"),
    Column("similarity", "float32", "how similar the two are, above 0"),
    Column("common_owners", "int32", "players who own both"),
)


def _read_neighbours(session: Session) -> Iterator[pandas.DataFrame]:
    ids = load_item_index(session).ids
    found = session.connection().execute(_NEIGHBOURS, execution_options={"yield_per": _GAMES_AT_ONCE})
    yield typed(_NEIGHBOUR_COLUMNS, {column.name: () for column in _NEIGHBOUR_COLUMNS})
    for rows in found.partitions():
        games, bases, *packed = zip(*rows, strict=True)
        counts, indices, weights = _unpacked(packed, ("<i4", "<f4"), len(ids))
        yield typed(
            _NEIGHBOUR_COLUMNS,
            {
                "app_id": np.repeat(games, counts),
                "neighbour_id": ids[indices],
                "rank": _ranks(counts),
                "weight": weights,
                "basis": np.repeat(bases, counts),
            },
        )


def _read_similar(session: Session) -> Iterator[pandas.DataFrame]:
    ids = load_item_index(session).ids
    found = session.connection().execute(_SIMILAR, execution_options={"yield_per": _GAMES_AT_ONCE})
    yield typed(_SIMILAR_COLUMNS, {column.name: () for column in _SIMILAR_COLUMNS})
    for rows in found.partitions():
        games, *packed = zip(*rows, strict=True)
        counts, indices, similarity, common_owners = _unpacked(packed, ("<i4", "<f4", "<i4"), len(ids))
        yield typed(
            _SIMILAR_COLUMNS,
            {
                "app_id": np.repeat(games, counts),
                "similar_id": ids[indices],
                "rank": _ranks(counts),
                "similarity": similarity,
                "common_owners": common_owners,
            },
        )


def _unpacked(
    packed: Sequence[tuple[bytes, ...]], dtypes: Sequence[str], games: int
) -> tuple[NDArray[Any], ...]:
    """Return how many entries each row has, and the arrays of all rows together; the first are indices."""
    decoded = [decode_arrays(arrays, dtypes, CONTRADICTION) for arrays in zip(*packed, strict=True)]
    joined = [np.concatenate(arrays) for arrays in zip(*decoded, strict=True)]
    require_consistent(in_range(joined[0], games), CONTRADICTION)
    return np.array([len(arrays[0]) for arrays in decoded]), *joined


def _ranks(counts: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([np.arange(1, count + 1) for count in counts])


NEIGHBOURS = Table(
    "neighbours",
    "Two games, one of which is among the neighbours of the other.",
    _NEIGHBOUR_COLUMNS,
    _read_neighbours,
)
SIMILAR_GAMES = Table(
    "similar_games",
    "Two games, one of which is among the most similar to the other.",
    _SIMILAR_COLUMNS,
    _read_similar,
)
