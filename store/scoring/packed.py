"""Arrays of numbers as the store keeps them: little-endian, one item after another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.errors import DatabaseUnavailable

NEIGHBOURS = (
    "What the store says of neighbours does not fit together; work it out again with `nextplay train`."
)
LIBRARIES = (
    "What the store says of libraries does not fit together; go back to a backup with `nextplay restore`."
)


def decode_arrays(packed: Sequence[bytes], dtypes: Sequence[str], message: str) -> list[NDArray[Any]]:
    """Return the arrays of one row, all of the same length.

    Args:
        packed: The bytes of each array.
        dtypes: The NumPy type of each, such as "<i4".
        message: What the error says if they do not fit.

    Returns:
        Read-only arrays over the bytes themselves.

    Raises:
        DatabaseUnavailable: The lengths differ, or an array ends within an item.
    """
    sizes = [np.dtype(dtype).itemsize for dtype in dtypes]
    lengths = {divmod(len(one), size) for one, size in zip(packed, sizes, strict=True)}
    require_consistent(len(lengths) == 1 and lengths.pop()[1] == 0, message)
    return [np.frombuffer(one, dtype) for one, dtype in zip(packed, dtypes, strict=True)]


def in_range(indices: NDArray[np.integer], length: int) -> bool:
    """Return whether all indices are those of an array of this length, counted from 0."""
    return not len(indices) or (indices.min() >= 0 and indices.max() < length)


def require_consistent(is_consistent: bool, message: str) -> None:
    """Raise DatabaseUnavailable with this message unless what was read fits together."""
    if not is_consistent:
        raise DatabaseUnavailable(message)
