"""Discord's ids: 42 bits of milliseconds since 2015, then 22 bits that keep them unique."""

from collections.abc import Callable

DISCORD_EPOCH_MS = 1_420_070_400_000
_SEQUENCE_BITS = 22


class SnowflakeFactory:
    """Hands out ids that rise strictly and carry the moment they were made."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def next(self) -> int:
        """A new id, larger than any before."""
        stamp = (int(self._now() * 1000) - DISCORD_EPOCH_MS) << _SEQUENCE_BITS
        self._last = max(stamp, self._last + 1)
        return self._last


def shard_of(guild_id: int, shards: int) -> int:
    """The shard, 0 to `shards` - 1, that receives a guild's events."""
    return (guild_id >> _SEQUENCE_BITS) % shards
