"""EASE by one small ridge regression a game, for catalogues whose full matrix is too large to be inverted.

Column j of EASE's weights is the ridge regression of owning game j on owning every other game
(`recommender.model.ease`). Here it is the regression on the games that go with it most alone: those of the
largest |A[i, j]| / sqrt(A[i, i]), where A is the same regularized Gram matrix. So it costs a small system of
equations a game, time and memory grow with the games and not with their square or cube, and every game can be
solved elsewhere. With all other games as neighbours the weights are those of EASE. Sparse regressions of this
kind: X. Ning and G. Karypis, "SLIM", ICDM 2011; its neighbourhoods are chosen in the same way (fsSLIM).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack

from recommender.data.words import Features
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import MapBlocks, blocks_of, in_threads
from recommender.linalg.top_k import Indices, top_k_per_row
from recommender.model.common_owners import CommonOwners, Packed, packed_pairs
from recommender.model.ease import EaseSettings, Matrix, owner_products

Neighbours = NDArray[np.int32]

NEIGHBOURS = 300


class NeighbourhoodEase:
    """The fitted weights, those that are not 0 alone.

    Args:
        weights: games x games; row i is what owning game i adds to the raw score of each game.
        owned: The libraries, for counts of common owners.
    """

    def __init__(self, weights: sparse.csr_array[Any], owned: RowProducts) -> None:
        self._weights = weights
        self._owned = owned

    @property
    def games(self) -> int:
        """Return the number of games."""
        return int(self._weights.shape[0])

    def weights(self, rows: slice) -> Matrix:
        """Return some rows of the weights, float32 of shape (rows, games)."""
        return np.asarray(self._weights[rows].toarray(), np.float32)

    def common_owners(self, rows: slice) -> Matrix:
        """Return some rows of the Gram matrix of all players, float32 of shape (rows, games)."""
        return self._owned.block(np.arange(rows.start, rows.stop), self.games)


def fit_neighbourhood(
    libraries: sparse.csr_array[Any],
    features: Callable[[], Features],
    settings: EaseSettings,
    *,
    held_out: sparse.csr_array[Any] | None = None,
    neighbours: int = NEIGHBOURS,
    map_blocks: MapBlocks = in_threads,
) -> NeighbourhoodEase:
    """Fit EASE on the neighbourhood of each game.

    Args:
        libraries: players x games, ones.
        features: Returns games x features.
        settings: The knobs of EASE.
        held_out: Rows that are among those of `libraries` and counted as owners, but not learnt from.
        neighbours: How many games each is learnt from.
        map_blocks: What the games are worked on by.

    Raises:
        ValueError: The settings leave the matrix of a neighbourhood singular.
    """
    games = libraries.shape[1]
    owned = owner_products(libraries)
    terms = _terms(libraries, held_out, features(), settings)
    choose = _Choose(
        owned, None if held_out is None else owner_products(held_out), terms.products(), terms, neighbours
    )
    parts: list[Packed] = []
    chosen: list[Neighbours] = []
    for pairs, of_block in map_blocks(choose, blocks_of(games)):
        parts.append(pairs)
        chosen += of_block
    del choose
    solve = _Solve(terms, CommonOwners(games, parts), chosen)
    del parts
    weights = list(chain.from_iterable(map_blocks(solve, blocks_of(games))))
    starts = np.concatenate(([0], np.cumsum([len(indices) for indices in chosen], dtype=np.int64)))
    by_column = sparse.csc_array(
        (
            np.concatenate([*weights, np.empty(0, np.float32)]),
            np.concatenate([*chosen, np.empty(0, np.int32)]),
            starts,
        ),
        shape=(games, games),
    )
    return NeighbourhoodEase(sparse.csr_array(by_column), owned)


@dataclass(frozen=True, slots=True, eq=False)
class _Terms:
    """The regularized Gram matrix but for its counts of common owners.

    Attributes:
        owners: The number of owners of each game who are learnt from, float32 of shape (games,).
        diagonal: The diagonal of the whole matrix, of the same shape.
        features: games x features.
        content: How many times the feature rows count.
        mean_share: What the product of two games' owners is taken off times.
    """

    owners: Matrix
    diagonal: Matrix
    features: Features
    content: np.float32
    mean_share: np.float32

    def products(self) -> RowProducts:
        """Return the products of every two games' features."""
        return RowProducts(self.features)

    def among(self, games: Indices) -> Matrix:
        """Return the part of some games, float32 of shape (games, games), with the whole diagonal."""
        features = self.features[games]
        owners = self.owners[games]
        part = self.content * np.asarray((features @ features.T).toarray(), np.float32)
        part -= np.outer(owners * self.mean_share, owners)
        part[np.diag_indices_from(part)] = self.diagonal[games]
        return part


