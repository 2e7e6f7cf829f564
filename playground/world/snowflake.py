"""Discord's ids: 42 bits of milliseconds since 2015, then 22 bits that keep them unique."""

import os
from collections.abc import Callable

DISCORD_EPOCH_MS = 1_420_070_400_000
_SEQUENCE_BITS = 22
# Below the highest bit, which guilds have, those of the process that makes an id; the rest counts up.
_PROCESSES, _COUNTED_BITS = 512, 12


class SnowflakeFactory:
    """Hands out ids that rise strictly and carry the moment they were made."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        # Two processes that begin in the same millisecond make different ids.
        self._process = os.getpid() % _PROCESSES << _COUNTED_BITS
        self._last = 0
        self._last_guild = 0

    def next(self) -> int:
        """Return a new id, larger than any before."""
        stamp = (int(self._now() * 1000) - DISCORD_EPOCH_MS) << _SEQUENCE_BITS | self._process
        self._last = max(stamp, self._last + 1)
        return self._last

    def next_guild(self) -> int:
        """Return a new id of a later millisecond than any guild's before, by which guilds go to shards.

        Of many that are made at once the last are ahead of time, each by a millisecond more.
        """
        now = int(self._now() * 1000) - DISCORD_EPOCH_MS
        self._last_guild = max(now, self._last_guild + 1)
        # No other id of that millisecond has this bit.
        return self._last_guild << _SEQUENCE_BITS | 1 << (_SEQUENCE_BITS - 1)


def made_at(snowflake: int) -> float:
    """Return when an id was made, in seconds since the Unix epoch."""
    return ((snowflake >> _SEQUENCE_BITS) + DISCORD_EPOCH_MS) / 1000


def shard_of(guild_id: int, shards: int) -> int:
    """Return the shard, 0 to `shards` - 1, that receives a guild's events."""
    return (guild_id >> _SEQUENCE_BITS) % shards
