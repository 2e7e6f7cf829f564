"""A bot in a process of its own, serving a store on a local Discord; `benchmarks.serving` starts it.

python -m benchmarks.bot_process DATABASE API GATEWAY CDN < TOKEN
"""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.client import NextplayBot, serve
from bot.refresh.process import ChildRefresher
from bot.settings import Settings
from playground import point_client
from store import Database


@dataclass(frozen=True, slots=True)
class Address:
    """Where the local Discord is."""

    api_base: str
    gateway_url: str
    cdn_base: str


def main() -> None:
    """Serve until told to stop."""
    file, *addresses = sys.argv[1:]
    database = Database(file)
    refresher = ChildRefresher.from_settings(Settings(database=Path(file)))
    with tempfile.TemporaryDirectory() as folder, point_client(Address(*addresses)):
        bot = NextplayBot(database, refresher, sync_record=Path(folder, "synced"))
        asyncio.run(serve(bot, sys.stdin.readline().strip()))
    database.close()


if __name__ == "__main__":
    main()
