"""Choosing the weights of largest magnitude, so that ties never depend on how they were sorted."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

# One magnitude of this many is sampled to estimate the k-th largest.
_SAMPLE_STRIDE = 16
# So many rows are searched together that NumPy's calls cost little, and so few that they stay in the cache.
_ROWS_AT_ONCE = 32
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
) -> list[Indices]:
    """Return what `top_k` does of each row, or more where more weights reach a bound.

    Args:
        rows: Shape (rows, games), of 16 million games at most.
        k: How many to choose of each row, where it has as many.
        reaching: A magnitude for each row, of shape (rows,): whatever reaches it is chosen too.
    """
    assert rows.shape[1] <= 1 << _INDEX_BITS
    bounds = np.full(len(rows), np.inf, np.float32) if reaching is None else np.maximum(reaching, _TINY)
    found = []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        found += _top_k_together(rows[some], k, bounds[some])
    return found


def _top_k_together(rows: NDArray[np.float32], k: int, reaching: NDArray[np.float32]) -> list[Indices]:
    """Return what `top_k_per_row` does of a few rows.

    They are searched and sorted together, which NumPy does in far less time than one after another, and
    without holding up other threads.
    """
    length = rows.shape[1]
    bounds = np.minimum(_lower_bounds(rows, k), reaching)[:, np.newaxis]
    # Flattened: NumPy searches one dimension several times as fast.
    reached = np.flatnonzero((rows >= bounds) | (rows <= -bounds))
    edges = np.searchsorted(reached, length * np.arange(len(rows) + 1))
    row = np.repeat(np.arange(len(rows)), np.diff(edges))
    magnitudes = np.abs(rows.ravel()[reached])
    wanted = np.maximum(k, np.bincount(row[magnitudes >= reaching[row]], minlength=len(rows)))
    indices = _radix_sorted(row, magnitudes, reached - length * row)
    found = []
    for number, ((start, end), count) in enumerate(
        zip(pairwise(edges.tolist()), wanted.tolist(), strict=True)
    ):
        if end - start >= count:
            # A copy: a view would keep the indices of all rows in memory.
            found.append(indices[start : start + count].copy())
        else:
            found.append(top_k(rows[number], k))
    return found


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
