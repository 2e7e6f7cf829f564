"""What Discord is asked before a process connects its shards."""

import asyncio
import logging

import discord

from bot.shards.identify import IdentifyTurns
from bot.shards.part import MOST_SHARDS
from store import NextplayError

log = logging.getLogger(__name__)

# Connections to one of Discord's hosts, each for one request at a time: over a thousand requests a second.
CONNECTIONS = 128
# Discord is asked no sooner again, in seconds.
_LEAST_WAIT = 60.0


class TooManyShards(NextplayError):
    """One process is to serve more shards than it may."""


async def prepare_shards(client: discord.AutoShardedClient, turns: IdentifyTurns) -> int:
    """Wait until Discord allows this process its connections, and return how many shards the bot has.

    Connecting all the same would cost the bot its token.

    Raises:
        TooManyShards: Discord recommends more than one process may serve.
        discord.GatewayNotFound: Discord does not say.
    """
    recommended, _, limit = await client.http.get_bot_gateway()
    turns.max_concurrency = limit["max_concurrency"]
    total = client.shard_count or recommended
    wanted = len(client.shard_ids or range(total))
    if wanted > MOST_SHARDS:
        raise TooManyShards(
            f"Discord recommends {total} shards, and one process serves {MOST_SHARDS} at most; start "
            f"several, such as by `nextplay run --shards 0-{MOST_SHARDS - 1}/{total}`."
        )
    while limit["remaining"] < wanted:
        seconds = max(limit["reset_after"] / 1000, _LEAST_WAIT)
        log.error(
            "Discord allows %d more connections today and %d are wanted; they are made in %.0f s",
            *(limit["remaining"], wanted, seconds),
        )
        await asyncio.sleep(seconds)
        _, _, limit = await client.http.get_bot_gateway()
    return total
