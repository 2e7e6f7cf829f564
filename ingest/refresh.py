"""The whole run: find, compare, stage, apply, train, record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import stat_result
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from ingest import run_log as runs
from ingest.changes import ChangeCounts
from ingest.errors import Cancelled
from ingest.run_log import LastRun, RunReport, SourceRecord, source_records
from ingest.runtime.gc_paused import gc_paused
from ingest.runtime.progress import ProgressSink, SilentProgress
from ingest.runtime.run_lock import only_run
from ingest.runtime.timing import Stopwatch
from ingest.sanity_checks import require_no_drop, require_readable
from ingest.settings import IngestSettings
from ingest.sources.steam_files.find import Role, Sources, find_sources, is_address
from ingest.sources.steam_files.source_file import FileState, checksum
from store import Database
from store.errors import DatabaseUnavailable, NextplayError
from store.models import RunOutcome

if TYPE_CHECKING:
    from ingest.stage import Staged, StagedSource

# Raised whenever the same files would give other rows, or other neighbours, than before; a store of an older
# number is read anew.
RULES_VERSION = 4
# The folder beside the database that holds what was fetched from elsewhere.
DOWNLOADS = "downloads"
# A file that changed this shortly before it was read may have changed again within one tick of its clock.
_SETTLED_NS = 2_000_000_000
_STOPPED = "It was stopped before it was done; the data of the run before it stay in use."


class TrainCounts(Protocol):
    """What training says it did."""

    @property
    def games(self) -> int:
        """How many games have neighbours."""


Train = Callable[[Session, ProgressSink], TrainCounts]


def ingest(
    database: Database,
    locations: Sequence[str | Path],
    *,
    settings: IngestSettings | None = None,
    progress: ProgressSink | None = None,
    started_by: str = "command line",
    train: Train | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> RunReport:
    """Bring the store up to date with the files at `locations`, in one transaction.

    `locations` are folders, files, and http(s) addresses of either; what is elsewhere is fetched into the
    folder `downloads` beside the database.

    `train`, if given, is called in the same transaction once the data are written, so that readers see new
    data with new neighbours. `before_replacing`, if given, is called when the new data are ready and before
    they replace older ones, for a backup. The run is recorded whatever becomes of it; when anything is
    raised, the store still holds the data that it held before.

    Raises IngestError (`SourceError`, `GuardError`, `AlreadyRunning`, `Cancelled`), DownloadError,
    DatabaseUnavailable, and whatever `train` and `before_replacing` raise.
    """
    run = _Run(database, settings or IngestSettings(), progress or SilentProgress(), train, before_replacing)
    # A slip of the pen shall not leave an empty database behind.
    found = None if database.file.exists() else run.find(locations)
    with run.recorded("refresh" if train else "ingest", started_by):
        return run.bring_up_to_date(found or run.find(locations))


def retrain(
    database: Database,
    train: Train,
    *,
    progress: ProgressSink | None = None,
    started_by: str = "command line",
) -> RunReport:
    """Call `train` on the data that the store has, as a run of its own with all that belongs to one.

    Raises AlreadyRunning, Cancelled, DatabaseUnavailable, and whatever `train` raises.
    """
    run = _Run(database, IngestSettings(), progress or SilentProgress(), train)
    with run.recorded("train", started_by):
        return run.only_train()


class _Run:
    """One run, from its sources to its record."""

    def __init__(
        self,
        database: Database,
        settings: IngestSettings,
        progress: ProgressSink,
        train: Train | None,
        before_replacing: Callable[[], object] | None = None,
    ) -> None:
        self._database = database
        self._id = 0
        self._settings = settings
        self._progress = progress
        self._train = train
        self._before_replacing = before_replacing
        self._rules = {"version": RULES_VERSION, "crawl_year": settings.crawl_year}
        self._watch = Stopwatch()
        self._read: tuple[StagedSource, ...] = ()

    @contextmanager
    def recorded(self, action: str, started_by: str) -> Iterator[None]:
        """Hold the lock and keep the record of this run; the block ends the run, or its failure does."""
        with only_run(self._database.file):
            self._database.upgrade()
            self._id = runs.begin(self._database, action, started_by)
            try:
                yield
            except BaseException as error:
                try:
                    self._record_failure(error)
                except DatabaseUnavailable as unrecorded:
                    # The next run will find this one still marked as running, and call it interrupted.
                    error.add_note(str(unrecorded))
                raise

    def find(self, locations: Sequence[str | Path]) -> Sources:
        """Return the three files, fetched if they are elsewhere."""
        if not any(map(is_address, locations)):
            return find_sources([Path(location).expanduser() for location in locations])
        # Imported here: few sources are addresses.
        from ingest.sources.download import resolve  # noqa: PLC0415

        cache = self._database.file.with_name(DOWNLOADS)
        with self._watch.stage("download"):
            return find_sources(resolve(list(map(str, locations)), cache, progress=self._progress))

    def bring_up_to_date(self, sources: Sources) -> RunReport:
        """Do what the files ask for: nothing, train, or replace the data."""
        with self._database.reader() as session:
            last = runs.last_applied(session)
        if last is not None and last.rules == self._rules and not self._settings.force:
            with self._watch.stage("compare"):
                records = unchanged_records(sources, last)
            if records is not None:
                return self._keep(sources, records, last)
        return self._replace(sources, last)

    def only_train(self) -> RunReport:
        """Train on the data that are there."""
        with self._database.writer() as session:
            last = runs.last_applied(session)
            rows = {**(last.counts if last else {}), "neighbours": self._trained(session)}
            return self._end(
                session,
                RunOutcome.APPLIED,
                sources=None,
                records=(),
                rows=rows,
                changes=ChangeCounts(),
                generated=last is not None and last.generated,
            )

    def _keep(self, sources: Sources, records: tuple[SourceRecord, ...], last: LastRun) -> RunReport:
        """Leave the data as they are, and train if that has not been done on them."""
        rows = dict(last.counts)
        outcome = RunOutcome.UNCHANGED
        with self._database.writer() as session:
            if self._train is not None and not last.is_trained:
                rows["neighbours"] = self._trained(session)
                outcome = RunOutcome.APPLIED
            return self._end(
                session,
                outcome,
                sources=sources,
                records=records,
                rows=rows,
                changes=ChangeCounts(),
                generated=last.generated,
            )

    def _replace(self, sources: Sources, last: LastRun | None) -> RunReport:
        """Read the files and make the store say what they say."""
        # Imported here and below: a run that finds nothing new would spend most of its time on importing.
        from ingest.load import apply  # noqa: PLC0415

        staged = self._stage(sources, last)
        require_readable(staged.sources, self._settings)
        rows = {
            "games": sum(game.listed for game in staged.games),
            "players": len(staged.players),
            "owned_games": len(staged.libraries.game),
            "reviews": len(staged.reviews),
        }
        require_no_drop(last.counts if last else {}, rows, self._settings)
        if last is not None and self._before_replacing is not None:
            self._progress.start("Backing up", None, "rows")
            with self._watch.stage("backup"):
                self._before_replacing()
            self._progress.finish()
        with self._database.writer(bulk=True) as session:
            with gc_paused():
                changes = apply(session, staged, progress=self._progress, watch=self._watch)
            generated = staged.generated
            del staged  # training needs the room
            if self._train is not None:
                rows["neighbours"] = self._trained(session)
            runs.record_rejects(session, self._id, self._read)
            return self._end(
                session,
                RunOutcome.APPLIED,
                sources=sources,
                records=source_records(self._read),
                rows=rows,
                changes=changes,
                generated=generated,
            )

    def _stage(self, sources: Sources, last: LastRun | None) -> "Staged":
        from ingest.load import known  # noqa: PLC0415
        from ingest.stage import Known, stage  # noqa: PLC0415

        already = Known()
        if last is not None and last.rules == self._rules:
            with self._watch.stage("compare"), self._database.reader(seconds=60) as session:
                already = known(session)
        with gc_paused():
            staged = stage(sources, known=already, settings=self._settings, progress=self._progress)
        self._watch.add(staged.seconds)
        self._read = staged.sources
        return staged

    def _trained(self, session: Session) -> int:
        assert self._train is not None
        with self._watch.stage("training"):
            return self._train(session, self._progress).games

    def _end(
        self,
        session: Session,
        outcome: RunOutcome,
        *,
        sources: Sources | None,
        records: tuple[SourceRecord, ...],
        rows: dict[str, int],
        changes: ChangeCounts,
        generated: bool,
    ) -> RunReport:
        runs.record_sources(session, self._id, records)
        runs.end(
            session,
            self._id,
            outcome,
            generated=generated,
            counts={"rows": rows, "changes": changes.as_dict(), "rules": self._rules},
            seconds=self._watch.seconds,
        )
        notes = sources.notes if sources else ()
        return RunReport(self._id, outcome, records, notes, rows, changes, self._watch.seconds)

    def _record_failure(self, error: BaseException) -> None:
        """Record that the run did not get through, and what was refused if that was known."""
        stopped = isinstance(error, Cancelled) or not isinstance(error, Exception)
        outcome = RunOutcome.CANCELLED if stopped else RunOutcome.FAILED
        if stopped:
            sentence = str(error) or _STOPPED
        else:
            sentence = str(error) if isinstance(error, NextplayError) else f"{type(error).__name__}: {error}"
        with self._database.writer() as session:
            if self._read:
                runs.record_sources(session, self._id, source_records(self._read))
                runs.record_rejects(session, self._id, self._read, failed=True)
            runs.end(session, self._id, outcome, error=sentence, seconds=self._watch.seconds)


def unchanged_records(sources: Sources, last: LastRun) -> tuple[SourceRecord, ...] | None:
    """Return the records of the three files if each has the content that the last run read, else None."""
    records: list[SourceRecord] = []
    for role in Role:
        before = last.sources.get(role)
        file = sources.of(role)
        found = file.stat()
        if before is None or found.st_size != before.state.size:
            return None
        if not _untouched(file, found, before, last) and checksum(file) != before.state.sha256:
            return None
        state = FileState(found.st_size, found.st_mtime_ns, before.state.sha256)
        records.append(replace(before, file=file, state=state))
    return tuple(records)


def _untouched(file: Path, found: stat_result, before: SourceRecord, last: LastRun) -> bool:
    """Tell whether its place, size and time of change alone show that a file is the one seen `before`."""
    settled = found.st_mtime_ns + _SETTLED_NS < last.seen_at.timestamp() * 1e9
    return settled and file == before.file and found.st_mtime_ns == before.state.modified_ns
