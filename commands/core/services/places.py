"""Where an interaction happens: the channels that it is in, and whether Discord restricts them by age.

Discord sends the bot no servers and channels, which would take memory for each. An interaction tells nearly
all there is to know of its place; the rest is asked for where it matters, and known for a while.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import discord
from cachetools import TTLCache

from commands.core.services.admission import Admission

log = logging.getLogger(__name__)

# Of a whole server (https://discord.com/developers/docs/resources/guild#guild-object-guild-nsfw-level); a
# server that is restricted leaves the flag of its channels false.
_RESTRICTED_SERVERS = (discord.NSFWLevel.explicit, discord.NSFWLevel.age_restricted)
# How many servers and channels are cached, and for how long: they hardly ever change.
_MOST_KNOWN = 10_000
_KNOWN_SECONDS = 3600.0
# A reply is not held up for longer by asking; until Discord has told, a place is not restricted by age.
_SECONDS_TO_ASK = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an interaction happens.

    Attributes:
        ids: The channel, the one that it is a thread of, and their category, as far as there are any. What is
            set for one of them holds in those before it.
        is_age_restricted: Whether Discord shows the place only to adults.
    """

    ids: tuple[int, ...] = ()
    is_age_restricted: bool = False


class Places:
    """Finds places. Use it from one event loop."""

    def __init__(self, client: discord.Client, admission: Admission) -> None:
        """Ask Discord by `client`, but where `admission` says that it is crowded."""
        self._client = client
        self._admission = admission
        self._known: TTLCache[Hashable, _Above] = TTLCache(_MOST_KNOWN, _KNOWN_SECONDS)
        self._asking: dict[Hashable, asyncio.Task[_Above]] = {}

    async def of(self, interaction: discord.Interaction[Any]) -> Place:
        """Return where an interaction happens. Never raises; what Discord does not tell is left out."""
        channel, guild_id = interaction.channel, interaction.guild_id
        if channel is None:
            return Place()
        if guild_id is None:
            return Place((channel.id,))
        is_thread = isinstance(channel, discord.Thread)
        parent_id: int | None = getattr(channel, "parent_id" if is_thread else "category_id", None)
        above = _Above(is_age_restricted=bool(getattr(channel, "nsfw", False)))
        if is_thread and parent_id is not None:
            above = await self._above(("channel", parent_id), partial(self._channel, parent_id))
        is_age_restricted = above.is_age_restricted
        if not is_age_restricted:
            server = await self._above(("server", guild_id), partial(self._server, guild_id))
            is_age_restricted = server.is_age_restricted
        ids = tuple(found for found in (channel.id, parent_id, above.category_id) if found is not None)
        return Place(ids, is_age_restricted)

    async def _channel(self, channel_id: int) -> "_Above":
        found = await self._client.fetch_channel(channel_id)
        return _Above(getattr(found, "category_id", None), bool(getattr(found, "nsfw", False)))

    async def _server(self, guild_id: int) -> "_Above":
        found = await self._client.fetch_guild(guild_id, with_counts=False)
        return _Above(is_age_restricted=found.nsfw_level in _RESTRICTED_SERVERS)

    async def _above(self, key: Hashable, ask: Callable[[], Awaitable["_Above"]]) -> "_Above":
        known = self._known.get(key)
        if known is not None:
            return known
        asking = self._asking.get(key)
        if asking is None:
            if self._admission.is_crowded:
                return _Above()
            asking = self._asking[key] = asyncio.create_task(self._ask(key, ask), name="place")
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        done, _ = await asyncio.wait({asking}, timeout=_SECONDS_TO_ASK)
        return asking.result() if done and not asking.cancelled() else _Above()

    async def _ask(self, key: Hashable, ask: Callable[[], Awaitable["_Above"]]) -> "_Above":
        try:
            found = await ask()
        except (discord.Forbidden, discord.NotFound):
            found = _Above()  # asking again would be refused as well
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.info("Discord does not tell about a place just now: %s", error)
            return _Above()
        self._known[key] = found
        return found


@dataclass(frozen=True, slots=True)
class _Above:
    """What is known of a server, or of the channel that a thread is in."""

    category_id: int | None = None
    is_age_restricted: bool = False
