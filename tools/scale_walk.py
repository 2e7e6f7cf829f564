"""The walk of docs/scale.md: one machine builds, two serve, and a new store is published meanwhile.

    python -m tools.scale_walk [FOLDER]

fills a store with generated sample data, publishes it, and starts a bot of eight shards on the local Discord:
two processes of four shards each, which share a PostgreSQL server, and nothing else but what is published.
Somebody in a server of each shard asks all the while. Then the store is refreshed and published again, and an
admin before each process has it look for what is new. Nobody may notice: every command is answered, by one
store or by the other.
"""

import asyncio
import contextlib
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.local.server import type_line
from playground import LocalDiscord, SimulatedUser
from playground.gateway.limits import GatewayLimits
from playground.world.model import Guild, User
from playground.world.snowflake import shard_of
from tools.postgres_server import running, server_files
from tools.published_bots import (
    MANAGE_GUILD,
    SECONDS_TO_START,
    Bot,
    bot_process,
    environment_with,
    renew,
)

SHARDS = 8
_PUBLISHED = "published"
_PARTS = {"first": "0-3/8", "second": "4-7/8"}
# These are answered alike, whoever asks, for as long as the data are the same.
STEADY = (
    "/game name:Portal 2",
    "/game name:Terraria",
    "/game name:Dota 2",
    "/best-developers year:2014",
)
# The others do not give one list twice, or say what the person likes.
COMMANDS = (*STEADY, "/recommend game:Portal 2", "/taste")
LIKED = "Terraria"
# Whoever asks more often than ten times in 20 seconds for suggestions is told to wait.
_SECONDS_TO_READ = 0.5


@dataclass(slots=True)
class Asked:
    """What became of the commands of a walk.

    Attributes:
        replies: In order, by shard and command.
        tastes: What the second process said that somebody likes who had told the first one, before and after
            the new store.
        failed: The commands that had no answer, with what came instead.
        slowest: The longest wait for an answer, in seconds.
    """

    replies: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    tastes: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def count(self) -> int:
        """How many were answered."""
        return sum(map(len, self.replies.values()))

    async def ask(self, shard: int, person: SimulatedUser, command: str) -> None:
        """Have a person give a command, and count the reply."""
        began = time.monotonic()
        reply = await type_line(person, command)
        self.slowest = max(self.slowest, time.monotonic() - began)
        if not reply.embeds:
            self.failed.append(f"shard {shard}, {command}: {reply.plain_text}")
        self.replies.setdefault((shard, command), []).append(reply.plain_text)


async def walk(builder: Path, folder: Path, user_data: str, log: Callable[[str], None]) -> Asked:
    """Walk; `log` hears of every step.

    Args:
        builder: The folder of the machine that builds, with the store that it has in `nextplay.sqlite3`.
        folder: Where to publish, and where the two machines that serve have their files.
        user_data: The address of an empty PostgreSQL database for what people store.
        log: Is told what is done.

    Returns:
        How the commands were answered that people gave all the while.
    """
    log("The builder publishes its store.")
    await asyncio.to_thread(_publish, builder, folder)
    asked = Asked()
    limits = GatewayLimits(shards=SHARDS, max_concurrency=SHARDS)
    async with LocalDiscord(gateway_limits=limits) as discord, _serving(discord, folder, user_data) as bots:
        log("Two processes of four shards each serve it. From now on people of all shards ask all the while.")
        await _ask_once(bots, asked)
        async with _asking(bots, asked):
            first, second = (bot.admin for bot in bots)
            await type_line(first, f"/taste like:{LIKED}")
            asked.tastes.append((await type_line(second, "/taste")).plain_text)
            log("The builder refreshes from other data, and publishes again.")
            await asyncio.to_thread(refresh, builder, players=380)
            await asyncio.to_thread(_publish, builder, folder)
            for bot, said in zip(bots, await asyncio.gather(*map(renew, bots)), strict=True):
                log(f"The {bot.name} process looks: {said}")
            asked.tastes.append((await type_line(second, "/taste")).plain_text)
        await _ask_once(bots, asked)
    return asked


def refresh(builder: Path, *, players: int) -> None:
    """Bring the store of the machine that builds to a generated sample of this many players."""
    from ingest.sample import write_sample

    write_sample(builder / "source", players=players)
    _nextplay(builder, "refresh", "source")


def _publish(builder: Path, folder: Path) -> None:
    _nextplay(builder, "publish", str(folder / _PUBLISHED))


def _nextplay(builder: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        cwd=builder,
        env=environment_with(NEXTPLAY_DATABASE="nextplay.sqlite3", NEXTPLAY_BACKUP_FOLDER="backups"),
        check=True,
        capture_output=True,
    )


