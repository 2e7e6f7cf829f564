"""Sums of rows, most of which are worked out by a dense table."""

import numpy as np
import pytest
from scipy import sparse

from recommender.linalg.row_sums import RowSums


@pytest.mark.parametrize("dense", [0, 3, 50])
def test_sums_are_those_of_the_whole_table_whatever_part_of_it_is_dense(dense: int) -> None:
    random = np.random.default_rng(1)
    table = random.random((20, 30), np.float32) * (random.random((20, 30)) < 0.3)
    real, imaginary = random.random((2, 4, 20), np.float32)
    factors = sparse.csr_array((real + np.complex64(1j) * imaginary).astype(np.complex64))
    by_real, by_imaginary = RowSums(sparse.csr_array(table), np.arange(20), dense).of(factors)
    np.testing.assert_allclose(by_real, real @ table, rtol=1e-5)
    np.testing.assert_allclose(by_imaginary, imaginary @ table, rtol=1e-5)
