"""The states of this process's shards, read from discord.py at any time and in any thread."""

import math
from collections import Counter
from collections.abc import Sequence

import discord

from commands.core.services.shard_reports import ShardState


class ShardStates:
    """The state of every shard of a client, and how many commands each has had."""

    def __init__(self, client: discord.AutoShardedClient) -> None:
        """Begin to count at zero."""
        self._client = client
        self._commands: Counter[int] = Counter()

    def count_command(self, shard_id: int) -> None:
        """Count a command of a shard."""
        self._commands[shard_id] += 1

    def read(self) -> Sequence[ShardState]:
        """Return the states in the order of the shards; none before the client knows which it serves."""
        ids = self._client.shard_ids or range(self._client.shard_count or 0)
        return tuple(self._state(shard_id, self._client.get_shard(shard_id)) for shard_id in ids)

    def _state(self, shard_id: int, shard: discord.ShardInfo | None) -> ShardState:
        commands = self._commands[shard_id]
        if shard is None:
            return ShardState(shard_id, is_connected=False, latency=None, commands=commands)
        latency = shard.latency if math.isfinite(shard.latency) else None
        return ShardState(shard_id, is_connected=not shard.is_closed(), latency=latency, commands=commands)


def are_connected(states: Sequence[ShardState]) -> bool:
    """Return whether Discord is heard by every shard, and by one at least."""
    return bool(states) and all(state.is_connected for state in states)
