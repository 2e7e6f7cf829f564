"""EASE: item-item weights learnt from libraries in closed form.

H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019. With X the matrix of players x
games and G = X'X its Gram matrix, the weights are B = I - P diag(1 / diag(P)) with P = inv(G + ridge I),
which has a zero diagonal: B minimizes |X - XB|^2 + ridge |B|^2 under that condition. A player's raw scores
are X's row times B, the sum of the rows of the games owned. The games' TF-IDF features enter as extra
players, each of whom "owns" the games that have the feature, so that similar games have weights to each other
where few people own both.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from recommender.data.words import Features
from recommender.linalg.row_products import RowProducts
from recommender.linalg.threads import MapBlocks, blocks_of, in_threads

Matrix = NDArray[np.float32]

# A library of more than this share of all games is kept in a dense table while common owners are counted. The
# few large ones make most of the work: it grows with the square of their sizes.
_LARGE_LIBRARY = 0.06
# How many columns are copied at a time between matrices of which one is in Fortran order.
_COLUMNS_AT_ONCE = 128
# Of up to so many owned games the feature rows count most, and of the other number or more just once.
_FEW_OWNED, _MANY_OWNED = 100_000, 1_000_000
_CONTENT_OF_FEW = 15.0
_ROOT_RIDGE_OF_FEW = 6.0


@dataclass(frozen=True, slots=True)
class EaseSettings:
    """The knobs of EASE, by default those for many libraries (`for_owned_games`).

    Attributes:
        ridge: The paper's lambda.
        denoising: The share of the Gram matrix's diagonal that is added to it (EDLAE: H. Steck, "Autoencoders
            that don't overfit towards the Identity", NeurIPS 2020).
        content: How many times the feature rows count.
        centring: The share of the games' means that is taken off first: what everybody owns is then explained
            by its popularity rather than by every other game (0 is EASE, 1 a regression with an intercept).
        inversion_threads: How many threads of LAPACK invert the matrix. Their number decides how sums are
            divided, and so the last bits of all weights. Two are faster on two free cores, but spin while
            they wait for one another: beside another busy process one alone is several times as fast.
        root_ridge: How many times the root of a game's owners is added to its ridge.
    """

    ridge: float = 20.0
    denoising: float = 0.1
    content: float = 1.0
    centring: float = 0.5
    inversion_threads: int = 2
    root_ridge: float = 0.0

    @classmethod
    def for_owned_games(cls, owned_games: int) -> "EaseSettings":
        """Return the knobs for libraries of so many games in all.

        The less there is to learn from, the more content must say, and the stronger the ridge must be.
        """
        grown = log(max(owned_games, 1) / _FEW_OWNED) / log(_MANY_OWNED / _FEW_OWNED)
        scarcity = 1 - min(max(grown, 0.0), 1.0)
        return cls(content=_CONTENT_OF_FEW**scarcity, root_ridge=_ROOT_RIDGE_OF_FEW * scarcity)

    def ridges(self, owners: Matrix) -> Matrix:
        """Return what is added to the diagonal for games of so many owners, float32 of the same shape."""
        ridges = self.ridge + self.denoising * owners + self.root_ridge * np.sqrt(owners)
        return np.asarray(ridges, np.float32)


class Ease:
    """The fitted weights, kept as the inverse from which each is one division away.

    One square float32 matrix is all the memory that fitting takes: its lower triangle is overwritten by the
    inverse, its strict upper triangle keeps the counts of common owners.
    """

    def __init__(self, matrix: Matrix, owners: Matrix) -> None:
        self._matrix = matrix
        self._diagonal = np.diag(matrix).copy()
        self._owners = owners

    @property
    def games(self) -> int:
        """Return the number of games."""
        return len(self._diagonal)

    @property
    def diagonal(self) -> Matrix:
        """Return the diagonal of the inverse, float32 of shape (games,)."""
        return self._diagonal

    def times_inverse(self, libraries: sparse.csr_array[Any]) -> Matrix:
        """Return some libraries times the inverse, float32 of shape (players, games)."""
        products = np.empty(libraries.shape, np.float32)

        def multiply(rows: slice) -> None:
            columns = np.empty((self.games, rows.stop - rows.start), np.float32)
            _copy(_symmetric_rows(self._matrix, rows, lower=True), columns.T)
            products[:, rows] = libraries @ columns

        deque(in_threads(multiply, blocks_of(self.games)), maxlen=0)
        return products

    def weights(self, rows: slice) -> Matrix:
        """Return some rows of B, float32 of shape (rows, games); 0 in the columns of their own games."""
        weights = _symmetric_rows(self._matrix, rows, lower=True)
        weights /= -self._diagonal
        own = np.arange(rows.start, rows.stop)
        weights[own - rows.start, own] = 0
        return weights

    def common_owners(self, rows: slice) -> Matrix:
        """Return some rows of the Gram matrix of all players, float32 of shape (rows, games)."""
        common = _symmetric_rows(self._matrix, rows, lower=False)
        own = np.arange(rows.start, rows.stop)
        common[own - rows.start, own] = self._owners[rows]
        return common


def fit_ease(
    libraries: sparse.csr_array[Any],
    features: Callable[[], Features],
    settings: EaseSettings,
    *,
    map_blocks: MapBlocks = in_threads,
) -> Ease:
    """Fit EASE.

    Args:
        libraries: players x games, ones.
        features: Returns games x features; it is called once common owners are counted.
        settings: The knobs.
        map_blocks: What common owners and features are counted by.

    Raises:
        ValueError: The settings leave the matrix singular.
    """
    players, games = libraries.shape
    matrix = gram(libraries, map_blocks)
    owners = np.diag(matrix).copy()
    mean_share = np.float32(settings.centring / max(players, 1))
    add = partial(_added, RowProducts(features()), np.float32(settings.content), owners, mean_share)
    for rows, added in map_blocks(add, blocks_of(games)):
        for columns in _tiles(rows.stop):
            matrix[rows, columns] += added[:, columns]
    matrix[np.diag_indices_from(matrix)] += settings.ridges(owners)
    if games:
        _invert_lower(matrix, settings.inversion_threads)
    return Ease(matrix, owners)


def gram(libraries: sparse.csr_array[Any], map_blocks: MapBlocks = in_threads) -> Matrix:
    """Return the counts of common owners of every two games, in Fortran order; the diagonal counts owners."""
    games = libraries.shape[1]
    matrix = np.empty((games, games), np.float32, order="F")
    count = partial(_up_to_themselves, owner_products(libraries))
    for rows, common in map_blocks(count, blocks_of(games)):
        matrix[rows, : rows.stop] = common
        matrix[: rows.stop, rows] = common.T
    return matrix


def owner_products(libraries: sparse.csr_array[Any]) -> RowProducts:
    """Return the products of every two games' owners: how many players own both."""
    return RowProducts(sparse.csr_array(libraries.T), common_share=_LARGE_LIBRARY)


