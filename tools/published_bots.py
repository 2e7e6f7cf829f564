"""Bots as processes of their own that serve a published store, before a local Discord."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playground import LocalDiscord, SimulatedUser
from playground.world.model import Application

MANAGE_GUILD = 1 << 5
# A start that fetches and checks a store shares the machine with whatever else runs.
SECONDS_TO_START = 60.0
# The real command line, with the local Discord in place of Discord.
_BOT = """
import json, sys, types
from bot.cli import main
from playground import point_client
address = types.SimpleNamespace(**json.loads(sys.argv[1]))
sys.argv = ["nextplay", "run", *sys.argv[2:]]
with point_client(address):
    main()
"""


@dataclass(frozen=True, slots=True)
class Bot:
    """A process of a bot, and the people before it."""

    name: str
    members: tuple[SimulatedUser, ...]
    admin: SimulatedUser


def environment_with(**variables: str) -> dict[str, str]:
    """Return this process's environment with these settings of ours, and no others."""
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))))
    others = {name: value for name, value in os.environ.items() if not name.startswith("NEXTPLAY_")}
    return others | {"PYTHONPATH": path} | variables


@contextlib.asynccontextmanager
async def run_bot(
    discord: LocalDiscord, home: Path, name: str, manifest: Path, *before: str, people: int = 1
) -> AsyncIterator[Bot]:
    """Run a bot that serves what is published, on a server of its own.

    Args:
        discord: Where the server is.
        home: A folder for the bot, which is made.
        name: What tells it from other bots.
        manifest: What is published.
        before: Words before the command that runs it.
        people: How many members its server has beside the admin.

    Yields:
        The bot, once it has registered its commands.
    """
    owner = discord.world.add_user(f"Owner of the {name}")
    application = discord.add_application(f"Nextplay {name}", owner=owner)
    guild = discord.add_guild(f"Server of the {name}")
    discord.install(application, guild)
    async with bot_process(discord, application, home, manifest, before=before):
        admin = discord.person(guild.add_member("Admin", permissions=MANAGE_GUILD, user=owner))
        members = tuple(discord.person(guild.add_member(f"Member {n}")) for n in range(people))
        await admin.ready_commands(SECONDS_TO_START)
        yield Bot(name, members, admin)


@contextlib.asynccontextmanager
async def bot_process(
    discord: LocalDiscord,
    application: Application,
    home: Path,
    manifest: Path,
    *arguments: str,
    before: Sequence[str] = (),
    **variables: str,
) -> AsyncIterator[None]:
    """Run `nextplay run` with these arguments, over what is published, for as long as the block lasts.

    Args:
        discord: Where it serves.
        application: Whom it serves as.
        home: A folder for it, which is made; its log is there.
        manifest: What is published.
        arguments: What follows `nextplay run`.
        before: Words before the command.
        variables: Further settings, by their variables.
    """
    await asyncio.to_thread(home.mkdir)
    where = {part: getattr(discord, part) for part in ("api_base", "gateway_url", "cdn_base")}
    with (home / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(*before, sys.executable, "-c", _BOT, json.dumps(where), *arguments),
            cwd=home,
            env=environment_with(
                DISCORD_TOKEN=application.token,
                NEXTPLAY_DATABASE="nextplay.sqlite3",
                NEXTPLAY_STORE=str(manifest),
                NEXTPLAY_STORE_LOOK_MINUTES="1440",
                **variables,
            ),
            stderr=log,
        )
    try:
        yield
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


async def renew(bot: Bot) -> str:
    """Have the admin look for what is new; return what the bot says once it has looked."""
    for _ in range(600):
        reply = await bot.admin.ask("/admin refresh")
        while reply.components:
            await reply.changed(60)
        if not reply.failed and "running already" not in reply.plain_text:
            return reply.plain_text.replace("\n", " ")
        await asyncio.sleep(0.2)  # the look that the start makes is under way
    raise RuntimeError(f"The {bot.name} bot does not look: {reply.plain_text}")
