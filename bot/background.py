"""Background tasks of a serving bot, each of which runs until it is cancelled."""

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from bot.gc_tuning import freeze_startup_objects, return_free_memory
from bot.shards.reports import ShardReports
from bot.shards.states import ShardStates
from bot.soundness import check_files
from commands.core.services.shard_reports import ShardReport
from store import Database, StoreError
from store.execution.query_runner import QueryRunner
from store.scoring.weights import preload_weights

# Reading the weights of all games takes a fraction of a second, more from a slow disk.
_SECONDS_TO_READ_AHEAD = 60.0


class ServingBot(Protocol):
    """What background tasks need of the client."""

    shard_states: ShardStates

    @property
    def shard_count(self) -> int | None:
        """How many shards the bot has; None before Discord has said so."""

    @property
    def is_leader(self) -> bool:
        """Whether this process keeps the schedule."""

    async def wait_until_ready(self) -> None:
        """Wait until Discord has let the bot in."""


@dataclass(frozen=True, slots=True)
class Background:
    """The background tasks of one bot.

    Attributes:
        bot: The client that serves.
        database: What it serves.
        query_runner: Asks its store.
        shard_reports: Where other processes are told how the shards are.
        poll_seconds: How far apart it is looked for what others have written, and the shards are reported.
    """

    bot: ServingBot
    database: Database
    query_runner: QueryRunner
    shard_reports: ShardReports
    poll_seconds: float

    async def keep_warm(self) -> None:
        """Freeze what the start has made and read the weights ahead, so that no command waits for either."""
        await self.bot.wait_until_ready()
        freeze_startup_objects()
        seen = None
        while True:
            mark = self.database.change_token()
            if mark != seen:
                seen = mark
                with contextlib.suppress(StoreError):  # commands that need the data report it
                    await self.query_runner.run(preload_weights, seconds=_SECONDS_TO_READ_AHEAD)
                return_free_memory()
            await asyncio.sleep(self.poll_seconds)

    async def report_shards(self) -> None:
        """Tell other processes how the shards are, and take that back at the end."""
        report = None
        try:
            while True:
                if states := self.bot.shard_states.read():
                    assert self.bot.shard_count is not None
                    now = datetime.now(UTC)
                    report = ShardReport(states, self.bot.shard_count, self.bot.is_leader, now)
                    self.shard_reports.write(report)
                await asyncio.sleep(self.poll_seconds)
        finally:
            if report is not None:
                self.shard_reports.withdraw(report)

    async def check_files(self) -> None:
        """Look for damage in the database files once the bot serves; ends when all are looked at."""
        await self.bot.wait_until_ready()
        await check_files(await asyncio.to_thread(lambda: self.database.files))
