"""What servers cost a bot of several shards: seconds until all are connected, and memory for a thousand.

    python -m benchmarks.shards [--servers 10000] [--shards 16]

Discord is the local one, in this process; the bot has another, over an empty store. It is started twice,
before a Discord of one server and before one of many, with as many shards: the difference is what these cost.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import cpu_of, machine, own_memory_of
from benchmarks.serving import bot_process
from playground import LocalDiscord
from playground.gateway.limits import GatewayLimits
from store import Database

_SETTLING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Connected:
    """A bot whose shards are all connected: the seconds it took, of the processor too, and its megabytes."""

    servers: int
    seconds: float
    cpu: float
    memory: float


def measure(servers: int, shards: int) -> list[Connected]:
    """Connect `shards` shards, once with one server and once with `servers` of them."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder, "empty.sqlite3"))
        database.upgrade()
        database.close()
        return [asyncio.run(_connect(database.file, count, shards)) for count in (1, servers)]


async def _connect(file: Path, servers: int, shards: int) -> Connected:
    async with LocalDiscord(gateway_limits=GatewayLimits(shards=shards, max_concurrency=shards)) as server:
        application = server.add_application("Nextplay")
        server.add_guilds(application, servers)
        began = time.perf_counter()
        async with bot_process(server, application, file) as process:
            await asyncio.wait_for(server.gateway.wait_connected(application), 300)
            seconds = time.perf_counter() - began
            await asyncio.sleep(_SETTLING_SECONDS)
            return Connected(servers, seconds, cpu_of(process), own_memory_of(process))


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--shards", type=int, default=16)
    arguments = parser.parse_args()
    few, many = measure(arguments.servers, arguments.shards)
    table = Table("servers", "connected after", "processor", "bot")
    for found in (few, many):
        table.add_row(
            f"{found.servers:,}", f"{found.seconds:.1f} s", f"{found.cpu:.1f} s", f"{found.memory:.1f} MB"
        )
    thousands = (many.servers - few.servers) / 1000
    console = Console(width=100)
    console.print(machine())
    console.print(table)
    console.print(
        f"{arguments.shards} shards; a thousand servers take {(many.memory - few.memory) / thousands:.2f} MB"
    )


if __name__ == "__main__":
    main()