def _up_to_themselves(products: RowProducts, rows: slice) -> tuple[slice, Matrix]:
    """Return the products of some games with all before and themselves."""
    return rows, products.block(np.arange(rows.start, rows.stop), rows.stop)


def _added(
    described: RowProducts, content: np.float32, owners: Matrix, mean_share: np.float32, rows: slice
) -> tuple[slice, Matrix]:
    """Return what is added to the lower triangle: the feature rows' products, less those of the means."""
    added = content * described.block(np.arange(rows.start, rows.stop), rows.stop)
    added -= np.outer(owners[rows] * mean_share, owners[: rows.stop])
    added[:, rows] = np.tril(added[:, rows])
    return rows, added


def _invert_lower(matrix: Matrix, threads: int) -> None:
    """Overwrite the lower triangle of a positive definite matrix in Fortran order by its inverse's."""
    with threadpool_limits(threads):
        factor, failed = lapack.spotrf(matrix, lower=1, clean=0, overwrite_a=1)
        if not failed:
            factor, failed = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise ValueError("The Gram matrix is singular; raise the ridge.")
    assert np.shares_memory(factor, matrix)


def _symmetric_rows(matrix: Matrix, rows: slice, *, lower: bool) -> Matrix:
    """Return rows of the symmetric matrix of which only one triangle is stored."""
    block = np.empty((rows.stop - rows.start, len(matrix)), np.float32)
    before, inside, after = slice(0, rows.start), matrix[rows, rows], slice(rows.stop, None)
    if lower:
        _copy(matrix[rows, before], block[:, before])
        block[:, rows] = np.tril(inside) + np.tril(inside, -1).T
        block[:, after] = matrix[after, rows].T
    else:
        block[:, before] = matrix[before, rows].T
        block[:, rows] = np.triu(inside) + np.triu(inside, 1).T
        _copy(matrix[rows, after], block[:, after])
    return block


def _copy(source: Matrix, target: Matrix) -> None:
    for columns in _tiles(source.shape[1]):
        target[:, columns] = source[:, columns]


def _tiles(columns: int) -> Iterator[slice]:
    """Yield some columns at a time, for matrices of which one is in Fortran order and the other is not.

    Rows of the former taken whole would need another page of memory for each number.
    """
    for start in range(0, columns, _COLUMNS_AT_ONCE):
        yield slice(start, min(start + _COLUMNS_AT_ONCE, columns))
