"""The rows of the neighbours table: the weights kept of each game, those to cold games with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.data.neighbours import NeighbourRow
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Indices, top_k
from recommender.model.cold import SELF_WEIGHT, Proxies, Shares, content_similarity
from store.models import NeighbourBasis

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NeighbourTable:
    """The rows of the neighbours table, computed each time they are iterated over.

    Attributes:
        weights: The weights kept of the warm games, those that enough people own (`largest_weights`).
        content: The content of all games.
        games: The app ids of all games, ascending.
        warm: The indices of the warm games.
        cold: The indices of all others.
        cold_per_game: How many weights a warm game has to cold ones besides.
        per_cold: How many weights a cold game has.
        proxies: How many warm games stand for a cold one.
    """

    weights: sparse.csr_array[Any]
    content: Content
    games: NDArray[np.int32]
    warm: Indices
    cold: Indices
    cold_per_game: int
    per_cold: int
    proxies: int

    def __iter__(self) -> Iterator[NeighbourRow]:
        """Yield the row of every game.

        Those of cold games are ready at once; they come between those of the warm games, so that whoever
        writes them does so while the next are computed.
        """
        proxies, neighbours = content_similarity(
            self.content, self.cold, self.warm, proxies=self.proxies, neighbours=self.per_cold
        )

        def of_block(rows: slice) -> list[NeighbourRow]:
            return self._of_block(rows, proxies)

        cold = self._of_cold(neighbours)
        blocks = list(blocks_of(len(self.warm)))
        for block in in_threads(of_block, blocks):
            yield from block
            yield from islice(cold, ceil(len(self.cold) / len(blocks)))
        yield from cold

    def _of_cold(self, neighbours: list[Shares]) -> Iterator[NeighbourRow]:
        for index, (indices, shares) in zip(self.cold, neighbours, strict=True):
            yield NeighbourRow(int(self.games[index]), NeighbourBasis.CONTENT, indices, shares)

    def _of_block(self, rows: slice, proxies: Proxies) -> list[NeighbourRow]:
        weights = self.weights[rows]
        to_cold = self._to_cold(proxies.inbound_weights(_with_own(weights, rows)))
        sizes = np.diff(weights.indptr)
        cold_row, cold_column = _flat([columns for columns, _ in to_cold])
        kept = np.concatenate([weights.data, *(inbound for _, inbound in to_cold)])
        indices = np.concatenate([self.warm[weights.indices], self.cold[cold_column]])
        of_row = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), cold_row])
        order = np.lexsort((-np.abs(kept), of_row))
        bounds = np.searchsorted(of_row[order], np.arange(len(sizes) + 1))
        return [
            NeighbourRow(
                int(self.games[index]),
                NeighbourBasis.LIBRARIES,
                indices[entries],
                kept[entries],
            )
            for index, start, stop in zip(self.warm[rows], bounds[:-1], bounds[1:], strict=True)
            for entries in [order[start:stop]]
        ]

    def _to_cold(self, inbound: "sparse.csr_array[np.float32]") -> list[tuple[Indices, Weights]]:
        """Return the largest weights of each row to cold games: the columns of these, and the weights."""
        found = []
        for start, stop in zip(inbound.indptr[:-1], inbound.indptr[1:], strict=True):
            weights = inbound.data[start:stop]
            largest = top_k(weights, self.cold_per_game)
            found.append((inbound.indices[start:stop][largest].astype(np.intp), weights[largest]))
        return found


def _with_own(weights: sparse.csr_array[Any], rows: slice) -> sparse.csr_array[Any]:
    """Return some rows of weights with `SELF_WEIGHT` in the column of each one's own game."""
    own, ends = np.arange(rows.start, rows.stop), weights.indptr[1:]
    return sparse.csr_array(
        (
            np.insert(weights.data, ends, SELF_WEIGHT),
            np.insert(weights.indices, ends, own),
            weights.indptr + np.arange(len(weights.indptr)),
        ),
        shape=weights.shape,
    )


def _flat(columns: list[Indices]) -> tuple[Indices, Indices]:
    """Return the row and the column of each entry."""
    row = np.repeat(np.arange(len(columns)), [len(some) for some in columns])
    return row, np.concatenate([*columns, np.empty(0, np.intp)])
