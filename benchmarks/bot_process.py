"""A bot in a process of its own, serving a store on a local Discord; `benchmarks.serving` starts it.

python -m benchmarks.bot_process DATABASE API GATEWAY CDN [WITHOUT] < TOKEN

WITHOUT names an optimisation of `benchmarks.ablation.serving` that is switched off.
"""

import asyncio
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bot.client import NextplayBot
from bot.options import BotOptions
from bot.refresh.process import ChildRefresher
from bot.running import serve
from bot.settings import Settings
from playground import point_client
from store import Database


@dataclass(frozen=True, slots=True)
class Address:
    """Where the local Discord is."""

    api_base: str
    gateway_url: str
    cdn_base: str


def _switched_off(name: str | None = None) -> AbstractContextManager[None]:
    if name is None:
        return nullcontext()
    # Imported here: it is no part of the bot whose memory is measured.
    from benchmarks.ablation.serving import OPTIMISATIONS
    from benchmarks.ablation.variants import named

    return named(OPTIMISATIONS, name)


def main() -> None:
    """Serve until stopped."""
    file, api, gateway, cdn, *without = sys.argv[1:]
    database = Database(file)
    refresher = ChildRefresher.from_settings(Settings(database=Path(file)))
    with (
        tempfile.TemporaryDirectory() as folder,
        point_client(Address(api, gateway, cdn)),
        _switched_off(*without),
    ):
        bot = NextplayBot(database, refresher, BotOptions(sync_record=Path(folder, "synced")))
        asyncio.run(serve(bot, sys.stdin.readline().strip()))
    database.close()


if __name__ == "__main__":
    main()
