"""A bot that serves a published store on a small host: whether its memory is enough.

    python -m benchmarks.small_host DATABASE [--megabytes 512] [--people 10]

publishes the store, and runs a bot that serves it in a control group of Linux that limits the memory of all
its processes: itself, its chart worker, and the child that fetches and checks. People type the demo's script
at once, charts among it; then the store is published again, and is fetched while they type on.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.local.demo_script import demo_script
from bot.local.server import type_line
from playground import LocalDiscord, SimulatedUser
from store import Database
from store.publication.publish import publish
from tools.memory_limit import MemoryLimit, MemoryWatch, memory_limit
from tools.published_bots import Bot, renew, run_bot


@dataclass(frozen=True, slots=True)
class Served:
    """How a bot served: with how much memory at most, in MB, and how many of its processes were killed."""

    commands: int
    failed: tuple[str, ...]
    peak_mb: float
    kills: int


async def serve_within(
    database: Database, folder: Path, limit: MemoryLimit | MemoryWatch, people: int
) -> Served:
    """Have a bot serve what `database` holds within a limit on its memory.

    Args:
        database: The store, which is published twice.
        folder: Where to, and the bot's own folder.
        limit: What the bot's processes may take.
        people: How many type at once.
    """
    with database.reader() as session:
        lines = [step.line for step in demo_script(session) if not step.as_admin]
    published, home = folder / "published", folder / "bot"
    publish(database, str(published))
    async with LocalDiscord() as discord:
        manifest = published / "manifest.json"
        async with run_bot(discord, home, "small", manifest, *limit.words, people=people) as bot:
            await renew(bot)
            failed = await _type(bot, lines)
            await asyncio.to_thread(publish, database, str(published))
            renewing = asyncio.create_task(renew(bot))
            failed += await _type(bot, lines)
            await renewing
            return Served(2 * people * len(lines), failed, limit.peak_bytes / 1e6, limit.kills)


async def _type(bot: Bot, lines: Sequence[str]) -> tuple[str, ...]:
    """Have all members type the lines at once; return those that failed, with the replies."""

    async def type_all(person: SimulatedUser) -> list[str]:
        replies = [(line, await type_line(person, line)) for line in lines]
        return [f"{line}: {reply.plain_text}" for line, reply in replies if reply.failed]

    return tuple(chain.from_iterable(await asyncio.gather(*map(type_all, bot.members))))


def main() -> None:
    """Measure, and end with exit code 1 where a command failed or a process was killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--megabytes", type=int, default=512)
    parser.add_argument("--people", type=int, default=10)
    given = parser.parse_args()
    with memory_limit(given.megabytes << 20) as limit, tempfile.TemporaryDirectory() as folder:
        served = asyncio.run(serve_within(Database(given.database), Path(folder), limit, given.people))
    print(f"{served.commands} commands, {len(served.failed)} failed, at most {served.peak_mb:.0f} MB in use,")
    print(f"{served.kills} processes killed at the limit of {given.megabytes} MB.")
    print(*served.failed, sep="\n")
    sys.exit(bool(served.failed) or served.kills > 0)


if __name__ == "__main__":
    main()
