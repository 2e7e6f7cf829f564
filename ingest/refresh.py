"""The whole run: fetch, compare, stage, apply, train."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from ingest import run_log
from ingest.errors import GuardError
from ingest.run_log import LastRun, RunReport
from ingest.run_record import RunRecord, RunResult
from ingest.runtime.gc_paused import gc_paused
from ingest.sanity_checks import require_no_drop, require_readable
from ingest.settings import IngestSettings
from ingest.sources.locations import source_at
from ingest.sources.source import Source, SourceRecord
from ingest.training_step import Train, TrainingStep
from store import Database
from store.models import RunOutcome
from store.runs import Progress, RunAction, RunStarter, SilentProgress, Stage, Stopwatch, TimedStage

if TYPE_CHECKING:
    from ingest.apply import Applied
    from ingest.score.scorer import Scorer
    from ingest.score.tone import Tone
    from ingest.stage import Staged

# Raised whenever the same inputs would give other rows, or other neighbours, than before; a store of an older
# number is read again.
RULES_VERSION = 13


def ingest(
    database: Database,
    source: Source | Sequence[str | Path],
    *,
    settings: IngestSettings | None = None,
    progress: Progress | None = None,
    started_by: str = RunStarter.COMMAND_LINE,
    train: Train | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> RunReport:
    """Bring the store up to date with a source, in one transaction.

    The run is recorded whatever becomes of it; when anything is raised, the store still holds the data that
    it held before.

    Args:
        database: The store; it is created if need be.
        source: A source, or the locations of the Steam files: folders, files, and http(s) addresses of
            either, and `steam` for Steam itself. What is elsewhere is fetched into the folder `downloads`
            beside the database.
        settings: How the run goes.
        progress: Follows the run, and may raise to stop it.
        started_by: Who started it, for the record.
        train: Called in the same transaction once the data are written, so that readers see new data with new
            neighbours.
        before_replacing: Called when the new data are ready and before they replace older ones, for a backup.

    Raises:
        IngestError: A `SourceError`, `GuardError`, `AlreadyRunning` or `Cancelled`, and whatever `train` and
            `before_replacing` raise.
        DownloadError: If a file cannot be downloaded.
        DatabaseUnavailable: If the store cannot be read or written.
    """
    settings = settings or IngestSettings()
    # A misspelt path must not leave an empty database behind.
    is_first = not database.exists()
    if isinstance(source, Sequence):
        source = source_at(source, database.file, settings)
    run = _Run(database, settings, progress or SilentProgress(), train, before_replacing)
    if is_first:
        run.fetch(source)
    with run.record.keeping(RunAction.REFRESH if train else RunAction.INGEST, started_by):
        if not is_first:
            run.fetch(source)
        return run.bring_up_to_date(source)


def retrain(
    database: Database,
    train: Train,
    *,
    progress: Progress | None = None,
    started_by: str = RunStarter.COMMAND_LINE,
) -> RunReport:
    """Call `train` on the stored data, as a run with a lock, a record and a backup of its own.

    Raises:
        AlreadyRunning: If another run is under way.
        Cancelled: If `progress` says so.
        DatabaseUnavailable: If the store cannot be read or written; and whatever `train` raises.
    """
    run = _Run(database, IngestSettings(), progress or SilentProgress(), train)
    with run.record.keeping(RunAction.TRAIN, started_by):
        return run.only_train()


class _Run:
    """One run, from its source to its record."""

    def __init__(
        self,
        database: Database,
        settings: IngestSettings,
        progress: Progress,
        train: Train | None,
        before_replacing: Callable[[], object] | None = None,
    ) -> None:
        self._database = database
        self._settings = settings
        self._progress = progress
        self._before_replacing = before_replacing
        self._rules: dict[str, int] = {
            "version": RULES_VERSION,
            "most_anonymous": settings.most_anonymous,
        }
        self._watch = Stopwatch()
        self._training = TrainingStep(train, progress, self._watch, force=settings.force)
        self.record = RunRecord(database, self._watch)

    def fetch(self, source: Source) -> None:
        """Have the source look for its data and download what is remote."""
        with self._watch.stage(TimedStage.DOWNLOAD) if source.is_remote else nullcontext():
            source.fetch(self._progress)

    def bring_up_to_date(self, source: Source) -> RunReport:
        """Do what is needed: nothing, train, or replace the data."""
        self._rules |= source.rules
        with self._database.reader() as session:
            last = run_log.last_applied(session)
        if last is not None and self._fits(last) and not self._settings.force:
            with self._watch.stage(TimedStage.COMPARE):
                records = source.unchanged(last.sources, last.seen_at)
            if records is not None:
                return self._keep(source, records, last)
        return self._replace(source, last)

    def _fits(self, last: LastRun) -> bool:
        """Return whether the tables hold what this run would make of the same inputs."""
        return last.rules == self._rules and not last.awaits_refill

    def _upgrade_notes(self, last: LastRun | None) -> tuple[str, ...]:
        if last is None or not last.awaits_refill:
            return ()
        return ("An upgrade has changed the tables, so all of them were filled again.",)

    def only_train(self) -> RunReport:
        """Train on the data that are there."""
        with self._database.writer() as session:
            last = run_log.last_applied(session)
            rows = {**(last.counts if last else {}), "neighbours": self._training.run(session)}
            generated = last is not None and last.generated
            return self.record.end(
                session,
                RunResult(RunOutcome.APPLIED, rows, self._rules, generated, notes=self._training.notes),
            )

    def _keep(self, source: Source, records: tuple[SourceRecord, ...], last: LastRun) -> RunReport:
        """Leave the data as they are, and train if that has not been done on them."""
        rows = dict(last.counts)
        outcome = RunOutcome.UNCHANGED
        with self._database.writer() as session:
            if self._training.is_wanted and not last.is_trained:
                rows["neighbours"] = self._training.run(session)
                outcome = RunOutcome.APPLIED
            return self.record.end(
                session,
                RunResult(
                    outcome,
                    rows,
                    self._rules,
                    last.generated,
                    sources=records,
                    notes=(*source.notes, *self._training.notes),
                    partial=source.is_partial,
                ),
            )

    def _replace(self, source: Source, last: LastRun | None) -> RunReport:
        """Read the source and replace the store's data by it."""
        # Imported here and below: a run that finds nothing new would spend most of its time on importing.
        from ingest.score.scorer import Scorer

        with Scorer(self._known_tones(last), self._settings.processes) as scorer:
            staged = self._stage(source, scorer)
            require_readable(staged.inputs, self._settings)
            rows = _counts_of(staged)
            require_no_drop(last.counts if last else {}, rows, self._settings, is_partial=source.is_partial)
            if last is not None or not scorer.has_helpers_at_work:
                # Scored before the transaction, so that other writers wait for less. In a first run, helpers
                # go on scoring beside the writing instead.
                staged.tones()
            if last is not None:
                self._back_up()
            with self._database.writer(bulk=True) as session:
                generated = staged.generated
                applied = self._apply(session, staged, last)
                del staged  # training needs the room
                trained = self._training.run_where_due(session, last, applied, rows)
                return self.record.end(
                    session,
                    RunResult(
                        RunOutcome.APPLIED,
                        {**rows, **trained.rows},
                        self._rules,
                        generated,
                        sources=self.record.sources,
                        notes=(*source.notes, *self._upgrade_notes(last), *self._training.notes),
                        partial=source.is_partial,
                        changes=applied.changes,
                        kept=(*applied.kept, *trained.kept),
                        training_waits=trained.waits,
                    ),
                )

    def _apply(self, session: Session, staged: "Staged", last: LastRun | None) -> "Applied":
        from ingest.apply import apply

        with gc_paused():
            return apply(
                session,
                staged,
                rewrite=last is not None and not self._fits(last),
                progress=self._progress,
                watch=self._watch,
            )

    def _known_tones(self, last: LastRun | None) -> "dict[bytes, Tone]":
        """Return the tones that the store has, as far as they would come out the same."""
        from ingest.score.known import known_tones

        if last is None or not self._fits(last):
            return {}
        with self._watch.stage(TimedStage.COMPARE), self._database.reader(seconds=60) as session:
            return known_tones(session)

    def _stage(self, source: Source, scorer: "Scorer") -> "Staged":
        from ingest.stage import stage

        try:
            with gc_paused():
                staged = stage(
                    source,
                    scorer,
                    progress=self._progress,
                    watch=self._watch,
                    most_anonymous=self._settings.most_anonymous,
                )
        except GuardError:
            self.record.note_read(source.inputs(), {})
            raise
        self.record.note_read(staged.inputs, staged.repeated)
        return staged

    def _back_up(self) -> None:
        if self._before_replacing is not None:
            self._progress.start(Stage.BACKING_UP, None, "rows")
            with self._watch.stage(TimedStage.BACKUP):
                self._before_replacing()
            self._progress.finish()


def _counts_of(staged: "Staged") -> dict[str, int]:
    """Return how many rows were staged, by table."""
    rows = {
        "games": sum(game.listed for game in staged.games),
        "players": len(staged.players),
        "owned_games": len(staged.libraries.game),
        "reviews": len(staged.reviews),
    }
    if len(staged.anonymous.sizes):
        rows["anonymous_libraries"] = len(staged.anonymous.sizes)
    return rows
