"""Showing on a terminal how far a run is."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, Task


class RichProgress:
    """A `store.runs.Progress` of one bar a stage, with rows and time left; use it as a context manager."""

    def __init__(self, console: "Console | None" = None) -> None:
        self._console = console
        self._bars: Progress | None = None
        self._task: Task | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Add a bar for the stage."""
        if self._bars is None:
            self._bars = _bars(self._console)
            self._bars.start()
        number = self._bars.add_task(stage, total=total, unit=unit, rows=0)
        self._task = next(task for task in self._bars.tasks if task.id == number)

    def advance(self, n: int, rows: int = 0) -> None:
        """Move the bar of the stage on."""
        if self._bars is not None and self._task is not None:
            counted = n if self._task.fields["unit"] == "rows" else rows
            self._bars.update(self._task.id, advance=n, rows=self._task.fields["rows"] + counted)

    def finish(self) -> None:
        """Fill the bar of the stage."""
        if self._bars is not None and self._task is not None:
            # A stage of unknown length ends full, so that its bar does not keep pulsing.
            done = self._task.completed or 1
            self._bars.update(self._task.id, total=done, completed=done)
            self._task = None


def _bars(console: "Console | None") -> "Progress":
    # Imported here: a run that finds nothing new shows no bar, and would spend much of its time on this.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description:<20}"),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:>11,} rows", style="progress.download"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console or Console(stderr=True),
    )
