"""What the model gives, and writing it to the store."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.models import Base, Name, NameKind, NeighbourBasis, Neighbours, ScoredGames, SimilarGames
from store.names.editions import edition_key
from store.scoring.scorer import ItemParams

Row = TypeVar("Row")

_ROWS_AT_ONCE = 1000
_NEIGHBOURS = ("game_id", "basis", "neighbour_indices", "weights")
_SIMILAR = ("game_id", "similar_indices", "similarity", "common_owners")


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """The weights of one game to others, largest magnitude first; all arrays are of the same length.

    Attributes:
        game_id: Its app id.
        basis: Where its weights come from.
        indices: The others' indices among the games of the model.
        weights: What owning the game adds to their raw scores, or takes from them.
    """

    game_id: int
    basis: NeighbourBasis
    indices: NDArray[np.intp]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """The games most similar to one, most similar first; all arrays are of the same length.

    Attributes:
        game_id: Its app id.
        indices: The others' indices among the games of the model.
        similarity: How similar each is, above 0.
        common_owners: How many players own both.
    """

    game_id: int
    indices: NDArray[np.intp]
    similarity: NDArray[np.float32]
    common_owners: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model.

    Attributes:
        game_ids: Every game that is owned or described, int32 of shape (games,), ascending.
        params: The parameters of each.
        rows: The weights of each, in any order; computed as they are iterated over.
        similar: The games similar to each, likewise.
    """

    game_ids: NDArray[np.int32]
    params: ItemParams
    rows: Iterable[NeighbourRow]
    similar: Iterable[SimilarRow]


def replace_neighbours(session: Session, model: Model) -> dict[NeighbourBasis, int]:
    """Replace all neighbours, and all similar games, within the caller's transaction.

    Returns:
        How many games have neighbours, by basis.
    """
    session.execute(delete(Neighbours))
    session.execute(delete(SimilarGames))
    session.execute(delete(ScoredGames))
    arrays = {
        "game_ids": model.game_ids.astype("<i4"),
        "editions": _editions(session, model.game_ids).astype("<i4"),
        **{field.name: getattr(model.params, field.name).astype("<f4") for field in fields(ItemParams)},
    }
    packed = {name: array.tobytes() for name, array in arrays.items()}
    digest = blake2b(b"".join(packed.values()), digest_size=16)
    written = dict.fromkeys(NeighbourBasis, 0)
    connection = session.connection()
    statement = _insertion(connection, Neighbours, _NEIGHBOURS)
    for rows in _batches(model.rows):
        values = [_neighbours(row) for row in rows]
        connection.exec_driver_sql(statement, values)
        for row, (_, _, indices, weights) in zip(rows, values, strict=True):
            digest.update(b"%d" % row.game_id + indices + weights)
            written[row.basis] += 1
    statement = _insertion(connection, SimilarGames, _SIMILAR)
    for similar in _batches(model.similar):
        connection.exec_driver_sql(statement, [_similar(row) for row in similar])
    session.execute(insert(ScoredGames), {"state": digest.hexdigest(), **packed})
    return written


def _insertion(connection: Connection, table: type[Base], columns: Sequence[str]) -> str:
    """Return the statement that the driver itself takes.

    The rows have its types already, and SQLAlchemy would process each of them.
    """
    return str(insert(table).compile(dialect=connection.dialect, column_keys=columns))


def _neighbours(row: NeighbourRow) -> tuple[int, str, bytes, bytes]:
    indices, weights = row.indices.astype("<i4"), row.weights.astype("<f4")
    return row.game_id, row.basis.value, indices.tobytes(), weights.tobytes()


def _similar(row: SimilarRow) -> tuple[int, bytes, bytes, bytes]:
    return (
        row.game_id,
        row.indices.astype("<i4").tobytes(),
        row.similarity.astype("<f4").tobytes(),
        row.common_owners.astype("<i4").tobytes(),
    )


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _editions(session: Session, game_ids: NDArray[np.int32]) -> NDArray[np.intp]:
    """Return for each game the index of the first of the same edition key; a game without a name is alone."""
    names = select(Name.ref_id, Name.key).where(Name.kind == NameKind.GAME)
    keys = {app_id: edition_key(key) for app_id, key in session.execute(names)}
    first: dict[object, int] = {}
    return np.array(
        [first.setdefault(keys.get(game, game), index) for index, game in enumerate(game_ids.tolist())],
        np.intp,
    )
