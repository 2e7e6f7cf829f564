"""A local Discord that is served until it is stopped, for bots in any language."""

import asyncio
import json
import signal
import sys
from dataclasses import dataclass

from playground.control import Control
from playground.server import LocalDiscord
from playground.world.model import Application, Guild

ALL_PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What is there when it begins."""

    bot: str
    guild: str
    people: tuple[str, ...] = ("Ana",)
    token: str | None = None
    port: int = 0
    permissions: int | None = None
    privileged_intents: int = ALL_PRIVILEGED
    rate_limits: bool = True


async def serve(options: ServeOptions) -> None:
    """Serve until SIGINT or SIGTERM; the addresses and the token are one line of JSON on standard output."""
    discord = LocalDiscord(options.port, rate_limits=options.rate_limits, identify_limits=options.rate_limits)
    application = discord.add_application(
        options.bot, token=options.token, privileged_intents=options.privileged_intents
    )
    guild = discord.add_guild(options.guild)
    discord.install(application, guild, permissions=options.permissions)
    for name in options.people:
        guild.add_member(name)
    control = Control(discord, guild)
    discord.extend(control.add_routes)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with discord:
        sys.stdout.write(json.dumps(_addresses(discord, application, guild, control)) + "\n")
        sys.stdout.flush()
        await stopped.wait()


def _addresses(
    discord: LocalDiscord, application: Application, guild: Guild, control: Control
) -> dict[str, str]:
    return {
        "api": discord.api_base,
        # Libraries that add the version themselves are given this one.
        "api_without_version": discord.origin + "/api",
        "gateway": discord.gateway_url,
        "cdn": discord.cdn_base,
        "control": discord.origin + control.path,
        "token": application.token,
        "application_id": str(application.id),
        "guild_id": str(guild.id),
        "channel_id": str(guild.channels[0].id),
    }
