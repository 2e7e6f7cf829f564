"""Training as a step of a run: whether it is due, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from ingest import run_log
from ingest.run_log import LastRun
from ingest.touched import LEARNT_FROM
from ingest.training_due import Postponed, postponed
from store.models import Neighbours
from store.runs import Progress, Stopwatch, TimedStage

if TYPE_CHECKING:
    from ingest.apply import Applied


class TrainCounts(Protocol):
    """What training says it did."""

    @property
    def games(self) -> int:
        """How many games have neighbours."""

    @property
    def notes(self) -> Sequence[str]:
        """Sentences about choices that were made."""


Train = Callable[[Session, Progress], TrainCounts]


@dataclass(frozen=True, slots=True)
class Trained:
    """The rows of training's tables, those tables that need not change, and whether training waits."""

    rows: Mapping[str, int]
    kept: tuple[str, ...] = ()
    waits: bool = False


class TrainingStep:
    """Calls `train`, if there is one, and keeps the sentences about it for the record of the run.

    Args:
        train: Called in the transaction of the run.
        progress: Follows it.
        watch: Takes its time.
        force: Whether it never waits for more changes.
    """

    def __init__(
        self, train: Train | None, progress: Progress, watch: Stopwatch, *, force: bool = False
    ) -> None:
        self._train = train
        self._progress = progress
        self._watch = watch
        self._force = force
        self.notes: tuple[str, ...] = ()

    @property
    def is_wanted(self) -> bool:
        """Whether the run trains at all."""
        return self._train is not None

    def run(self, session: Session) -> int:
        """Train on the data that are there; return how many games have neighbours."""
        assert self._train is not None
        with self._watch.stage(TimedStage.TRAINING):
            counts = self._train(session, self._progress)
        self.notes = tuple(counts.notes)
        return counts.games

    def run_where_due(
        self, session: Session, last: LastRun | None, applied: "Applied", rows: Mapping[str, int]
    ) -> Trained:
        """Train if the run touched enough of what training reads.

        Args:
            session: Has the new data.
            last: The run before this one.
            applied: What this run touched.
            rows: How many rows it staged, by table.
        """
        if not self.is_wanted:
            return Trained({})
        if last is not None and last.is_trained:
            before = {name: count for name, count in last.counts.items() if name == "neighbours"}
            if not applied.touched & LEARNT_FROM:
                return Trained(before, kept=(Neighbours.__tablename__,))
            wait = self._why_it_waits(session, applied, rows)
            if wait is not None:
                self.notes = (str(wait),)
                return Trained(before, waits=True)
        return Trained({"neighbours": self.run(session)})

    def _why_it_waits(
        self, session: Session, applied: "Applied", rows: Mapping[str, int]
    ) -> Postponed | None:
        training = run_log.last_training(session)
        if training is None or self._force:
            return None
        return postponed(training, applied.touched, applied.changes, rows["owned_games"], rows["reviews"])
