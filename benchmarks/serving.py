"""The bot as it serves: its memory when idle, and how long people wait when all ask at once.

    python -m benchmarks.serving DATABASE [--people 50] [--commands 100]

Discord is the local one. It has this process, with the people, and the bot another, as with the real
Discord. The round trip of a command is measured from the moment a person sends it to the moment its answer is
seen; anything but an embed is a failure, such as a sentence that says why there is no answer. "The first
time" is that everybody sends a command at the same moment to a bot that has just started and has drawn no
picture; "all at once" the same again and again, each when all have been answered; "without a pause" that
everybody sends the next one as soon as the last is answered, which keeps both processes at their limit.
"""

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.measuring import machine, memory_of
from bot.gc_tuning import freeze_startup_objects
from bot.local.demo_script import example_players
from playground import LocalDiscord, SimulatedUser
from playground.world.model import Application, Guild
from store import Database

_SETTLING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Served:
    """A bot that serves: the server with the people, its process, and the command lines to ask."""

    discord: LocalDiscord
    guild: Guild
    process: int
    questions: list[tuple[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people waited for the answers to their commands: seconds each, and how many failed."""

    seconds: list[float]
    failed: int

    @property
    def p50(self) -> float:
        """The milliseconds that half of the answers took at most."""
        return 1000 * float(np.percentile(self.seconds, 50))

    @property
    def p99(self) -> float:
        """The milliseconds that all but a hundredth of the answers took at most."""
        return 1000 * float(np.percentile(self.seconds, 99))


@dataclass(frozen=True, slots=True)
class Serving:
    """What was measured: megabytes idle and after all the questions, and the waiting."""

    idle: float
    after: float
    first_time: Waiting
    at_once: Waiting
    without_pause: Waiting

    @property
    def waited(self) -> dict[str, Waiting]:
        """The waiting by what was done."""
        return {
            "all at once, the first time": self.first_time,
            "all at once": self.at_once,
            "without a pause": self.without_pause,
        }

    @property
    def failed(self) -> int:
        """How many commands failed of them all."""
        return sum(waiting.failed for waiting in self.waited.values())


class Crowd:
    """People of a bot who ask it all at once, each time something else."""

    def __init__(self, served: Served, people: int) -> None:
        self._served = served
        self._people = _people(served, people)
        self._turns = itertools.count()

    @property
    def process(self) -> int:
        """The process of the bot."""
        return self._served.process

    async def ask_at_once(self) -> Waiting:
        """Let everybody send a command at the same moment, and wait for all answers."""
        return _waiting(await _turn(self._served, self._people, next(self._turns)))


@asynccontextmanager
async def warm_crowd(file: Path, people: int, without: str) -> AsyncIterator[Crowd]:
    """Serve `file` `without` one optimisation, to `people` who have asked once, until the block ends."""
    async with start_bot(file, without) as served:
        crowd = Crowd(served, people)
        await crowd.ask_at_once()
        await asyncio.sleep(_SETTLING_SECONDS)
        yield crowd


def measure(file: Path, people: int, commands: int) -> Serving:
    """Start a bot over the store `file` and let `people` ask `commands` each, both ways."""
    return asyncio.run(_measure(file, people, commands))


async def _measure(file: Path, people: int, commands: int) -> Serving:
    async with start_bot(file) as served:
        await asyncio.sleep(_SETTLING_SECONDS)
        idle = memory_of(served.process)
        crowd = _people(served, people)
        first_time = await _at_once(served, crowd, 1)
        # Meanwhile the pictures are drawn that the first replies had to do without.
        await asyncio.sleep(_SETTLING_SECONDS)
        # The people and the local Discord must not hold up the bot by collecting garbage among all their
        # objects.
        freeze_startup_objects()
        at_once = await _at_once(served, crowd, commands)
        without_pause = await _without_pause(served, crowd, commands)
        return Serving(idle, memory_of(served.process), first_time, at_once, without_pause)


@asynccontextmanager
async def start_bot(file: Path, *without: str) -> AsyncIterator[Served]:
    """Serve `file` on a local Discord, `without` one optimisation, for as long as the block lasts."""
    async with LocalDiscord() as server:
        application, guild = server.add_application("Nextplay"), server.add_guild("Load")
        server.install(application, guild)
        async with bot_process(server, application, file, *without) as process:
            await server.person(guild.add_member("First")).ready_commands(60)
            yield Served(server, guild, process, _questions(file))


@asynccontextmanager
async def bot_process(
    server: LocalDiscord, application: Application, file: Path, *without: str
) -> AsyncIterator[int]:
    """Run a bot over the store `file` in a process, whose number is yielded, until the block ends."""
    addresses = (server.api_base, server.gateway_url, server.cdn_base)
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.bot_process", str(file), *addresses, *without),
        stdin=asyncio.subprocess.PIPE,
    )
    try:
        assert bot.stdin is not None
        bot.stdin.write(f"{application.token}\n".encode())
        yield bot.pid
    finally:
        bot.terminate()
        await bot.wait()


def _questions(file: Path) -> list[tuple[str, dict[str, str]]]:
    """Return commands that have no rest between them, about what the store has."""
    database = Database(file)
    with database.reader() as session:
        first, second = example_players(session)
    database.close()
    return [
        ("/game", {"name": "620"}),
        ("/developer", {"name": "Valve"}),
        ("/genre", {"name": "Action"}),
        ("/userdata", {"player": first}),
        ("/userdata", {"player": second}),
        ("/best-developers", {"year": "2014"}),
        ("/year", {"year": "2014"}),
    ]


def _people(served: Served, people: int) -> list[SimulatedUser]:
    return [served.discord.person(served.guild.add_member(f"Person {number}")) for number in range(people)]


async def _ask(person: SimulatedUser, command: str, options: dict[str, str]) -> tuple[float, bool]:
    start = time.perf_counter()
    reply = await person.ask(command, **options)  # deferred or not, to its answer
    return time.perf_counter() - start, not reply.embeds


async def _at_once(served: Served, crowd: list[SimulatedUser], commands: int) -> Waiting:
    answers: list[tuple[float, bool]] = []
    for turn in range(commands):
        answers += await _turn(served, crowd, turn)
    return _waiting(answers)


async def _turn(served: Served, crowd: list[SimulatedUser], turn: int) -> list[tuple[float, bool]]:
    return await asyncio.gather(
        *(_ask(person, *question(served, number + turn)) for number, person in enumerate(crowd))
    )


async def _without_pause(served: Served, crowd: list[SimulatedUser], commands: int) -> Waiting:
    async def use(number: int, person: SimulatedUser) -> list[tuple[float, bool]]:
        return [await _ask(person, *question(served, number + turn)) for turn in range(commands)]

    of_each = await asyncio.gather(*(use(number, person) for number, person in enumerate(crowd)))
    return _waiting([answer for answers in of_each for answer in answers])


def question(served: Served, number: int) -> tuple[str, dict[str, str]]:
    """Return the command that is asked as the `number`th."""
    return served.questions[number % len(served.questions)]


def _waiting(answers: list[tuple[float, bool]]) -> Waiting:
    return Waiting([seconds for seconds, _failed in answers], sum(failed for _seconds, failed in answers))


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--commands", type=int, default=100)
    arguments = parser.parse_args()
    serving = measure(arguments.database, arguments.people, arguments.commands)
    console = Console(width=100)
    console.print(machine())
    table = Table("", "", title=f"{arguments.people} people x {arguments.commands} commands")
    table.add_row("bot, idle after start", f"{serving.idle:,.0f} MB")
    table.add_row("bot, after all commands", f"{serving.after:,.0f} MB")
    for name, waiting in serving.waited.items():
        table.add_row(f"{name}: p50", f"{waiting.p50:.0f} ms")
        table.add_row(f"{name}: p99", f"{waiting.p99:.0f} ms")
        table.add_row(f"{name}: failed", f"{waiting.failed} of {len(waiting.seconds):,}")
    console.print(table)


if __name__ == "__main__":
    main()
