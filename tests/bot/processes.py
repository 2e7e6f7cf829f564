"""`nextplay run` as a process, before a Discord of its own."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ingest import ingest
from ingest.sample import write_sample
from playground import LocalDiscord, SimulatedUser
from playground.world.model import Application
from recommender import train
from store import Database, queries
from store.results import DataStatus
from tests.side_by_side import made_once

MANAGE_GUILD = 1 << 5

# The command line as it is, but for where Discord is.
SCRIPT = """
import json, sys, types
from bot.cli import main
from playground import point_client
address = types.SimpleNamespace(**json.loads(sys.argv[1]))
sys.argv = ["nextplay", "run", *sys.argv[2:]]
with point_client(address):
    main()
"""
PLAYERS = 40


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs in a process, and two people before it."""

    process: asyncio.subprocess.Process
    application: Application
    home: Path
    member: SimulatedUser
    admin: SimulatedUser

    async def stop(self) -> list[dict[str, Any]]:
        """Send SIGTERM; return what was logged, once the process has ended well and left none behind."""
        self.process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(self.process.communicate(), 10)
        assert self.process.returncode == 0, said.decode()
        with pytest.raises(ProcessLookupError):
            os.killpg(self.process.pid, 0)
        return [json.loads(line) for line in said.decode().splitlines()]

    async def ended(self, seconds: float = 30) -> tuple[int | None, str]:
        """Wait until it ends by itself; return its exit code, and what it said last."""
        _, said = await asyncio.wait_for(self.process.communicate(), seconds)
        return self.process.returncode, said.decode()

    def status(self) -> DataStatus:
        database = Database(self.home / "nextplay.sqlite3")
        try:
            with database.reader() as session:
                return queries.data_status(session)
        finally:
            database.close()


Start: TypeAlias = Callable[..., Awaitable[Running]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store filled from a small generated sample, `source`. Read only."""
    return made_once(tmp_path_factory, "small-sample-store", _fill)


def _fill(folder: Path) -> None:
    write_sample(folder / "source", players=PLAYERS)
    database = Database(folder / "nextplay.sqlite3")
    ingest(database, [folder / "source"], train=train)
    database.close()


@pytest.fixture
async def start(local_discord: LocalDiscord, template: Path, tmp_path: Path) -> AsyncIterator[Start]:
    """Starts `nextplay run` in a folder of its own, with these variables; it does not outlive the test.

    The folder has a store, unless one is to be served that is published elsewhere. `beside` is a process of
    the same bot, whose folder it shares.
    """
    started: list[asyncio.subprocess.Process] = []

    async def start(
        *arguments: str, beside: Running | None = None, home_name: str = "home", **variables: str
    ) -> Running:
        if beside is None:
            home = tmp_path / home_name
            if "NEXTPLAY_STORE" in variables:
                home.mkdir()
            else:
                shutil.copytree(template, home)
            root = local_discord.world.add_user("Root")
            application = local_discord.add_application("Nextplay", owner=root)
            guild = local_discord.add_guild("Sample server")
            local_discord.install(application, guild)
            admin = local_discord.person(guild.add_member("Root", permissions=MANAGE_GUILD, user=root))
            member = local_discord.person(guild.add_member("Ana"))
        else:
            home, application = beside.home, beside.application
            admin, member = beside.admin, beside.member
        where = {name: getattr(local_discord, name) for name in ("api_base", "gateway_url", "cdn_base")}
        variables = {
            "DISCORD_TOKEN": application.token,
            "NEXTPLAY_DATABASE": "nextplay.sqlite3",
            "NEXTPLAY_SOURCE": "source",
            "NEXTPLAY_LOG_FORMAT": "json",
        } | variables
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", SCRIPT, json.dumps(where), *arguments),
            cwd=home,
            env={k: v for k, v in os.environ.items() if not k.startswith("NEXTPLAY_")} | variables,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        started.append(process)
        return Running(process, application, home, member, admin)

    yield start
    for process in started:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.communicate()
