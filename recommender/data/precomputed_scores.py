"""Precomputing the preference scores of players who own very many games."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from recommender.linalg.threads import in_threads
from store.models import PackedLibrary, PrecomputedScores
from store.scoring.item_index import ItemIndex, load_item_index
from store.scoring.libraries import read_libraries
from store.scoring.preferences import pack_scores
from store.scoring.scorer import RawScores
from store.scoring.weights import Contributions, Weights, load_weights

_BYTES_PER_GAME = 4
# Each of these has raw scores of all games in memory, in every thread.
_PLAYERS_AT_ONCE = 32
_OWNERS_OF_MANY = (
    select(PackedLibrary.player_id)
    .where(func.length(PackedLibrary.game_ids) >= bindparam("bytes"))
    .order_by(PackedLibrary.player_id)
)

_Row = tuple[int, bytes, bytes]


def replace_precomputed_scores(session: Session, precompute_from: int | None) -> None:
    """Replace all precomputed scores by those of the neighbours as they are, in the caller's transaction.

    Args:
        session: A writer's session.
        precompute_from: How many games a player must own; with None, nobody's scores are precomputed.
    """
    session.execute(delete(PrecomputedScores))
    rows = [] if precompute_from is None else list(_rows(session, precompute_from))
    if rows:
        session.execute(
            insert(PrecomputedScores),
            [
                {"player_id": player, "is_positive": is_positive, "scores": scores}
                for player, is_positive, scores in rows
            ],
        )


def _rows(session: Session, precompute_from: int) -> Iterator[_Row]:
    players = session.scalars(_OWNERS_OF_MANY, {"bytes": _BYTES_PER_GAME * precompute_from}).all()
    if not players:
        return iter(())
    games = load_item_index(session)
    weights = load_weights(session, games)
    libraries = [games.index_library(library) for _name, library in read_libraries(session, players)]
    contributions = [weights.contributions(library) for library in libraries]
    compute = _Compute(games, players, contributions, _table(weights))
    blocks = pairwise([*range(0, len(players), _PLAYERS_AT_ONCE), len(players)])
    return chain.from_iterable(in_threads(compute, (slice(start, stop) for start, stop in blocks)))


def _table(weights: Weights) -> "sparse.csr_array[np.complex64]":
    """Return all weights as a sparse table, games x games, for factors that are complex numbers."""
    games, width = len(weights.games), weights.indices.shape[1]
    # Indices of 32 bits, by which products are faster.
    indices, starts = weights.indices.ravel().astype(np.int32), (weights.starts * width).astype(np.int32)
    return sparse.csr_array(
        (weights.weights.ravel().astype(np.complex64), indices, starts), shape=(games, games)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Compute:
    """Computes the scores of some players at a time.

    Their sums of weights are those of `Contributions.raw_scores`, in the same order, but as a product of
    sparse tables: that lets other threads run meanwhile, which adding up in place does not.

    Attributes:
        games: The item index.
        players: The store's own ids.
        contributions: What contributes to the scores of each player.
        table: The weights, games x games.
    """

    games: ItemIndex
    players: Sequence[int]
    contributions: Sequence[Contributions]
    table: "sparse.csr_array[np.complex64]"

    def __call__(self, rows: slice) -> list[_Row]:
        """Return the rows of some players, of those who own a game that contributes."""
        some = self.contributions[rows]
        sums = (self._factors(some) @ self.table).toarray()
        raw_scores = map(RawScores, np.ascontiguousarray(sums.real), np.ascontiguousarray(sums.imag))
        found = []
        for player, of_player, raw in zip(self.players[rows], some, raw_scores, strict=True):
            if len(of_player):
                scores = self.games.scorer.score(raw)
                found.append((player, *pack_scores(scores, len(self.games))))
        return found

    def _factors(self, some: Sequence[Contributions]) -> "sparse.csr_array[np.complex64]":
        """Return what the rows of the weights count, players x games."""
        starts = np.concatenate(([0], np.cumsum([len(one) for one in some]))).astype(np.int32)
        columns: NDArray[Any] = np.concatenate([one.contributors for one in some]).astype(np.int32)
        factors = np.concatenate([one.factors for one in some])
        return sparse.csr_array((factors, columns, starts), shape=(len(some), len(self.games)))
