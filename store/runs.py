"""Names shared by all who run, watch or show a refresh: actions, outcomes and stages.

Ingest and training report their stages through a `Progress` and time them with a `Stopwatch`; the bot passes
them on, and commands put them into words.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import Protocol


class RunAction(StrEnum):
    """What a run does; the values are those of `refresh_runs.action`."""

    INGEST = "ingest"
    TRAIN = "train"
    REFRESH = "refresh"


class RunStarter(StrEnum):
    """Who started a run; the values are those of `refresh_runs.started_by`."""

    COMMAND_LINE = "command line"
    SCHEDULE = "schedule"
    DISCORD = "discord"


class RunOutcome(StrEnum):
    """How a run ended; one recorded as `running` whose process is gone was interrupted."""

    RUNNING = "running"
    APPLIED = "applied"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class RefusedUnit(StrEnum):
    """What of an input was refused: a whole line, a record of a line, or the value of one field."""

    LINE = "line"
    RECORD = "record"
    VALUE = "value"


class Stage(StrEnum):
    """What a run is at, as its progress names it.

    Downloads are named by their file too: 'Downloading ' and its name.
    """

    STARTING = "starting"
    LISTING_STORE = "Listing the store"
    ASKING_FOR_GAMES = "Asking for games"
    ASKING_FOR_TITLES = "Asking for names in other languages"
    ASKING_FOR_REVIEWS = "Asking for reviews"
    ASKING_FOR_GENRES = "Asking for genres"
    ASKING_FOR_PLAYERS = "Asking how many play"
    READING_GAMES = "Reading games"
    READING_REVIEWS = "Reading reviews"
    READING_ITEMS = "Reading items"
    SCORING_REVIEWS = "Scoring reviews"
    BACKING_UP = "Backing up"
    WRITING_LIBRARIES = "Writing libraries"
    SUMMARIZING = "Summarizing"
    READING_LIBRARIES = "Reading libraries"
    LEARNING_NEIGHBOURS = "Learning neighbours"
    WRITING_NEIGHBOURS = "Writing neighbours"
    COPYING_STORE = "Copying the store"
    PACKING_STORE = "Packing the store"
    PUBLISHING_STORE = "Publishing the store"
    FETCHING_STORE = "Fetching the store"
    UNPACKING_STORE = "Unpacking the store"
    CHECKING_STORE = "Checking the store"


class TimedStage(StrEnum):
    """What the time of a run is spent on; the values are the keys of `refresh_runs.seconds`.

    Coarser than `Stage`: here training is one.
    """

    DOWNLOAD = "download"
    COMPARE = "compare"
    REVIEWS = "reviews"
    GAMES = "games"
    ITEMS = "items"
    SCORING = "scoring"
    CLEANING = "cleaning"
    BACKUP = "backup"
    LOADING = "loading"
    SUMMARIES = "summaries"
    TRAINING = "training"


class Progress(Protocol):
    """Follows a run, one stage after the other. Any method may raise to stop it; nothing is applied then."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Begin a stage.

        Args:
            stage: A `Stage`, or what is downloaded.
            total: The length of the stage in `unit`; None where it is not known.
            unit: What is counted: 'rows', 'bytes' or 'games'.
        """

    def advance(self, n: int, rows: int = 0) -> None:
        """Count more of the stage as done.

        Args:
            n: How many more, in the unit of the stage.
            rows: How many more rows, where the unit is another.
        """

    def finish(self) -> None:
        """End the stage."""


class SilentProgress:
    """The `Progress` that shows nothing."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Show nothing."""

    def advance(self, n: int, rows: int = 0) -> None:
        """Show nothing."""

    def finish(self) -> None:
        """Show nothing."""


@dataclass(frozen=True, slots=True)
class RowChanges:
    """How many rows of one kind a run added, changed and removed; false where it left all as they were."""

    added: int = 0
    changed: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def total(self) -> int:
        """How many rows are not as they were."""
        return self.added + self.changed + self.gone

    def __str__(self) -> str:
        parts = ((self.added, "new"), (self.changed, "changed"), (self.gone, "gone"))
        return ", ".join(f"{count:,} {word}" for count, word in parts if count) or "unchanged"


class Stopwatch:
    """Adds up `seconds` by stage: one that comes twice is added up, one within another counts there alone."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = 0.0  # of the stages within the one that runs

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add what another watch measured, in seconds by stage."""
        for stage, value in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + value

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block as that of the stage `name`, also where the block raises."""
        start, before, self._within = perf_counter(), self._within, 0.0
        try:
            yield
        finally:
            took = perf_counter() - start
            self.add({name: took - self._within})
            self._within = before + took