@contextlib.asynccontextmanager
async def _serving(discord: LocalDiscord, folder: Path, user_data: str) -> AsyncIterator[list[Bot]]:
    """Run the two processes, with somebody in a server of each shard, until the block ends."""
    owner = discord.world.add_user("Owner")
    application = discord.add_application("Nextplay", owner=owner)
    servers = _servers(discord)
    for server in servers.values():
        discord.install(application, server)
    async with contextlib.AsyncExitStack() as running_bots:
        for name, part in _PARTS.items():
            await running_bots.enter_async_context(
                bot_process(
                    *(discord, application, folder / name, folder / _PUBLISHED / "manifest.json"),
                    *("--shards", part),
                    NEXTPLAY_USER_DATABASE=user_data,
                )
            )
        half = SHARDS // len(_PARTS)
        bots = [
            _people(discord, name, owner, [servers[number * half + shard] for shard in range(half)])
            for number, name in enumerate(_PARTS)
        ]
        for bot in bots:
            await bot.admin.ready_commands(SECONDS_TO_START)
            await _has_store(bot)
        yield bots


async def _has_store(bot: Bot) -> None:
    """Wait until the bot has fetched what is published, which it does as it starts."""
    for _ in range(round(SECONDS_TO_START / _SECONDS_TO_READ)):
        reply = await type_line(bot.admin, STEADY[0])
        if reply.embeds:
            return
        await asyncio.sleep(_SECONDS_TO_READ)
    raise RuntimeError(f"The {bot.name} process has no store: {reply.plain_text}")


def _servers(discord: LocalDiscord) -> Mapping[int, Guild]:
    """Return a server for each shard, which depends on the moment it is made."""
    found: dict[int, Guild] = {}
    while len(found) < SHARDS:
        server = discord.add_guild("Server")
        found.setdefault(shard_of(server.id, SHARDS), server)
    return found


def _people(discord: LocalDiscord, name: str, owner: User, servers: list[Guild]) -> Bot:
    members = tuple(discord.person(server.add_member("Member")) for server in servers)
    admin = discord.person(servers[0].add_member("Owner", permissions=MANAGE_GUILD, user=owner))
    return Bot(name, members, admin)


@contextlib.asynccontextmanager
async def _asking(bots: list[Bot], asked: Asked) -> AsyncIterator[None]:
    """Have everybody ask for as long as the block lasts, one command after the other."""
    ended = asyncio.Event()

    async def ask_on(shard: int, person: SimulatedUser) -> None:
        for command in itertools.cycle(COMMANDS):
            if ended.is_set():
                return
            await asked.ask(shard, person, command)
            await asyncio.sleep(_SECONDS_TO_READ)

    async with asyncio.TaskGroup() as people:
        for shard, person in _by_shard(bots):
            people.create_task(ask_on(shard, person))
        yield
        ended.set()


async def _ask_once(bots: list[Bot], asked: Asked) -> None:
    """Have everybody give every command once."""

    async def ask_all(shard: int, person: SimulatedUser) -> None:
        for command in COMMANDS:
            await asked.ask(shard, person, command)

    await asyncio.gather(*(ask_all(shard, person) for shard, person in _by_shard(bots)))


def _by_shard(bots: list[Bot]) -> Iterator[tuple[int, SimulatedUser]]:
    return enumerate(member for bot in bots for member in bot.members)


def main() -> None:
    """Walk in the folder that is named, or in one that is thrown away, and print how it went."""
    named = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        folder = Path(named[0] if named else stack.enter_context(tempfile.TemporaryDirectory())).absolute()
        server = stack.enter_context(server_files())
        server.create()
        stack.enter_context(running(server))
        address = server.new_database().url.render_as_string(hide_password=False)
        builder = folder / "builder"
        builder.mkdir(parents=True)
        print("The builder fills a store with generated sample data.")
        refresh(builder, players=400)
        asked = asyncio.run(walk(builder, folder, address, print))
    print(f"{asked.count} commands, {len(asked.failed)} failed, the slowest {asked.slowest:.2f} s.")
    for command in STEADY:
        replies = [reply for shard in range(SHARDS) for reply in asked.replies[shard, command]]
        print(f"{len(replies)} times {command}: {len(set(replies))} different replies in {SHARDS} shards.")
    known = sum(LIKED in taste for taste in asked.tastes)
    print(f"What somebody told the first process the second one knew {known} of {len(asked.tastes)} times.")


if __name__ == "__main__":
    main()
