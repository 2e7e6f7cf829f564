"""What one process of a bot does for all of them: it syncs the commands and keeps the schedules."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from discord import app_commands

from bot.command_tree.sync import sync_if_changed
from bot.refresh.schedule import Nightly, Schedule


class LeaderDuties:
    """Does so from `begin` to `end`, as often as these come."""

    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        sync_record: Path,
        plan: Nightly | None,
        schedule: Callable[[Nightly], Schedule],
        refresh_libraries: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        """Prepare to do so.

        Args:
            tree: The commands, which are synced as `sync_record` says.
            sync_record: The file with the digest of the commands that Discord has.
            plan: When to refresh by itself, None never.
            schedule: Makes a new schedule of a plan.
            refresh_libraries: Keeps people's own libraries fresh until it is cancelled.
        """
        self._tree = tree
        self._sync_record = sync_record
        self._plan = plan
        self._new_schedule = schedule
        self._schedule: Schedule | None = None
        self._refresh_libraries = refresh_libraries
        self._refreshing: asyncio.Task[None] | None = None
        self.has_synced = False

    async def begin(self) -> None:
        """Begin. Raises what `sync_if_changed` raises."""
        self.has_synced = await sync_if_changed(self._tree, self._sync_record)
        if self._plan is not None:
            self._schedule = self._new_schedule(self._plan)
            await self._schedule.start()
        self._refreshing = asyncio.create_task(self._refresh_libraries(), name="own libraries")

    def end(self) -> None:
        """Start no refresh any more."""
        if self._refreshing is not None:
            self._refreshing.cancel()
            self._refreshing = None
        if self._schedule is not None:
            self._schedule.stop()
            self._schedule = None

    def next_refresh(self) -> datetime | None:
        """Return when this process, or the one that leads, refreshes next; None is never."""
        if self._schedule is not None:
            return self._schedule.next_refresh()
        return None if self._plan is None else self._plan.next_due(datetime.now(UTC))
