"""Telling the servers that want to hear of it that a refresh by schedule failed."""

import logging

import discord

from commands.admin.failure_notice import refresh_failure
from commands.core.refresher import RefreshResult
from commands.core.services import BotClient
from store import StoreError, user_data

log = logging.getLogger(__name__)


async def send_failure_notices(client: BotClient, result: RefreshResult) -> None:
    """Write of a failed refresh into every channel that is set for it, in its server's language.

    Never raises: a channel that cannot be written to is logged, and the others are written to all the same.
    """
    try:
        channels = await client.services.user_data.read(user_data.report_channels)
    except StoreError as error:
        log.error("Nobody could be told that the refresh failed: %s", error)
        return
    for wanted in channels:
        guild = client.get_guild(wanted.guild_id)
        if guild is None:
            continue  # a server that the bot was removed from keeps its settings
        translations = client.services.locales.translations(wanted.locale, guild.preferred_locale.value)
        channel = client.get_partial_messageable(wanted.channel_id, guild_id=wanted.guild_id)
        try:
            await channel.send(
                refresh_failure(result, translations), allowed_mentions=discord.AllowedMentions.none()
            )
        except discord.DiscordException as error:
            log.warning("A server's report channel could not be told that the refresh failed: %s", error)
