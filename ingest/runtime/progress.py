"""Telling somebody how far a run is."""

from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class ProgressSink(Protocol):
    """Follows one stage after the other.

    Any method may raise `ingest.errors.Cancelled` to stop the run; nothing is applied then.
    """

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Begin `stage`, of `total` units ('rows', 'bytes'), or of unknown length if `total` is None."""

    def advance(self, n: int, rows: int = 0) -> None:
        """Count `n` more units of the stage as done, and `rows` more rows where the unit is another."""

    def finish(self) -> None:
        """End the stage."""


class SilentProgress:
    """Shows nothing."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        pass

    def advance(self, n: int, rows: int = 0) -> None:
        pass

    def finish(self) -> None:
        pass


class RichProgress:
    """A bar a stage on the terminal, with rows and time left; use it as a context manager."""

    def __init__(self, console: Console | None = None) -> None:
        self._bars = Progress(
            TextColumn("{task.description:<20}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:>11,} rows", style="progress.download"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console or Console(stderr=True),
        )
        self._task: Task | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def start(self, stage: str, total: int | None, unit: str) -> None:
        number = self._bars.add_task(stage, total=total, unit=unit, rows=0)
        self._task = next(task for task in self._bars.tasks if task.id == number)

    def advance(self, n: int, rows: int = 0) -> None:
        if self._task is not None:
            counted = n if self._task.fields["unit"] == "rows" else rows
            self._bars.update(self._task.id, advance=n, rows=self._task.fields["rows"] + counted)

    def finish(self) -> None:
        if self._task is not None:
            # A stage of unknown length ends full, so that its bar does not keep pulsing.
            done = self._task.completed or 1
            self._bars.update(self._task.id, total=done, completed=done)
            self._task = None
