"""Serving the real Discord: what `nextplay run` puts together."""

import asyncio
import logging
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

import discord
from tzlocal import get_localzone

from bot.client import NextplayBot, serve
from bot.demo import refresher_of
from bot.scheduling import Nightly
from bot.settings import Settings
from store import Database, NextplayError


class LoginError(NextplayError):
    """Discord does not let the bot in."""


def serve_discord(settings: Settings, token: str) -> None:
    """Serve until told to stop. Raises NextplayError if the bot cannot start."""
    logging.basicConfig(
        level=settings.log_level.upper(), format="{asctime} {levelname:<7} {name}: {message}", style="{"
    )
    database = Database(settings.database)
    database.upgrade()
    bot = NextplayBot(database, refresher_of(settings), plan=nightly(settings))
    try:
        asyncio.run(serve(bot, token))
    except discord.LoginFailure:
        raise LoginError(
            "Discord does not know the token in DISCORD_TOKEN; copy it again from the developer portal."
        ) from None
    finally:
        database.close()


def nightly(settings: Settings) -> Nightly:
    """Return when to refresh, as the settings say."""
    zone: tzinfo = ZoneInfo(settings.time_zone) if settings.time_zone else get_localzone()
    return Nightly(
        at=settings.refresh_at,
        zone=zone,
        jitter=timedelta(minutes=settings.refresh_jitter_minutes),
        grace=timedelta(hours=settings.refresh_grace_hours),
    )
