"""Choosing the largest of many numbers so that ties never depend on how they were sorted."""

import numpy as np
from numpy.typing import NDArray

# Every so manieth number is looked at to guess how large the chosen ones are.
_STRIDE = 16


def strongest(weights: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Return the places of the `count` weights of largest magnitude, zeros left out.

    Largest first; of equal ones the first in place.
    """
    magnitudes = np.abs(weights)
    places = np.flatnonzero(magnitudes >= _guess(magnitudes, count))
    if len(places) < count:
        places = np.flatnonzero(magnitudes)
    if len(places) > count:
        few = magnitudes[places]
        places = places[few >= np.partition(few, len(few) - count)[-count]]
    return places[np.argsort(-magnitudes[places], kind="stable")][:count]


def _guess(magnitudes: NDArray[np.float32], count: int) -> np.float32:
    """Return a bound that probably a few times `count` of the numbers reach, and never 0."""
    sample = magnitudes[::_STRIDE]
    reaching = min(4 * count // _STRIDE + 1, len(sample))
    bound = np.partition(sample, len(sample) - reaching)[-reaching] if reaching else np.float32(0)
    return np.float32(max(bound, np.finfo(np.float32).tiny))
