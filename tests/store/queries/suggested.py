"""What suggestions are asked by, and the titles of those that come."""

from collections.abc import Callable
from typing import TypeAlias

from store.results import Recommendations

Query: TypeAlias = Callable[..., object]


def titles(found: Recommendations) -> list[str]:
    """Return the titles in the order of the list."""
    return found.as_dict()
