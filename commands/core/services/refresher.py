"""What commands need from whoever refreshes the data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from store.runs import RowChanges, RunOutcome


@dataclass(frozen=True, slots=True)
class RefreshProgress:
    """How far a refresh is.

    `rows` of the step `stage` are done, which is its `share` (0 to 1) and leaves `seconds_left` of it; either
    is None where that is not known.
    """

    stage: str
    rows: int = 0
    share: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """How a refresh ended.

    `error` is a sentence where it failed; `seconds` is how long it took. Where it was applied, `changes` are
    those of `games`, `players`, `owned_games` and `reviews`, and `neighbours` is how many games have some.
    With `another_runs` it failed because another process was refreshing the same store.
    """

    outcome: RunOutcome
    seconds: float
    error: str | None = None
    changes: Mapping[str, RowChanges] = field(default_factory=dict)
    neighbours: int | None = None
    another_runs: bool = False


class RefreshJob(Protocol):
    """A refresh that has been started."""

    @property
    def started_by(self) -> str:
        """'schedule', 'command line' or 'discord'; never who."""

    @property
    def started_at(self) -> datetime:
        """When, with its time zone."""

    @property
    def progress(self) -> RefreshProgress | None:
        """How far it is; None before its first message."""

    async def result(self) -> RefreshResult:
        """Wait for the end."""

    async def stop(self) -> None:
        """End it; the store keeps its old data."""


class RefreshRunning(Exception):
    """A refresh was asked for while `job` is running."""

    def __init__(self, job: RefreshJob) -> None:
        self.job = job
        super().__init__("A refresh is running already.")


class Refresher(Protocol):
    """Starts refreshes, one at a time."""

    @property
    def running(self) -> RefreshJob | None:
        """The refresh under way, if there is one."""

    async def start(self, started_by: str, *, force: bool = False) -> RefreshJob:
        """Start one; `force` applies data that look wrong. Raises RefreshRunning while there is another."""

    async def stop(self) -> None:
        """End the refresh under way, if there is one; the store keeps its old data."""
