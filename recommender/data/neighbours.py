"""What the model gives, and writing it to the store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.models import NAMES_PER_KIND, Name, NameKind, NeighbourBasis, Neighbours, ScoredGames
from store.scoring.editions import edition_key
from store.scoring.scorer import Facts

_ROWS_AT_ONCE = 1000
_COLUMNS = ("game_id", "basis", "neighbour_places", "weights", "alikeness", "common_owners")


@dataclass(frozen=True, slots=True)
class NeighbourRow:
    """The games that owning `game_id` speaks for (or, negative, against), largest magnitude first.

    `places` are theirs among the games of the model.
    """

    game_id: int
    basis: NeighbourBasis
    places: NDArray[np.intp]
    weights: NDArray[np.float32]
    alikeness: NDArray[np.float32]
    common_owners: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Model:
    """Every game that is owned or described, by ascending app id, the facts of each, and their rows.

    The rows are worked out as they are iterated, once.
    """

    game_ids: NDArray[np.int32]
    facts: Facts
    rows: Iterator[NeighbourRow]


def replace_neighbours(session: Session, model: Model) -> dict[NeighbourBasis, int]:
    """Replace all neighbours within the caller's transaction; return how many games have them, by basis."""
    session.execute(delete(Neighbours))
    session.execute(delete(ScoredGames))
    arrays = {
        "game_ids": model.game_ids.astype("<i4"),
        "editions": _editions(session, model.game_ids).astype("<i4"),
        **{field.name: getattr(model.facts, field.name).astype("<f4") for field in fields(Facts)},
    }
    packed = {name: array.tobytes() for name, array in arrays.items()}
    digest = blake2b(b"".join(packed.values()), digest_size=16)
    written = dict.fromkeys(NeighbourBasis, 0)
    connection = session.connection()
    # Straight to the driver: rows are as it takes them, and to look at each would take longer than to write.
    statement = str(insert(Neighbours).compile(dialect=connection.dialect, column_keys=_COLUMNS))
    for rows in _batches(model.rows):
        values = [_values(row) for row in rows]
        connection.exec_driver_sql(statement, values)
        for row, (_, _, places, weights, *_) in zip(rows, values, strict=True):
            digest.update(b"%d" % row.game_id + places + weights)
            written[row.basis] += 1
    session.execute(insert(ScoredGames), {"state": digest.hexdigest(), **packed})
    return written


def _values(row: NeighbourRow) -> tuple[int, str, bytes, bytes, bytes, bytes]:
    return (
        row.game_id,
        row.basis.value,
        row.places.astype("<i4").tobytes(),
        row.weights.astype("<f4").tobytes(),
        row.alikeness.astype("<f4").tobytes(),
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
    """Return for each game the place of the first of the same edition key; a game without a name is alone."""
    names = select(Name.id % NAMES_PER_KIND, Name.key).where(Name.kind == NameKind.GAME)
    keys = {app_id: edition_key(key) for app_id, key in session.execute(names)}
    first: dict[object, int] = {}
    return np.array(
        [first.setdefault(keys.get(game, game), place) for place, game in enumerate(game_ids.tolist())],
        np.intp,
    )