def _terms(
    libraries: sparse.csr_array[Any],
    held_out: sparse.csr_array[Any] | None,
    features: Features,
    settings: EaseSettings,
) -> _Terms:
    players, games = libraries.shape
    owners = np.bincount(libraries.indices, minlength=games).astype(np.float32)
    if held_out is not None:
        players -= held_out.shape[0]
        owners -= np.bincount(held_out.indices, minlength=games).astype(np.float32)
    content = np.float32(settings.content)
    mean_share = np.float32(settings.centring / max(players, 1))
    diagonal = np.asarray(
        owners
        + content * np.asarray(features.multiply(features).sum(axis=1)).ravel()
        - owners * mean_share * owners
        + settings.ridges(owners),
        np.float32,
    )
    return _Terms(owners, diagonal, features, content, mean_share)


@dataclass(frozen=True, slots=True, eq=False)
class _Choose:
    """Counts common owners and chooses neighbours; called with some games at a time, here or elsewhere.

    Attributes:
        owned: The libraries.
        held_out: Those that are not learnt from.
        described: What describes the games.
        terms: The rest of the matrix.
        neighbours: How many each game has.
    """

    owned: RowProducts
    held_out: RowProducts | None
    described: RowProducts
    terms: _Terms
    neighbours: int

    def __call__(self, rows: slice) -> tuple[Packed, list[Neighbours]]:
        """Return the pairs of these games with those before them, and the neighbours of each, ascending."""
        indices, games = np.arange(rows.start, rows.stop), len(self.terms.owners)
        common = self.owned.block(indices, games)
        if self.held_out is not None:
            common -= self.held_out.block(indices, games)
        pairs = packed_pairs(rows, common)
        if self.neighbours >= games - 1:
            return pairs, [np.delete(np.arange(games, dtype=np.int32), index) for index in indices]
        strength = self.terms.content * self.described.block(indices, games)
        strength -= np.outer(self.terms.owners[rows] * self.terms.mean_share, self.terms.owners)
        strength += common
        strength /= np.sqrt(np.maximum(self.terms.diagonal, np.finfo(np.float32).tiny))
        strength[indices - rows.start, indices] = 0
        # Half as large as they come, for there are many.
        best = top_k_per_row(strength, self.neighbours)
        return pairs, [np.sort(some).astype(np.int32) for some in np.split(best.indices, best.indptr[1:-1])]


@dataclass(frozen=True, slots=True, eq=False)
class _Solve:
    """Solves the regressions of some games at a time, here or elsewhere.

    Attributes:
        terms: The matrix but for common owners.
        common: The counts of these.
        chosen: The neighbours of each game, ascending.
    """

    terms: _Terms
    common: CommonOwners
    chosen: list[Neighbours]

    def __call__(self, rows: slice) -> list[Matrix]:
        """Return the weights of each of these games' neighbours to it, in their order."""
        return [self._weights(game) for game in range(rows.start, rows.stop)]

    def _weights(self, game: int) -> Matrix:
        neighbours = self.chosen[game]
        if not len(neighbours):
            return np.empty(0, np.float32)
        together = np.append(neighbours, game).astype(np.intp)
        matrix = self.terms.among(together)
        matrix += self.common.among(together)
        _factor, weights, failed = lapack.sposv(matrix[:-1, :-1], matrix[:-1, -1], lower=1)
        if failed:
            raise ValueError("The matrix of a neighbourhood is singular; raise the ridge.")
        return np.asarray(weights, np.float32)
