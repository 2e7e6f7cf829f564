"""Which games are owned together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import PackedLibrary
from store.scoring.packed import LIBRARIES, decode_arrays

_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two games by title; how many players own the one, the other, and both.

    `lift` is how many times as many own both as would if owning one said nothing of the other.
    """

    one: str
    other: str
    owners: int
    other_owners: int
    both: int
    lift: float


@dataclass(frozen=True, slots=True)
class Shared:
    """All pairs of the most owned games, over the `libraries` that hold any game."""

    libraries: int
    games: int
    pairs: tuple[Pair, ...]


def read_shared(session: Session, titles: Mapping[int, str]) -> Shared:
    """Count who owns which of some games together, reading one library after another.

    Args:
        session: A session of the store.
        titles: The games by app id.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    ids = np.array(sorted(titles), np.int32)
    columns: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    rows = session.connection().execution_options(yield_per=_ROWS_AT_ONCE)
    for (packed,) in rows.execute(select(PackedLibrary.game_ids)):
        [owned] = decode_arrays([packed], ["<i4"], LIBRARIES)
        found = np.flatnonzero(np.isin(ids, owned, assume_unique=True)) if len(owned) else ids[:0]
        columns.append(found.astype(np.int32))
        lengths.append(len(found))
    if not lengths or not len(ids):
        return Shared(len(lengths), len(ids), ())
    owns = csr_array(
        (
            np.ones(sum(lengths), np.int32),
            np.concatenate(columns),
            np.concatenate([[0], np.cumsum(lengths)]),
        ),
        shape=(len(lengths), len(ids)),
    )
    common = (owns.T @ owns).toarray()
    names = [titles[int(game)] for game in ids]
    return Shared(len(lengths), len(ids), tuple(_pairs(names, common, len(lengths))))


def _pairs(names: Sequence[str], common: NDArray[np.int32], libraries: int) -> Iterator[Pair]:
    """Yield the pairs that anybody owns, from how many own each two (and, on the diagonal, each one)."""
    for one, other in combinations(range(len(names)), 2):
        owners, other_owners, both = (int(common[at]) for at in ((one, one), (other, other), (one, other)))
        if both:
            lift = both * libraries / (owners * other_owners)
            yield Pair(names[one], names[other], owners, other_owners, both, lift)
