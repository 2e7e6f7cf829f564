"""How the bot copes when more people ask at the same moment than it can answer in Discord's three seconds.

    python -m benchmarks.overload DATABASE [--people 50 100 200 500 1000] [--rounds 3]

Discord is the local one, in this process with the people; the bot has another. All people send a command at
the same moment, and again once all have their answer. Each command ends in one of four ways: answered at
once; deferred, and answered later; told to wait, by a sentence; failed, which is "The application did not
respond", or no answer within a minute.
"""

import argparse
import asyncio
import gc
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.measuring import machine, memory_of
from benchmarks.serving import Served, question, start_bot
from playground import NothingHappened, SimulatedUser
from playground.world.interaction import DEFER_REPLY

_SETTLING_SECONDS = 5.0
_PATIENCE_SECONDS = 60.0


class Ending(StrEnum):
    """How a command ended."""

    ANSWERED = "answered"
    DEFERRED = "deferred"
    TOLD_TO_WAIT = "told to wait"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command: how it ended, and the seconds until Discord heard of it and until its answer was there."""

    ending: Ending
    acknowledged: float
    answered: float


@dataclass(frozen=True, slots=True)
class Step:
    """What a number of people who asked at once met, and the megabytes of the bot afterwards."""

    people: int
    asked: Sequence[Asked]
    memory: float

    def count(self, ending: Ending) -> int:
        """Return how many commands ended so."""
        return Counter(asked.ending for asked in self.asked)[ending]

    @property
    def acknowledged_p99(self) -> float:
        """The seconds within which Discord heard of all but a hundredth of the commands."""
        return float(np.percentile([asked.acknowledged for asked in self.asked], 99))

    @property
    def answered_p99(self) -> float:
        """The seconds that all but a hundredth of the answers took at most."""
        return float(np.percentile([asked.answered for asked in self.asked], 99))


def measure(file: Path, people: Sequence[int], rounds: int) -> list[Step]:
    """Start a bot over the store `file`, and have ever more people ask it at once, in `rounds` each."""
    return asyncio.run(_measure(file, people, rounds))


async def _measure(file: Path, people: Sequence[int], rounds: int) -> list[Step]:
    async with start_bot(file) as bot:
        crowd = [bot.discord.person(bot.guild.add_member(f"Person {n}")) for n in range(max(people))]
        await asyncio.gather(*(_ask(bot, n, person) for n, person in enumerate(crowd[: people[0]])))
        await asyncio.sleep(_SETTLING_SECONDS)
        # This process is Discord and all people: while it collected garbage among them nobody would be heard.
        gc.collect()
        gc.disable()
        try:
            return [await _step(bot, crowd[:count], rounds) for count in people]
        finally:
            gc.enable()


async def _step(bot: Served, crowd: Sequence[SimulatedUser], rounds: int) -> Step:
    asked: list[Asked] = []
    for turn in range(rounds):
        sent = []
        for number, person in enumerate(crowd):
            sent.append(asyncio.create_task(_ask(bot, number + turn, person)))
            # Discord is of this process: it reads what the bot answers between what the people send.
            await asyncio.sleep(0)
        asked += await asyncio.gather(*sent)
    return Step(len(crowd), asked, memory_of(bot.process))


async def _ask(bot: Served, number: int, person: SimulatedUser) -> Asked:
    command, options = question(bot, number)
    began = time.perf_counter()
    reply = await person.slash(command, **options)
    acknowledged = time.perf_counter() - began
    if reply.failed:
        return Asked(Ending.FAILED, acknowledged, acknowledged)
    if reply.interaction.response != DEFER_REPLY:
        ending = Ending.ANSWERED if reply.embeds else Ending.TOLD_TO_WAIT
        return Asked(ending, acknowledged, acknowledged)
    try:
        await reply.settled(_PATIENCE_SECONDS)
    except NothingHappened:
        return Asked(Ending.FAILED, acknowledged, time.perf_counter() - began)
    ending = Ending.DEFERRED if reply.embeds else Ending.FAILED
    return Asked(ending, acknowledged, time.perf_counter() - began)


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--people", type=int, nargs="+", default=[50, 100, 200, 350, 500, 750, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    steps = measure(arguments.database, arguments.people, arguments.rounds)
    table = Table("people at once", *Ending, "heard of, p99", "answered, p99", "bot")
    for step in steps:
        table.add_row(
            f"{step.people:,}",
            *(f"{step.count(ending):,}" for ending in Ending),
            f"{step.acknowledged_p99:.2f} s",
            f"{step.answered_p99:.2f} s",
            f"{step.memory:,.0f} MB",
        )
    console = Console(width=120)
    console.print(machine())
    console.print(table)


if __name__ == "__main__":
    main()
