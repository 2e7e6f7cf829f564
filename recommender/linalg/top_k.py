"""Choosing the weights of largest magnitude, so that ties never depend on how they were sorted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Indices = NDArray[np.intp]

# One magnitude of this many is sampled to estimate the k-th largest.
_SAMPLE_STRIDE = 16
# How many weights are searched together: enough that NumPy's calls cost little, and few enough for the
# processor's cache. The sort key has room for this many rows.
_WEIGHTS_AT_ONCE, _ROWS_AT_ONCE = 1 << 19, 1 << 8
_TINY = np.finfo(np.float32).tiny
# A radix sort key has 64 bits: the row, the bits of a magnitude that is not negative, and the index.
_INDEX_BITS, _ROW_BIT, _MAX_MAGNITUDE = 24, 55, (1 << 31) - 1


def top_k(weights: NDArray[np.float32], k: int) -> Indices:
    """Return the indices of the `k` weights of largest magnitude, zeros left out.

    Args:
        weights: Shape (games,).
        k: How many to choose at most.

    Returns:
        The indices, largest magnitude first and of equals the lower index first.
    """
    indices = np.flatnonzero(weights)
    magnitudes = np.abs(weights[indices])
    if len(indices) > k:
        reached = magnitudes >= np.partition(magnitudes, len(magnitudes) - k)[-k]
        indices, magnitudes = indices[reached], magnitudes[reached]
    return indices[np.argsort(-magnitudes, kind="stable")][:k]


def top_k_per_row(
    rows: NDArray[np.float32], k: int, reaching: NDArray[np.float32] | None = None
) -> sparse.csr_array[Any]:
    """Return what `top_k` chooses of each row, or more where more weights reach a bound.

    Args:
        rows: Shape (rows, games), of 16 million games at most.
        k: How many to choose of each row, where it has as many.
        reaching: A magnitude for each row, of shape (rows,): whatever reaches it is chosen too.

    Returns:
        The chosen weights, float32 of shape (rows, games), those of each row in the order of `top_k`.
    """
    assert rows.shape[1] <= 1 << _INDEX_BITS
    bounds = np.full(len(rows), np.inf, np.float32) if reaching is None else np.maximum(reaching, _TINY)
    at_once = min(max(_WEIGHTS_AT_ONCE // max(rows.shape[1], 1), 1), _ROWS_AT_ONCE)
    found = [(np.empty(0, np.intp), np.empty(0, np.intp))]
    for start in range(0, len(rows), at_once):
        some = slice(start, start + at_once)
        found.append(_top_k_together(rows[some], k, bounds[some]))
    columns, sizes = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return weights_at(rows, columns, sizes)


def weights_at(rows: NDArray[np.float32], columns: Indices, sizes: Indices) -> sparse.csr_array[Any]:
    """Return the weights at some columns of each row, in the order of these.

    Args:
        rows: Shape (rows, games).
        columns: The columns, those of one row after another.
        sizes: How many of them are of each row, shape (rows,).
    """
    weights = rows[np.repeat(np.arange(len(rows)), sizes), columns]
    return sparse.csr_array((weights, columns, np.concatenate(([0], np.cumsum(sizes)))), shape=rows.shape)


def first_of_rows(weights: sparse.csr_array[Any], count: int) -> sparse.csr_array[Any]:
    """Return the first `count` weights of each row, in the order in which it has them."""
    sizes = np.diff(weights.indptr)
    is_kept = np.arange(weights.nnz) - np.repeat(weights.indptr[:-1], sizes) < count
    ends = np.cumsum(np.minimum(sizes, count))
    return sparse.csr_array(
        (weights.data[is_kept], weights.indices[is_kept], np.concatenate(([0], ends))), shape=weights.shape
    )


def _top_k_together(
    rows: NDArray[np.float32], k: int, reaching: NDArray[np.float32]
) -> tuple[Indices, Indices]:
    """Return the columns that `top_k_per_row` chooses of a few rows, and how many of each.

    They are searched and sorted together, which NumPy does in far less time than one after another, and
    without holding up other threads.
    """
    length = rows.shape[1]
    bounds = np.minimum(_lower_bounds(rows, k), reaching)[:, np.newaxis]
    # Flattened: NumPy searches one dimension several times as fast.
    reached = np.flatnonzero((rows >= bounds) | (rows <= -bounds))
    edges = np.searchsorted(reached, length * np.arange(len(rows) + 1))
    sizes = np.diff(edges)
    row = np.repeat(np.arange(len(rows)), sizes)
    magnitudes = np.abs(rows.ravel()[reached])
    wanted = np.maximum(k, np.bincount(row[magnitudes >= reaching[row]], minlength=len(rows)))
    columns = _radix_sorted(row, magnitudes, reached - length * row)
    if (sizes < wanted).any():
        parts = np.split(columns, edges[1:-1])
        for number in np.flatnonzero(sizes < wanted):
            parts[number] = top_k(rows[number], k)
        columns, sizes = np.concatenate(parts), np.array([len(part) for part in parts], np.intp)
    rank = np.arange(len(columns)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return columns[rank < np.repeat(wanted, sizes)], np.minimum(sizes, wanted)


def _radix_sorted(row: Indices, magnitudes: NDArray[np.float32], indices: Indices) -> Indices:
    """Return `indices` by row, then largest magnitude, then index.

    Floats that are not negative are in the order of their bits, so that row, magnitude and index make one
    integer key, and NumPy's sort of integers is the fastest it has.
    """
    smallness = np.uint64(_MAX_MAGNITUDE) - magnitudes.view(np.uint32)
    keys = row.astype(np.uint64) << np.uint64(_ROW_BIT)
    keys |= smallness << np.uint64(_INDEX_BITS)
    keys |= indices.astype(np.uint64)
    keys.sort()
    keys &= np.uint64((1 << _INDEX_BITS) - 1)
    return keys.astype(np.intp)


def _lower_bounds(rows: NDArray[np.float32], k: int) -> NDArray[np.float32]:
    """Return a bound for each row, above 0, that probably a few times `k` of its magnitudes reach."""
    sample = np.abs(rows[:, ::_SAMPLE_STRIDE])
    reaching = min(4 * k // _SAMPLE_STRIDE + 1, sample.shape[1])
    least = np.full(len(rows), _TINY)
    return np.maximum(np.partition(sample, -reaching, axis=1)[:, -reaching], least) if reaching else least
