"""Putting together the rows of the neighbours table: the strongest weights of each game."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.data.content import Content
from recommender.data.neighbours import NeighbourRow
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import blocks_of, in_threads
from recommender.linalg.top_k import Places, strongest, strongest_of_each
from recommender.model.cold import DIRECT, Resemblance, Shares, resemblance
from recommender.model.ease import Ease
from recommender.model.similarity import alikeness
from store.models import NeighbourBasis

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows are made of. `popularity` and `played_share` have an entry for each game.

    `warm` are the places of the games that the weights are learnt for, `cold` those of all others. Each game
    keeps `per_game` weights, of which up to `cold_per_game` may be for cold games, for each of which
    `stand_ins` warm games stand in.
    """

    games: NDArray[np.int32]
    warm: Places
    cold: Places
    popularity: NDArray[np.float64]
    played_share: NDArray[np.float64]
    per_game: int
    cold_per_game: int
    stand_ins: int

    def of(self, ease: Ease, content: Content) -> Iterator[NeighbourRow]:
        """Yield the row of every game.

        Those of cold games are ready at once; they come between those of the warm games, so that whoever
        writes them does so while the next are worked out.
        """
        resembling, most_alike = resemblance(
            content, self.cold, self.warm, stand_ins=self.stand_ins, neighbours=self.per_game
        )
        described = RowProducts(content.features[self.warm])

        def of_block(rows: slice) -> list[NeighbourRow]:
            return self._of_block(rows, ease, described, resembling)

        cold = self._of_cold(most_alike)
        blocks = list(blocks_of(len(self.warm)))
        for block in in_threads(of_block, blocks):
            yield from block
            yield from islice(cold, ceil(len(self.cold) / len(blocks)))
        yield from cold

    def _of_cold(self, most_alike: list[Shares]) -> Iterator[NeighbourRow]:
        for place, (places, shares) in zip(self.cold, most_alike, strict=True):
            nobody = np.zeros(len(places), np.int32)
            yield NeighbourRow(int(self.games[place]), NeighbourBasis.CONTENT, places, shares, shares, nobody)

    def _of_block(
        self, rows: slice, ease: Ease, described: RowProducts, resembling: Resemblance
    ) -> list[NeighbourRow]:
        weights, common = ease.weights(rows), ease.common_owners(rows)
        cosines = described.block(np.arange(rows.start, rows.stop), len(self.warm))
        chosen = strongest_of_each(weights, self.per_game)
        weights[np.arange(len(chosen)), np.arange(rows.start, rows.stop)] = DIRECT
        with_self = [np.append(best, own) for own, best in enumerate(chosen, rows.start)]
        newest = self._newest(resembling.spoken_for(only(weights, with_self)))
        best = [
            all_best[: self.per_game - len(new)] for all_best, (new, _) in zip(chosen, newest, strict=True)
        ]

        row, column = _flat(best)
        new_row, new_column = _flat([new for new, _ in newest])
        unowned = np.zeros(len(new_row), np.float32)
        speaking = np.concatenate([weights[row, column], *(said for _, said in newest)])
        counts = np.concatenate([common[row, column], unowned])
        cosine = np.concatenate([cosines[row, column], unowned])
        places = np.concatenate([self.warm[column], self.cold[new_column]])
        alike = alikeness(speaking, counts, cosine, self.popularity[places], self.played_share[places])

        of_row = np.concatenate([row, new_row])
        order = np.lexsort((-np.abs(speaking), of_row))
        bounds = np.searchsorted(of_row[order], np.arange(len(chosen) + 1))
        return [
            NeighbourRow(
                int(self.games[place]),
                NeighbourBasis.LIBRARIES,
                places[entries],
                speaking[entries],
                alike[entries],
                counts[entries].astype(np.int32),
            )
            for place, start, stop in zip(self.warm[rows], bounds[:-1], bounds[1:], strict=True)
            for entries in [order[start:stop]]
        ]

    def _newest(self, of_cold: "sparse.csr_array[np.float32]") -> list[tuple[Places, Weights]]:
        """Return which cold games each row speaks for most, as places among them, and the weights."""
        newest = []
        for start, stop in zip(of_cold.indptr[:-1], of_cold.indptr[1:], strict=True):
            weights = of_cold.data[start:stop]
            most = strongest(weights, self.cold_per_game)
            newest.append((of_cold.indices[start:stop][most].astype(np.intp), weights[most]))
        return newest


def only(weights: Weights, chosen: list[Places]) -> "sparse.csr_array[np.float32]":
    """Return the weights at the `chosen` columns of each row."""
    starts = np.concatenate(([0], np.cumsum([len(places) for places in chosen], dtype=np.int64)))
    row, column = _flat(chosen)
    return sparse.csr_array((weights[row, column], column, starts), shape=weights.shape)


def _flat(columns: list[Places]) -> tuple[Places, Places]:
    """Return the row and the column of each entry."""
    row = np.repeat(np.arange(len(columns)), [len(some) for some in columns])
    return row, np.concatenate([*columns, np.empty(0, np.intp)])
