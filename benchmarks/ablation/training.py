"""Optimisations of training: how long it takes and how much memory, on a copy of a filled store."""

import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.ablation.variants import Figures, Optimisation, named, replacing
from benchmarks.measuring import apart
from recommender import train, training
from recommender.data import libraries as read
from recommender.linalg import row_products, threads, top_k
from recommender.model import cold, ease, largest_weights, similarity
from store import Database
from store.models import OwnedGame


def _top_k_row_by_row(
    rows: NDArray[np.float32], count: int, reaching: NDArray[np.float32] | None = None
) -> "sparse.csr_array[Any]":
    bounds = np.full(len(rows), np.inf) if reaching is None else reaching
    counts = np.maximum(count, np.count_nonzero(np.abs(rows) >= bounds[:, np.newaxis], axis=1))
    chosen = [top_k.top_k(row, wanted) for row, wanted in zip(rows, counts.tolist(), strict=True)]
    sizes = np.array([len(some) for some in chosen], np.intp)
    return top_k.weights_at(rows, np.concatenate([*chosen, np.empty(0, np.intp)]), sizes)


def _libraries_from_rows(session: Session) -> read.Libraries:
    columns = (OwnedGame.player_id, OwnedGame.game_id, OwnedGame.minutes)
    rows = session.execute(select(*columns).order_by(*columns[:2])).all()
    players, games, minutes = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    starts = np.flatnonzero(np.concatenate(([True], players[1:] != players[:-1], [True])))
    game_ids, indices = np.unique(games, return_inverse=True)
    return read.Libraries(
        players[starts[:-1]],
        game_ids.astype(np.int32),
        starts,
        indices.astype(np.int32),
        minutes.astype(np.int32),
    )


def _inverted_by_numpy(matrix: NDArray[np.float32], *_threads: object) -> None:
    inverse = np.linalg.inv(np.tril(matrix) + np.tril(matrix, -1).T)
    lower = np.tril_indices_from(matrix)
    matrix[lower] = inverse[lower]


_invert = ease._invert_lower


def _inverted_by_one(matrix: NDArray[np.float32], _threads: int) -> None:
    _invert(matrix, 1)


class _SparseProducts(row_products.RowProducts):
    """Products of rows with no column in a dense table: all sparse."""

    def __init__(self, table: Any, *, common_share: float = 1.0) -> None:
        super().__init__(table, common_share=1.0)


@contextmanager
def _busy_core() -> Iterator[None]:
    process = multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()


def _spin() -> None:
    while True:
        pass


OPTIMISATIONS = (
    Optimisation(
        "top-k of many rows at once (row by row)",
        replacing(
            *((module, "top_k_per_row", _top_k_row_by_row) for module in (cold, largest_weights, similarity))
        ),
    ),
    Optimisation("packed libraries (rows)", replacing((training, "read_libraries", _libraries_from_rows))),
    Optimisation(
        "inversion in place, one triangle (NumPy)", replacing((ease, "_invert_lower", _inverted_by_numpy))
    ),
    Optimisation(
        "common columns in a dense table",
        replacing(*((module, "RowProducts", _SparseProducts) for module in (cold, ease))),
    ),
    Optimisation("two threads", replacing((threads, "THREADS", 1))),
    Optimisation(
        "a second thread of BLAS in the inversion", replacing((ease, "_invert_lower", _inverted_by_one))
    ),
    Optimisation("a quiet machine (beside one busy core)", _busy_core),
)
NAMES = [optimisation.name for optimisation in OPTIMISATIONS]


def measurer(store: Path, folder: Path) -> Callable[[str], Figures]:
    """Return what trains on a copy of `store` without one optimisation."""
    copy = folder / "training.sqlite3"

    def measure(name: str) -> Figures:
        shutil.copyfile(store, copy)
        measured = apart(trained, copy, name)
        return Figures({"seconds": measured.result, "peak memory, MB": measured.peak})

    return measure


def trained(store: Path, name: str) -> float:
    """Train on `store` and return the seconds, without the commit."""
    database = Database(store)
    try:
        with named(OPTIMISATIONS, name), database.writer() as session:
            return sum(train(session).seconds.values())
    finally:
        database.close()
