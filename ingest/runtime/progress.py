"""Showing on a terminal how far a run is."""

import os
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self, cast

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, Task


class _Lossy:
    """A stream that drops what it cannot write: no run may fail because nobody can see how far it is."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except OSError:
            self._give_up()
        return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError:
            self._give_up()

    def _give_up(self) -> None:
        """Let what is still buffered, and all that follows, go nowhere, or Python's end would fail of it."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


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

    if console is None:
        console = Console(stderr=True)
        # A terminal may be closed, and a disk full that has the log.
        console.file = cast("IO[str]", _Lossy(console.file))
    return Progress(
        TextColumn("{task.description:<20}"),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:>11,} rows", style="progress.download"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
