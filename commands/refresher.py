"""What commands need from whoever refreshes the data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from store.models import RunOutcome


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a refresh ended. `error` is a sentence where it failed; `seconds` is how long it took."""

    outcome: RunOutcome
    seconds: float
    error: str | None = None


class RefreshJob(Protocol):
    """A refresh that has been started."""

    @property
    def started_by(self) -> str:
        """'schedule', 'command line' or 'discord'; never who."""

    @property
    def started_at(self) -> datetime:
        """When, with its time zone."""

    @property
    def stage(self) -> str | None:
        """What it is at; None before the first word from it."""

    async def result(self) -> RefreshResult:
        """Wait for the end."""


class RefreshRunning(Exception):
    """A refresh was asked for while `job` is at it."""

    def __init__(self, job: RefreshJob) -> None:
        self.job = job
        super().__init__("A refresh is running already.")


class Refresher(Protocol):
    """Starts refreshes, one at a time."""

    @property
    def running(self) -> RefreshJob | None:
        """The refresh under way, if there is one."""

    async def start(self, started_by: str) -> RefreshJob:
        """Start one. Raises RefreshRunning if there is one under way."""

    async def stop(self) -> None:
        """End the refresh under way, if there is one; the store keeps its old data."""
