"""How fast the local Discord is: many people send slash commands at once to one real discord.py client.

    python -m benchmarks.playground_load [--people 50] [--commands 20]

The round trip of a command is measured from the moment a person sends it to the moment its answer is seen.
Server, client and people share one process and one event loop, so the figures are an upper bound for what the
playground itself adds.
"""

import argparse
import asyncio
import time
from dataclasses import dataclass
from statistics import quantiles

import discord
from discord import app_commands

from playground import LocalDiscord, SimulatedUser, point_client


def answering_client() -> discord.Client:
    """A client with one command that answers at once."""
    client = discord.Client(intents=discord.Intents.default())
    tree = app_commands.CommandTree(client)

    @tree.command(description="Say something back")
    async def echo(interaction: discord.Interaction, text: str) -> None:
        await interaction.response.send_message(text)

    async def sync() -> None:
        await tree.sync()

    client.setup_hook = sync  # type: ignore[method-assign]
    return client


async def send(person: SimulatedUser, commands: int) -> tuple[list[float], int]:
    """Send commands one after another; seconds of each, and how many failed."""
    seconds, failed = [], 0
    for turn in range(commands):
        started = time.perf_counter()
        reply = await person.slash("/echo", text=str(turn))
        seconds.append(time.perf_counter() - started)
        failed += reply.failed or reply.content != str(turn)
    return seconds, failed


@dataclass(frozen=True, slots=True)
class Load:
    """What a run measured: milliseconds, commands a second, and how many failed."""

    connected: float
    throughput: float
    p50: float
    p99: float
    failed: int


def measure(people: int, commands: int) -> Load:
    """Let `people` send `commands` each, all at once."""
    return asyncio.run(_measure(people, commands))


async def _measure(people: int, commands: int) -> Load:
    async with LocalDiscord() as server:
        application, guild = server.add_application("Echo"), server.add_guild("Load")
        server.install(application, guild)
        with point_client(server):
            client = answering_client()
            started = time.perf_counter()
            task = asyncio.create_task(client.start(application.token))
            crowd = [server.person(guild.add_member(f"Person {number}")) for number in range(people)]
            await crowd[0].ready_commands()
            connected = time.perf_counter() - started
            started = time.perf_counter()
            results = await asyncio.gather(*(send(person, commands) for person in crowd))
            total = time.perf_counter() - started
            await client.close()
            await task
    seconds = sorted(value for result, _ in results for value in result)
    cuts = quantiles(seconds, n=100)
    return Load(
        connected=1000 * connected,
        throughput=len(seconds) / total,
        p50=1000 * cuts[49],
        p99=1000 * cuts[98],
        failed=sum(failed for _, failed in results),
    )


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--commands", type=int, default=20)
    arguments = parser.parse_args()
    load = measure(arguments.people, arguments.commands)
    print(f"{arguments.people} people x {arguments.commands} commands")
    print(f"connected and ready    {load.connected:8.1f} ms")
    print(f"throughput             {load.throughput:8.0f} commands/s")
    print(f"round trip p50         {load.p50:8.1f} ms")
    print(f"round trip p99         {load.p99:8.1f} ms")
    print(f"failed                 {load.failed:8d}")


if __name__ == "__main__":
    main()
