"""Sums of rows of a sparse table, each row times factors: what libraries add up of weights."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# As many rows and columns of a larger table, those used most, are kept in a dense one, where sums take a
# tenth of the time: few games are owned by most, and those have most of the weights.
_DENSE = 2048


class RowSums:
    """Sums of rows of a sparse table, by two factors at once.

    Args:
        table: float32, rows x columns.
        uses: How often each row is summed up, of shape (rows,): what is used most is faster.
        dense: How many rows and columns are kept in a dense table, of a table that has more rows.
    """

    def __init__(self, table: sparse.csr_array[Any], uses: NDArray[np.integer], dense: int = _DENSE) -> None:
        sizes = np.diff(table.indptr)
        uses_of_columns = np.bincount(table.indices, np.repeat(uses, sizes), table.shape[1])
        if table.shape[0] <= dense:
            dense = 0
        self._rows, is_row = _most(uses, dense)
        self._columns, is_column = _most(uses_of_columns, dense)
        self._core = sparse.csr_array(sparse.csr_array(table[self._rows])[:, self._columns]).toarray()
        is_rare = ~(np.repeat(is_row, sizes) & is_column[table.indices])
        starts = np.concatenate(([0], np.cumsum(is_rare)))[table.indptr]
        # Indices of 32 bits, by which products are faster.
        indices = table.indices[is_rare].astype(np.int32), starts.astype(np.int32)
        self._rare = sparse.csr_array((table.data[is_rare].astype(np.complex64), *indices), shape=table.shape)

    def of(self, factors: sparse.csr_array[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the sums by the real parts of `factors`, and those by the imaginary parts.

        Args:
            factors: complex64, sums x rows.

        Returns:
            Two arrays, float32 of shape (sums, columns).
        """
        both = (factors @ self._rare).toarray()
        of_core = sparse.csr_array(factors[:, self._rows]).toarray()
        return self._with_core(both.real, of_core.real), self._with_core(both.imag, of_core.imag)

    def _with_core(self, rare: NDArray[np.float32], of_core: NDArray[np.float32]) -> NDArray[np.float32]:
        sums = np.ascontiguousarray(rare)
        if len(self._core):
            sums[:, self._columns] += np.ascontiguousarray(of_core) @ self._core
        return sums


def _most(counts: NDArray[Any], number: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the indices of the largest counts, ascending, and the mask of them."""
    indices = np.sort(np.argsort(-counts, kind="stable")[:number])
    mask = np.zeros(len(counts), bool)
    mask[indices] = True
    return indices, mask
