"""Choosing the largest of many numbers so that ties never depend on how they were sorted."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

# Every so manieth number is looked at to guess how large the chosen ones are.
_STRIDE = 16
# The bits of a place, of a magnitude that is not negative, and of the number of a row: 64 in all.
_PLACE_BITS, _ROW_BIT, _LARGEST = 24, 55, (1 << 31) - 1


def strongest(weights: NDArray[np.float32], count: int) -> Places:
    """Return the places of the `count` weights of largest magnitude, zeros left out.

    Largest first; of equal ones the first in place.
    """
    places = np.flatnonzero(weights)
    few = np.abs(weights[places])
    if len(places) > count:
        reached = few >= np.partition(few, len(few) - count)[-count]
        places, few = places[reached], few[reached]
    return places[np.argsort(-few, kind="stable")][:count]


def strongest_of_each(rows: NDArray[np.float32], count: int) -> list[Places]:
    """Return what `strongest` does of each of some rows, 512 at most of 16 million weights at most.

    They are looked through and sorted together, which NumPy does without holding up other threads.
    """
    assert len(rows) <= 1 << (64 - _ROW_BIT)
    assert rows.shape[1] <= 1 << _PLACE_BITS
    length = rows.shape[1]
    bounds = _guesses(rows, count)[:, np.newaxis]
    # In one dimension, in which they are found several times as fast.
    reached = np.flatnonzero((rows >= bounds) | (rows <= -bounds))
    edges = np.searchsorted(reached, length * np.arange(len(rows) + 1))
    row = np.repeat(np.arange(len(rows)), np.diff(edges))
    sorted_places = _sorted(row, np.abs(rows.ravel()[reached]), reached - length * row)
    found = []
    for number, (start, end) in enumerate(pairwise(edges.tolist())):
        if end - start >= count:
            # A copy, so that whoever keeps it does not keep the others of all rows too.
            found.append(sorted_places[start : start + count].copy())
        else:
            found.append(strongest(rows[number], count))
    return found


def _sorted(row: Places, magnitudes: NDArray[np.float32], places: Places) -> Places:
    """Return `places` by row, then largest magnitude, then place.

    Numbers that are not negative are in the order of their bits, so that row, magnitude and place make one
    whole number, of which NumPy sorts very many at once.
    """
    smallness = np.uint64(_LARGEST) - magnitudes.view(np.uint32)
    keys = row.astype(np.uint64) << np.uint64(_ROW_BIT)
    keys |= smallness << np.uint64(_PLACE_BITS)
    keys |= places.astype(np.uint64)
    keys.sort()
    keys &= np.uint64((1 << _PLACE_BITS) - 1)
    return keys.astype(np.intp)


def _guesses(rows: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Return for each row a bound, above 0, that probably a few times `count` of its magnitudes reach."""
    sample = np.abs(rows[:, ::_STRIDE])
    reaching = min(4 * count // _STRIDE + 1, sample.shape[1])
    least = np.full(len(rows), np.finfo(np.float32).tiny)
    return np.maximum(np.partition(sample, -reaching, axis=1)[:, -reaching], least) if reaching else least
