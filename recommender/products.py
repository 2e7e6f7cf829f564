"""Products of every two rows of a sparse table: cosines of what describes games, counts of common owners."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

# A column that more rows than this share have is kept in a dense table, where products are faster.
_COMMON_SHARE = 0.03


class RowProducts:
    """Products of every two rows of `table`, a block at a time.

    Of rows of length 1 they are the cosines, of rows of ones the counts of columns in common. Columns that
    more rows than `common_share` have are kept in a dense table.
    """

    def __init__(self, table: sparse.csr_array[Any], *, common_share: float = _COMMON_SHARE) -> None:
        rows_with = np.bincount(table.indices, minlength=table.shape[1])
        common = rows_with > common_share * table.shape[0]
        self._common = np.asarray(table[:, np.flatnonzero(common)].toarray(), np.float32)
        self._rare = sparse.csr_array(table[:, np.flatnonzero(~common)])

    def block(self, rows: NDArray[np.intp], others: int) -> NDArray[np.float32]:
        """Return the product of each of `rows` with each of the first `others` rows."""
        products = self._common[rows] @ self._common[:others].T
        rare = sparse.csr_array(self._rare[rows] @ self._rare[:others].T)
        for row, start, stop in zip(products, rare.indptr[:-1], rare.indptr[1:], strict=True):
            row[rare.indices[start:stop]] += rare.data[start:stop]
        return products
