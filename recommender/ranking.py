"""Choosing the largest of many numbers so that ties never depend on how they were sorted."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]

# Every so manieth number is looked at to guess how large the chosen ones are.
_STRIDE = 16


def strongest(weights: NDArray[np.float32], count: int) -> Places:
    """Return the places of the `count` weights of largest magnitude, zeros left out.

    Largest first; of equal ones the first in place.
    """
    return _strongest_among(weights, np.flatnonzero(weights), count)


def strongest_of_each(rows: NDArray[np.float32], count: int) -> list[Places]:
    """Return what `strongest` does of each of some rows.

    They are looked through together, which NumPy does without holding up other threads.
    """
    length = rows.shape[1]
    bounds = _guesses(rows, count)[:, np.newaxis]
    reached = np.flatnonzero((rows >= bounds) | (rows <= -bounds))
    ends = np.searchsorted(reached, length * np.arange(1, len(rows)))
    found = []
    for number, (row, places) in enumerate(zip(rows, np.split(reached, ends), strict=True)):
        enough = len(places) >= count
        found.append(
            _strongest_among(row, places - number * length, count) if enough else strongest(row, count)
        )
    return found


def _strongest_among(weights: NDArray[np.float32], places: Places, count: int) -> Places:
    few = np.abs(weights[places])
    if len(places) > count:
        reached = few >= np.partition(few, len(few) - count)[-count]
        places, few = places[reached], few[reached]
    return places[np.argsort(-few, kind="stable")][:count]


def _guesses(rows: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Return for each row a bound, above 0, that probably a few times `count` of its magnitudes reach."""
    sample = np.abs(rows[:, ::_STRIDE])
    reaching = min(4 * count // _STRIDE + 1, sample.shape[1])
    least = np.full(len(rows), np.finfo(np.float32).tiny)
    return np.maximum(np.partition(sample, -reaching, axis=1)[:, -reaching], least) if reaching else least
