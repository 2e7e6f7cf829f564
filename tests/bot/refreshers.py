"""A refresher that tests end by hand."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from commands.core.services.refresher import RefreshJob, RefreshProgress, RefreshResult, RefreshRunning
from store.models import RunOutcome


class ManualJob:
    """A refresh that ends when a test says so."""

    def __init__(self, started_by: str, *, force: bool = False) -> None:
        self.started_by = started_by
        self.force = force
        self.started_at = datetime.now(UTC)
        self.progress: RefreshProgress | None = RefreshProgress("Reading reviews")
        self._end = asyncio.get_running_loop().create_future()

    @property
    def done(self) -> bool:
        return self._end.done()

    async def result(self) -> RefreshResult:
        return await asyncio.shield(self._end)

    def end(self, outcome: RunOutcome, error: str | None = None, **what: Any) -> None:
        if not self._end.done():
            self._end.set_result(RefreshResult(outcome, 31.5, error, **what))

    async def stop(self) -> None:
        self.end(RunOutcome.CANCELLED)


class ManualRefresher:
    """Starts jobs that do nothing."""

    def __init__(self) -> None:
        self.job: ManualJob | None = None
        self.begun = asyncio.Event()

    @property
    def running(self) -> RefreshJob | None:
        return self.job if self.job is not None and not self.job.done else None

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        if self.job is not None and not self.job.done:
            raise RefreshRunning(self.job)
        self.job = ManualJob(started_by, force=force)
        self.begun.set()
        return self.job

    async def stop(self) -> None:
        if self.job is not None:
            await self.job.stop()
