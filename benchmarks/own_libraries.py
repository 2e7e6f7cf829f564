"""People's own libraries: how long a link takes beyond Steam's own answer, and what folding in costs.

    python -m benchmarks.own_libraries DATABASE [--links 300] [--games 500] [--seeds 5]

Discord and Steam are the local ones, in this process with the bot. Every link is another account, with
games of the store drawn at random; its time runs from the moment a person sends `/link` to the moment the
reply with the suggestions is seen, without the time in which Steam was waited for. The second table asks
people whom no training has seen by the games that are left to them, and again of a model that was trained on
these games too.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from benchmarks.measuring import machine
from bot.client import NextplayBot
from bot.options import BotOptions
from bot.refresh.process import ChildRefresher
from bot.settings import Settings
from bot.steam_options import SteamPeopleOptions
from commands.core.services.cooldowns import Cooldowns
from playground import LocalDiscord, point_client
from playground.steam import LocalSteam
from playground.steam.catalogue.game import Game as SteamGame
from playground.steam.people import FIRST_STEAMID, Owned, Person
from recommender.data.content import read_content
from recommender.data.libraries import read_libraries
from recommender.evaluation import numbered_by_user_id, ours
from recommender.evaluation.folding import Folding, measure_folding
from store import Database
from store.models import PackedLibrary
from store.scoring.item_index import load_item_index
from store.steam_protocols import SteamAccounts
from store.user_data import LibraryAnswer

Result = TypeVar("Result")

# Beyond Steam's own answer, in milliseconds.
TARGET_MS = 300
# How much lower NDCG@10 may be for those who are not in the data.
TARGET_LOSS = 0.002
_FIRST_ACCOUNT = FIRST_STEAMID + 5_000
_WARM_UP = 10


@dataclass
class TimedSteam:
    """Asks Steam, and counts the seconds in which it was waited for."""

    asked: SteamAccounts
    seconds: float = field(default=0.0)

    async def find(self, text: str) -> int:
        """Return the SteamID64 of whom `text` names."""
        return await self._timed(self.asked.find(text))

    async def library(self, steam_id: int) -> LibraryAnswer:
        """Return the library of an account."""
        return await self._timed(self.asked.library(steam_id))

    async def _timed(self, answer: Awaitable[Result]) -> Result:
        start = time.perf_counter()
        try:
            return await answer
        finally:
            self.seconds += time.perf_counter() - start


def give_libraries(steam: LocalSteam, database: Database, links: int, games: int) -> None:
    """Have accounts of the local Steam own games that the store has suggestions for."""
    with database.reader() as session:
        known = load_item_index(session).ids.tolist()
        if session.scalar(select(PackedLibrary.player_id).limit(1)) is None:
            raise SystemExit("The store has no libraries; name one that was filled and trained.")
    chance = random.Random(1)
    for app_id in known:
        steam.world.catalogue.put(SteamGame(app_id, f"App {app_id}", listed=False))
    for number in range(links):
        owned = chance.sample(known, min(games, len(known)))
        library = tuple(Owned(app_id, chance.randrange(6_000)) for app_id in owned)
        steam.world.put(Person(_FIRST_ACCOUNT + number, f"Person {number}", library=library))


async def measure_links(database: Database, steam: LocalSteam, links: int) -> list[float]:
    """Return the seconds of each link beyond Steam's own answer.

    Raises:
        SystemExit: A link brought no suggestions.
    """
    seconds = []
    async with LocalDiscord() as discord:
        owner = discord.world.add_user("Admin")
        application = discord.add_application("Nextplay", owner=owner)
        guild = discord.add_guild("Server")
        discord.install(application, guild)
        member = discord.person(guild.add_member("Member"))
        asked = SteamPeopleOptions(SecretStr(steam.key), steam.api)
        refresher = ChildRefresher.from_settings(Settings())
        with tempfile.TemporaryDirectory() as folder:
            options = BotOptions(sync_record=Path(folder) / "synced", cooldowns=Cooldowns.none(), steam=asked)
            bot = NextplayBot(database, refresher, options)
            assert bot.services.steam is not None
            timed = TimedSteam(bot.services.steam)
            bot.services = replace(bot.services, steam=timed)
            with point_client(discord):
                async with bot:
                    running = asyncio.create_task(bot.start(application.token))
                    await member.ready_commands()
                    for number in range(links):
                        timed.seconds = 0.0
                        start = time.perf_counter()
                        reply = await member.ask("/link", player=str(_FIRST_ACCOUNT + number))
                        took = time.perf_counter() - start - timed.seconds
                        if len(reply.embeds) != 2:
                            raise SystemExit(f"A link brought no suggestions: {reply.plain_text}")
                        if number >= _WARM_UP:
                            seconds.append(took)
                await running
    return seconds


def links_table(seconds: list[float], games: int) -> Table:
    """Return what the links took."""
    table = Table(title=f"/link to suggestions, beyond Steam's own answer ({games} games a library)")
    for column in ("links", "p50 ms", "p99 ms", "target ms"):
        table.add_column(column, justify="right")
    p50, p99 = (1000 * float(np.percentile(seconds, share)) for share in (50, 99))
    table.add_row(f"{len(seconds)}", f"{p50:.1f}", f"{p99:.1f}", f"{TARGET_MS}")
    return table


def folding_table(found: tuple[Folding, ...]) -> Table:
    """Return what folding in costs, on the mean of all splits."""
    table = Table(title=f"NDCG@10, mean of {len(found)} splits")
    for column in ("hidden games", "in the data", "folded in", "loss", "target"):
        table.add_column(column, justify="right")
    rows = (
        ("all", "in_the_data", "folded_in", "loss"),
        ("played over an hour", "played_in_the_data", "played_folded_in", "played_loss"),
    )
    for name, *columns in rows:
        means = (float(np.mean([getattr(one, column) for one in found])) for column in columns)
        table.add_row(name, *(f"{mean:.4f}" for mean in means), f"{TARGET_LOSS}")
    return table


def main() -> None:
    """Run both on the store that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--links", type=int, default=300)
    parser.add_argument("--games", type=int, default=500)
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    console = Console()
    console.print(machine())
    with tempfile.TemporaryDirectory() as folder, LocalSteam(games=60) as steam:
        database = Database(asked.database, trial_user_data=Path(folder) / "people.sqlite3")
        database.upgrade()
        give_libraries(steam, database, asked.links + _WARM_UP, asked.games)
        seconds = asyncio.run(measure_links(database, steam, asked.links + _WARM_UP))
        console.print(links_table(seconds, asked.games))
        with database.reader(seconds=600) as session:
            libraries = numbered_by_user_id(session, read_libraries(session))
            content = read_content(session)
        database.close()
    served = ours()[-1]
    console.print(folding_table(measure_folding(libraries, content, served, seeds=range(1, asked.seeds + 1))))


if __name__ == "__main__":
    main()
