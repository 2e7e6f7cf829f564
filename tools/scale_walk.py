"""The walk of docs/scale.md: one machine builds, two bots serve, and a new store is published meanwhile.

    python -m tools.scale_walk [FOLDER]

fills a store with generated sample data, publishes it, starts two bots as processes of their own on the
local Discord, and has people ask both all the while. Then it refreshes, publishes anew, and has an admin of
each bot look for what is new. Nobody may notice: every command is answered, by one store or by the other.
"""

import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.local.server import type_line
from playground import LocalDiscord
from tools.published_bots import Bot, environment_with, renew, run_bot

# These are answered alike for as long as the data are the same.
STEADY = ("/game name:Portal 2", "/game name:Terraria", "/game name:Dota 2")
# The others have charts, which may come later, or do not give one list twice.
COMMANDS = (
    *STEADY,
    "/developer name:Valve",
    "/recommend game:Portal 2",
    "/top by:Recommendations genre:Action",
)
_SECONDS_BEFORE_AND_AFTER = 3.0


@dataclass(slots=True)
class Asked:
    """What became of the commands of a walk.

    `replies` are in order, by bot and command; `slowest` is in seconds.
    """

    replies: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def count(self) -> int:
        """How many were answered."""
        return sum(map(len, self.replies.values()))

    def add(self, bot: str, command: str, reply: str, seconds: float) -> None:
        """Count a reply."""
        self.replies.setdefault((bot, command), []).append(reply)
        self.slowest = max(self.slowest, seconds)


async def walk(folder: Path, log: Callable[[str], None]) -> Asked:
    """Walk; `log` hears of every step.

    Args:
        folder: Where the machine that builds and the two that serve have their files.
        log: Is told what is done.

    Returns:
        How the commands were answered that people gave all the while.
    """
    builder, published = folder / "builder", folder / "published"
    builder.mkdir(parents=True)
    log("The builder fills a store with generated sample data, and publishes it.")
    _build(builder, published, players=60)
    async with LocalDiscord() as discord, contextlib.AsyncExitStack() as running:
        bots = [
            await running.enter_async_context(
                run_bot(discord, folder / name, name, published / "manifest.json")
            )
            for name in ("first", "second")
        ]
        for bot in bots:
            await renew(bot)
        log("Two bots serve it. From now on people ask both all the while.")
        asked, asking = Asked(), asyncio.Event()
        asking.set()
        people = [asyncio.create_task(_ask_on(bot, asking, asked)) for bot in bots]
        await asyncio.sleep(_SECONDS_BEFORE_AND_AFTER)
        log("The builder refreshes from other data, and publishes anew.")
        await asyncio.to_thread(_build, builder, published, players=90)
        for bot in bots:
            log(f"The {bot.name} bot looks: {await renew(bot)}")
        await asyncio.sleep(_SECONDS_BEFORE_AND_AFTER)
        asking.clear()
        await asyncio.gather(*people)
    return asked


def _build(builder: Path, published: Path, *, players: int) -> None:
    from ingest.sample import write_sample

    write_sample(builder / "source", players=players)
    for words in (("refresh", "source", "--force"), ("publish", str(published))):
        command = [sys.executable, "-m", "bot.cli", *words]
        environment = environment_with(NEXTPLAY_DATABASE="nextplay.sqlite3", NEXTPLAY_BACKUP_FOLDER="backups")
        subprocess.run(command, cwd=builder, env=environment, check=True, capture_output=True)


async def _ask_on(bot: Bot, asking: asyncio.Event, asked: Asked) -> None:
    while asking.is_set():
        for command in COMMANDS:
            began = time.monotonic()
            reply = await type_line(bot.members[0], command)
            if reply.failed:
                asked.failed.append(f"{bot.name}, {command}: {reply.plain_text}")
            asked.add(bot.name, command, reply.plain_text, time.monotonic() - began)


def main() -> None:
    """Walk in the folder that is named, or in one that is thrown away, and print how it went."""
    named = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        folder = Path(named[0] if named else stack.enter_context(tempfile.TemporaryDirectory()))
        asked = asyncio.run(walk(folder.absolute(), print))
    print(f"{asked.count} commands, {len(asked.failed)} failed, the slowest {asked.slowest:.2f} s.")
    for (bot, command), replies in asked.replies.items():
        if command in STEADY:
            print(f"The {bot} bot gave {len(set(replies))} different replies to {command} in {len(replies)}.")


if __name__ == "__main__":
    main()
