"""Telling those in charge of the bot, and the servers that want to hear of it, that a refresh failed."""

import logging
from dataclasses import replace

import aiohttp
import discord

from commands.admin.failure_notice import refresh_failure
from commands.core.services.refresher import RefreshResult
from commands.core.services.services import BotClient
from store import StoreError, user_data

log = logging.getLogger(__name__)


async def send_failure_notices(client: BotClient, result: RefreshResult) -> None:
    """Report a failed refresh: to those in charge of the bot why, and the channels that are set for it that.

    Never raises: who cannot be written to is logged, and the others are written to all the same.
    """
    for owner_id in sorted(client.owner_ids):
        await _notify_owner(client, owner_id, result)
    await _notify_servers(client, replace(result, error=None))


async def _notify_owner(client: BotClient, owner_id: int, result: RefreshResult) -> None:
    services = client.services
    told = replace(result, error=result.error and services.hide_details(result.error))
    try:
        channel = await client.create_dm(discord.Object(owner_id))
        await channel.send(
            refresh_failure(told, services.locales.translations(), is_published=_is_published(client)),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.warning("Somebody in charge of the bot could not be told that the refresh failed: %s", error)


async def _notify_servers(client: BotClient, result: RefreshResult) -> None:
    """Write into every channel that is set for it, in its server's language."""
    try:
        channels = await client.services.user_data.read(user_data.report_channels)
    except StoreError as error:
        log.error("No server could be told that the refresh failed: %s", error)
        return
    for wanted in channels:
        channel = client.get_partial_messageable(wanted.channel_id, guild_id=wanted.guild_id)
        try:
            guild = await _guild(client, wanted.guild_id)
            if guild is None:
                continue  # a server that the bot was removed from keeps its settings
            translations = client.services.locales.translations(wanted.locale, guild.preferred_locale.value)
            await channel.send(
                refresh_failure(result, translations, is_published=_is_published(client)),
                allowed_mentions=discord.AllowedMentions.none(),
            )
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            log.warning("A server's report channel could not be told that the refresh failed: %s", error)


async def _guild(client: BotClient, guild_id: int) -> discord.Guild | None:
    """Return a server, or None where the bot is not in it any more. Raises HTTPException otherwise."""
    try:
        return await client.fetch_guild(guild_id, with_counts=False)
    except (discord.Forbidden, discord.NotFound):
        return None


def _is_published(client: BotClient) -> bool:
    return client.services.published() is not None
