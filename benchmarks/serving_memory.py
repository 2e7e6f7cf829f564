"""How much memory the bot takes the longer it serves: many people, many different commands, their buttons.

    python -m benchmarks.serving_memory DATABASE [--commands 30000] [--at-once 50]

Discord is the local one, in this process with the people; the bot has another, and its charts are drawn by a
third. `--at-once` people ask at any moment, of a tenth as many people as commands, since nobody may ask for
suggestions all the time. They ask about games and developers that differ, and turn a page where they can.
"""

import argparse
import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from benchmarks.measuring import machine, mapped_memory_of, memory_of, own_memory_of
from benchmarks.serving import Served, start_bot
from playground import SimulatedUser
from store import Database
from store.models import Developer, Game

_LINES = 12
_COMMANDS_EACH = 10
_NEXT = "page:on"
_SETTLING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes after this many commands: of the bot, of pages of files in it, and of both processes.

    `failed` is how many of the commands the bot did not respond to in time.
    """

    commands: int
    failed: int
    bot: float
    mapped: float
    together: float


def measure(file: Path, commands: int, at_once: int) -> list[Memory]:
    """Start a bot over the store `file`, and send it `commands` commands, `at_once` at a time."""
    return asyncio.run(_measure(file, commands, at_once))


async def _measure(file: Path, commands: int, at_once: int) -> list[Memory]:
    async with start_bot(file) as bot:
        people = max(at_once, commands // _COMMANDS_EACH)
        crowd = itertools.cycle(
            [bot.discord.person(bot.guild.add_member(f"Person {n}")) for n in range(people)]
        )
        await asyncio.sleep(_SETTLING_SECONDS)
        questions = _questions(file)
        found, failed = [_memory(bot, 0, 0)], 0
        for line in range(1, _LINES + 1):
            share = list(itertools.islice(questions, commands // _LINES))
            failed += sum(await asyncio.gather(*(_ask(crowd, share) for _ in range(at_once))))
            found.append(_memory(bot, line * (commands // _LINES), failed))
        return found


def _memory(bot: Served, commands: int, failed: int) -> Memory:
    process = bot.process
    return Memory(commands, failed, own_memory_of(process), mapped_memory_of(process), memory_of(process))


async def _ask(crowd: Iterator[SimulatedUser], questions: list[tuple[str, dict[str, str]]]) -> int:
    """Have one person after the other ask the next question, until there is none; return how many failed."""
    failed = 0
    while questions:
        person, (command, options) = next(crowd), questions.pop()
        reply = await person.ask(command, **options)
        failed += reply.failed
        if any(part.get("custom_id") == _NEXT for row in reply.components for part in row["components"]):
            await person.click(reply, _NEXT)
    return failed


def _questions(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield commands without end, about ever other things that the store has."""
    database = Database(file)
    with database.reader() as session:
        games = session.scalars(select(Game.id).order_by(Game.id).limit(3000)).all()
        developers = session.scalars(select(Developer.name).order_by(Developer.id).limit(1000)).all()
    database.close()
    for number in itertools.count():
        game, developer = str(games[number % len(games)]), developers[number % len(developers)]
        yield "/game", {"name": game}
        yield "/recommend", {"game": game}
        yield "/developer", {"name": developer}
        yield "/top", {}
        yield "/reviews", {"developer": developer}
        yield "/year", {"year": str(2010 + number % 6)}


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--commands", type=int, default=30_000)
    parser.add_argument("--at-once", type=int, default=50)
    arguments = parser.parse_args()
    table = Table("commands", "failed", "bot", "of it pages of files", "with its charts")
    for memory in measure(arguments.database, arguments.commands, arguments.at_once):
        megabytes = (memory.bot, memory.mapped, memory.together)
        counts = (f"{count:,}" for count in (memory.commands, memory.failed))
        table.add_row(*counts, *(f"{size:,.0f} MB" for size in megabytes))
    console = Console(width=100)
    console.print(machine())
    console.print(table)


if __name__ == "__main__":
    main()
