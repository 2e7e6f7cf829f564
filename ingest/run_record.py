"""Keeping the record of one run, from its lock to its outcome, whichever that is."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from ingest import run_log
from ingest.changes import ChangeCounts
from ingest.errors import Cancelled
from ingest.run_log import RunReport, source_records
from ingest.runtime.run_lock import run_lock
from ingest.sources.source import InputRead, Kind, SourceRecord
from store import Database
from store.errors import DatabaseUnavailable, NextplayError
from store.models import RunOutcome
from store.runs import RunAction, Stopwatch

_STOPPED = "It was stopped before it was done; the data of the run before it stay in use."


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended, before it is recorded; the fields are those of `RunReport`."""

    outcome: RunOutcome
    counts: Mapping[str, int]
    rules: Mapping[str, int]
    generated: bool
    sources: tuple[SourceRecord, ...] = ()
    notes: tuple[str, ...] = ()
    partial: bool = False
    changes: ChangeCounts = field(default_factory=ChangeCounts)
    kept: tuple[str, ...] = ()
    training_waits: bool = False


class RunRecord:
    """The record of one run."""

    def __init__(self, database: Database, watch: Stopwatch) -> None:
        """Record a run on `database`, the time of whose stages `watch` takes."""
        self._database = database
        self._watch = watch
        self._id = 0
        self._read: Sequence[InputRead] = ()
        self._repeated: Mapping[Kind, int] = {}

    @contextmanager
    def keeping(self, action: RunAction, started_by: str) -> Iterator[None]:
        """Hold the lock and keep the record for the block; an error in it is recorded as a failure."""
        with run_lock(self._database.file):
            self._database.upgrade()
            self._id = run_log.begin(self._database, action, started_by)
            try:
                yield
            except BaseException as error:
                try:
                    self._fail(error)
                except DatabaseUnavailable as unrecorded:
                    # The next run will find this one still marked as running, and call it interrupted.
                    error.add_note(str(unrecorded))
                raise

    def note_read(self, inputs: Sequence[InputRead], repeated: Mapping[Kind, int]) -> None:
        """Take note of what was read, and refused, and how many records came again."""
        self._read, self._repeated = inputs, repeated

    @property
    def sources(self) -> tuple[SourceRecord, ...]:
        """What is recorded of what was read."""
        return source_records(self._read, self._repeated)

    def end(self, session: Session, result: RunResult) -> RunReport:
        """Record how the run ended, in the transaction of its data."""
        run_log.record_refusals(session, self._id, self._read)
        run_log.record_sources(session, self._id, result.sources)
        run_log.end(
            session,
            self._id,
            result.outcome,
            generated=result.generated,
            counts={
                "rows": result.counts,
                "changes": result.changes.as_dict(),
                "rules": result.rules,
                "notes": result.notes,
                "partial": result.partial,
                "kept": result.kept,
                "training_waits": result.training_waits,
            },
            seconds=self._watch.seconds,
        )
        return RunReport(
            self._id,
            result.outcome,
            result.sources,
            result.notes,
            result.counts,
            result.changes,
            self._watch.seconds,
            result.partial,
            result.kept,
        )

    def _fail(self, error: BaseException) -> None:
        """Record that the run did not get through, and what was refused if that was known."""
        stopped = isinstance(error, Cancelled) or not isinstance(error, Exception)
        outcome = RunOutcome.CANCELLED if stopped else RunOutcome.FAILED
        if stopped:
            sentence = str(error) or _STOPPED
        else:
            sentence = str(error) if isinstance(error, NextplayError) else f"{type(error).__name__}: {error}"
        with self._database.writer() as session:
            if self._read:
                run_log.record_sources(session, self._id, self.sources)
                run_log.record_refusals(session, self._id, self._read)
            run_log.end(session, self._id, outcome, error=sentence, seconds=self._watch.seconds)
