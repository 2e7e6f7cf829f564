"""The rows of the neighbours table: the weights kept of each game, those to cold games with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, starmap
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.neighbours import NeighbourRow
from recommender.data.words import Features
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Indices, first_of_rows, top_k
from recommender.model.cold import SELF_WEIGHT, Proxies, content_similarity
from store.models import NeighbourBasis

# A game's weights to cold games are worked out from so many of its largest: by more, these rank no better.
_INBOUND = 50


@dataclass(frozen=True, slots=True)
class NeighbourTable:
    """The rows of the neighbours table, computed each time they are iterated over.

    Attributes:
        weights: The weights kept of the warm games, those that enough people own (`largest_weights`).
        features: What describes all games, games x features; rows of length 1 or 0.
        games: The app ids of all games, ascending.
        warm: The indices of the warm games.
        cold: The indices of all others.
        known: The indices of the games that a cold one may have weights to, ascending; the warm ones are
            among them.
        cold_per_game: How many weights a warm game has to cold ones besides.
        per_cold: How many weights a cold game has.
        nearest: Of so many known games that are most similar to a cold one, the warm ones stand for it.
    """

    weights: sparse.csr_array[Any]
    features: Features
    games: NDArray[np.int32]
    warm: Indices
    cold: Indices
    known: Indices
    cold_per_game: int
    per_cold: int
    nearest: int

    def __iter__(self) -> Iterator[NeighbourRow]:
        """Yield the row of every game.

        Those of cold games are ready at once; they come between those of the warm games, so that whoever
        writes them does so while the next are computed.
        """
        proxies, neighbours = content_similarity(
            self.features,
            self.cold,
            self.warm,
            self.known,
            nearest=self.nearest,
            neighbours=self.per_cold,
        )

        def of_block(rows: slice) -> list[NeighbourRow]:
            return self._of_block(rows, proxies)

        cold = self._of_cold(neighbours)
        blocks = list(blocks_of(len(self.warm)))
        for block in in_threads(of_block, blocks):
            yield from block
            yield from islice(cold, ceil(len(self.cold) / len(blocks)))
        yield from cold

    def _of_cold(self, weights: sparse.csr_array[Any]) -> Iterator[NeighbourRow]:
        indices = self.known[weights.indices]
        entries_of = starmap(slice, pairwise(weights.indptr))
        for game, entries in zip(self.games[self.cold], entries_of, strict=True):
            yield NeighbourRow(int(game), NeighbourBasis.CONTENT, indices[entries], weights.data[entries])

    def _of_block(self, rows: slice, proxies: Proxies) -> list[NeighbourRow]:
        weights = self.weights[rows]
        inbound = proxies.inbound_weights(_largest_with_own(weights, rows))
        cold_row, entry = _largest_entries(inbound, self.cold_per_game)
        number = np.arange(weights.shape[0])
        kept = np.concatenate([weights.data, inbound.data[entry]])
        indices = np.concatenate([self.warm[weights.indices], self.cold[inbound.indices[entry]]])
        of_row = np.concatenate([np.repeat(number, np.diff(weights.indptr)), cold_row])
        order = np.lexsort((-np.abs(kept), of_row))
        bounds = np.searchsorted(of_row[order], np.arange(len(number) + 1))
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


def _largest_with_own(weights: sparse.csr_array[Any], rows: slice) -> sparse.csr_array[Any]:
    """Return the largest of some rows of weights, and `SELF_WEIGHT` in the column of each one's own game."""
    largest = first_of_rows(weights, _INBOUND)
    ends = largest.indptr[1:]
    return sparse.csr_array(
        (
            np.insert(largest.data, ends, SELF_WEIGHT),
            np.insert(largest.indices, ends, np.arange(rows.start, rows.stop)),
            np.concatenate(([0], ends + np.arange(1, len(ends) + 1))),
        ),
        shape=weights.shape,
    )


def _largest_entries(table: sparse.csr_array[Any], count: int) -> tuple[Indices, Indices]:
    """Return the row of each of the `count` largest entries of every row, and its place among all."""
    places = [
        start + top_k(table.data[start:stop], count)
        for start, stop in zip(table.indptr[:-1], table.indptr[1:], strict=True)
    ]
    row = np.repeat(np.arange(len(places)), [len(some) for some in places])
    return row, np.concatenate([*places, np.empty(0, np.intp)])
