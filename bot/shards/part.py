"""Which of a bot's shards one process serves."""

import re
from dataclasses import dataclass
from typing import Self

# The limit of one process: each shard has a connection of its own.
MOST_SHARDS = 100

_NOTATION = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?/(\d{1,6})")

# The bits of a Discord id below its timestamp.
_BELOW_TIME = 22


def shard_of(guild_id: int | None, total: int) -> int:
    """Return which of `total` shards hears of a server, or, without one, of direct messages.

    Source: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula.
    """
    return 0 if guild_id is None else (guild_id >> _BELOW_TIME) % total


@dataclass(frozen=True, slots=True)
class ShardPart:
    """The shards `first` to `last` of `total`; a server belongs to one of them, by its id."""

    first: int
    last: int
    total: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a part such as 0-7/32, or 3/32 for a single shard. Raises ValueError if it is not one."""
        found = _NOTATION.fullmatch(text.replace(" ", ""))
        if found is None:
            raise ValueError("a part of all shards is written like 0-7/32")
        first, total = int(found[1]), int(found[3])
        last = first if found[2] is None else int(found[2])
        if not first <= last < total:
            raise ValueError(f"of {total} shards the first is 0 and the last {total - 1}")
        if last - first >= MOST_SHARDS:
            raise ValueError(f"one process serves {MOST_SHARDS} shards at most")
        return cls(first, last, total)

    def __str__(self) -> str:
        """Write it as it is parsed."""
        return f"{self.first}-{self.last}/{self.total}"

    @property
    def ids(self) -> list[int]:
        """The numbers of its shards."""
        return list(range(self.first, self.last + 1))
