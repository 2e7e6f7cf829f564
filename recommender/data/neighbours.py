"""What the model gives, and writing it to the store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.models import Name, NameKind, NeighbourBasis, Neighbours, ScoredGames
from store.scoring.editions import edition_key
from store.scoring.scorer import ItemParams

_ROWS_AT_ONCE = 1000
_COLUMNS = ("game_id", "basis", "neighbour_indices", "weights", "similarity", "common_owners")


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """The weights of one game to others, largest magnitude first; all arrays are of the same length.

    Attributes:
        game_id: Its app id.
        basis: Where its weights come from.
        indices: The others' indices among the games of the model.
        weights: What owning the game adds to their raw scores, or takes from them.
        similarity: How similar each is, 0 for not at all.
        common_owners: How many players own both.
    """

    game_id: int
    basis: NeighbourBasis
    indices: NDArray[np.intp]
    weights: NDArray[np.float32]
    similarity: NDArray[np.float32]
    common_owners: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model.

    Attributes:
        game_ids: Every game that is owned or described, int32 of shape (games,), ascending.
        params: The parameters of each.
        rows: The row of each, in any order; computed as they are iterated over.
    """

    game_ids: NDArray[np.int32]
    params: ItemParams
    rows: Iterable[NeighbourRow]


def replace_neighbours(session: Session, model: Model) -> dict[NeighbourBasis, int]:
    """Replace all neighbours within the caller's transaction; return how many games have them, by basis."""
    session.execute(delete(Neighbours))
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
    # Straight to the driver: the rows have its types already, and SQLAlchemy would process each of them.
    statement = str(insert(Neighbours).compile(dialect=connection.dialect, column_keys=_COLUMNS))
    for rows in _batches(model.rows):
        values = [_values(row) for row in rows]
        connection.exec_driver_sql(statement, values)
        for row, (_, _, indices, weights, *_) in zip(rows, values, strict=True):
            digest.update(b"%d" % row.game_id + indices + weights)
            written[row.basis] += 1
    session.execute(insert(ScoredGames), {"state": digest.hexdigest(), **packed})
    return written


def _values(row: NeighbourRow) -> tuple[int, str, bytes, bytes, bytes, bytes]:
    return (
        row.game_id,
        row.basis.value,
        row.indices.astype("<i4").tobytes(),
        row.weights.astype("<f4").tobytes(),
        row.similarity.astype("<f4").tobytes(),
        row.common_owners.astype("<i4").tobytes(),
    )


def _batches(rows: Iterable[NeighbourRow]) -> Iterator[list[NeighbourRow]]:
    batch: list[NeighbourRow] = []
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
