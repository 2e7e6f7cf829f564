"""What the store holds, and how the runs that filled it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.results.frames import frame
from store.results.result import Result
from store.runs import RunOutcome

if TYPE_CHECKING:
    import pandas

_MOMENT = "datetime64[us, UTC]"
_DAY = "datetime64[s]"


@dataclass(frozen=True, slots=True)
class RunInfo(Result):
    """One run of ingest, training or both, as the store wrote it down.

    `id` counts runs from 1. Moments are aware, in UTC; `seconds` is by stage. `rejected` counts the lines and
    records of its sources that could not be used, `unknown` the values of single fields that were taken as
    unknown since they could not be.
    """

    id: int
    action: str
    started_by: str
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome
    error: str | None
    generated: bool
    counts: Mapping[str, Any]
    seconds: Mapping[str, Any]
    rejected: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class DataDates(Result):
    """Which days the data cover; None is unknown.

    `newest_release` is the last day on which games came out as usual, announcements left out,
    `newest_page` when a source last looked at a store page. `as_of` is the latest of the three: the data
    know nothing of later days, however lately they were read.
    """

    newest_release: date | None = None
    newest_review: date | None = None
    newest_page: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Provenance(Result):
    """Where the data come from, generated sample data or Steam's, and which days they cover.

    `refreshed_at` (aware) is when a run last applied them or found the sources unchanged; None is never. It
    says nothing of how old the data themselves are: that is `dates.as_of`.
    """

    generated: bool
    refreshed_at: datetime | None
    dates: DataDates = DataDates()

    def age(self, now: datetime) -> timedelta | None:
        """Return how long before `now` (aware) the sources were last looked at; None for never."""
        return None if self.refreshed_at is None else now - self.refreshed_at

    def to_frame(self) -> "pandas.DataFrame":
        """Return one row: `generated`, `refreshed_at` in UTC (NaT for never), and `as_of`, a day."""
        columns = {"generated": "bool", "refreshed_at": _MOMENT, "as_of": _DAY}
        return frame(columns, ((self.generated, self.refreshed_at, self.dates.as_of),))


@dataclass(frozen=True, slots=True)
class StoreCounts(Result):
    """How many of each thing the store holds.

    `games` are those of the games file, `other_games` those that only libraries and reviews mention.
    `developers` are those that the games credit. `players` are all whom the items and reviews files name;
    `owned_games` are pairs of a player and a game of the items file, `reviews` those of the reviews file.
    `neighbours` are games with neighbours in the model.
    """

    games: int
    other_games: int
    developers: int
    players: int
    owned_games: int
    reviews: int
    neighbours: int


@dataclass(frozen=True, slots=True)
class DataStatus(Result):
    """What the store holds, since when, and how the last runs went, newest first.

    `applied` is the run that the data come from, and `refreshed_at` (aware) when a run last applied them or
    found the sources unchanged; both are None while there are no data. `dates` are which days these cover.
    """

    counts: StoreCounts
    applied: RunInfo | None
    refreshed_at: datetime | None
    runs: tuple[RunInfo, ...]
    dates: DataDates = DataDates()

    @property
    def generated(self) -> bool:
        """Whether the data are generated sample data."""
        return self.applied is not None and self.applied.generated

    def age(self, now: datetime) -> timedelta | None:
        """Return how long before `now` (aware) the sources were last looked at; None for never."""
        return None if self.refreshed_at is None else now - self.refreshed_at

    def to_frame(self) -> "pandas.DataFrame":
        """Return a row a run, the newest first: `id`, `action`, `started_by`, `started_at`, and how it ended.

        That is `finished_at` (NaT while it is under way; both in UTC), `outcome` and `rejected`.
        """
        columns = {
            "id": "int64",
            "action": "str",
            "started_by": "str",
            "started_at": _MOMENT,
            "finished_at": _MOMENT,
            "outcome": "str",
            "rejected": "int64",
        }
        return frame(
            columns,
            (
                (
                    *(run.id, run.action, run.started_by, run.started_at, run.finished_at),
                    *(run.outcome.value, run.rejected),
                )
                for run in self.runs
            ),
        )
