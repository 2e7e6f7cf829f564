"""Products of every two rows of a sparse table: cosines of what describes games, counts of common owners."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# A column that more rows than this share have is kept in a dense table, where products are faster.
_COMMON_SHARE = 0.03
# Rows are multiplied with this many others at a time, so that the sums fit into the processor's cache.
_ROWS_AT_ONCE = 2048


class RowProducts:
    """Products of every two rows of a sparse matrix, a block at a time.

    Of rows of length 1 they are the cosines, of rows of ones the counts of columns in common.

    Args:
        table: rows x columns.
        common_share: Columns that more than this share of the rows have are kept in a dense matrix.
    """

    def __init__(self, table: sparse.csr_array[Any], *, common_share: float = _COMMON_SHARE) -> None:
        rows_with = np.bincount(table.indices, minlength=table.shape[1])
        common = rows_with > common_share * table.shape[0]
        self._common = np.asarray(table[:, np.flatnonzero(common)].toarray(), np.float32)
        self._rare = sparse.csr_array(table[:, np.flatnonzero(~common)])
        # Transposed once rather than for each block.
        self._turned = [self._columns(start, start + _ROWS_AT_ONCE) for start in self._starts(table.shape[0])]

    def block(self, rows: NDArray[np.intp], others: int) -> NDArray[np.float32]:
        """Return the products of some rows with each of the first `others` rows.

        Args:
            rows: The indices of the rows.
            others: How many rows to multiply them with.

        Returns:
            float32 of shape (rows, others).
        """
        products = self._common[rows] @ self._common[:others].T
        rare = self._rare[rows]
        for start, turned in zip(self._starts(others), self._turned, strict=False):
            is_whole = start + turned.shape[1] <= others
            some = sparse.csr_array(rare @ (turned if is_whole else self._columns(start, others)))
            row = np.repeat(np.arange(len(rows)), np.diff(some.indptr))
            products[row, start + some.indices] += some.data
        return products

    def _columns(self, start: int, stop: int) -> sparse.csr_array[Any]:
        return sparse.csr_array(self._rare[start:stop].T)

    def _starts(self, rows: int) -> range:
        return range(0, rows, _ROWS_AT_ONCE)
