"""Arrays of numbers as the store keeps them: little-endian, one item after another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.errors import DatabaseUnavailable

NEIGHBOURS = (
    "What the store says of neighbours does not fit together; work it out anew with `nextplay train`."
)
LIBRARIES = (
    "What the store says of libraries does not fit together; go back to a backup with `nextplay restore`."
)


def unpacked(packed: Sequence[bytes], kinds: Sequence[str], otherwise: str) -> list[NDArray[Any]]:
    """Return arrays as the store has them; their items are of these kinds, and as many in each.

    Raises DatabaseUnavailable with the text `otherwise` if they are not.
    """
    sizes = [np.dtype(kind).itemsize for kind in kinds]
    counts = {divmod(len(one), size) for one, size in zip(packed, sizes, strict=True)}
    require(len(counts) == 1 and counts.pop()[1] == 0, otherwise)
    return [np.frombuffer(one, kind) for one, kind in zip(packed, kinds, strict=True)]


def are_places(numbers: NDArray[np.integer], games: int) -> bool:
    """Tell whether all numbers are places among so many games."""
    return not len(numbers) or (numbers.min() >= 0 and numbers.max() < games)


def require(fits: bool, otherwise: str) -> None:
    """Raise DatabaseUnavailable with the text `otherwise` unless what was read fits together."""
    if not fits:
        raise DatabaseUnavailable(otherwise)
