"""How the shards of this process are, read from discord.py at any time and in any thread."""

import math
from collections.abc import Sequence

import discord

from commands.core.shard_reports import ShardState


def shard_states(client: discord.AutoShardedClient) -> Sequence[ShardState]:
    """Return the state of every shard that the client serves; none before it knows which."""
    ids = client.shard_ids or range(client.shard_count or 0)
    return tuple(_state(shard_id, client.get_shard(shard_id)) for shard_id in ids)


def are_connected(states: Sequence[ShardState]) -> bool:
    """Tell whether Discord is heard by every shard, and by one at least."""
    return bool(states) and all(state.is_connected for state in states)


def _state(shard_id: int, shard: discord.ShardInfo | None) -> ShardState:
    if shard is None:
        return ShardState(shard_id, is_connected=False, latency=None)
    latency = shard.latency if math.isfinite(shard.latency) else None
    return ShardState(shard_id, is_connected=not shard.is_closed(), latency=latency)
