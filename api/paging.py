"""Pages of what lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged:
    """A result that holds one page of a list, and the page after it if there is one."""

    result: object
    following: "Page | None"


@dataclass(frozen=True, slots=True)
class Page:
    """Up to `limit` entries of a list, from the one after the first `offset` on."""

    limit: int
    offset: int

    @property
    def reach(self) -> int:
        """How many entries of the list to ask for: one more than wanted tells whether there are others."""
        return self.offset + self.limit + 1

    @property
    def following(self) -> "Page":
        """The page after this one."""
        return Page(self.limit, self.offset + self.limit)

    def cut(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the page out of the beginning of a list."""
        return tuple(items[self.offset : self.offset + self.limit])

    def paged(self, result: object, *lists: Sequence[object]) -> Paged:
        """Return the result, with a next page if any of `lists`, asked for as far as `reach`, goes on."""
        goes_on = any(len(items) >= self.reach for items in lists)
        return Paged(result, self.following if goes_on else None)
