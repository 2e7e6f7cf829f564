"""What is missing or stale, and what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.settings import Settings
from store import Database, DatabaseUnavailable, queries
from store.models import RunOutcome
from store.results import DataStatus, RunInfo

# The nightly refresh should have run within this time; a weekend's grace.
_STALE = timedelta(days=3)
_LOW_DISK = 2 * 1024**3


class Mark(StrEnum):
    """How bad a finding is; what is over needs nothing done."""

    GOOD = "ok"
    PAST = "-"
    WARNING = "!"
    FAILURE = "x"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, and the way out where it is not well."""

    mark: Mark
    subject: str
    text: str

    @property
    def is_failure(self) -> bool:
        return self.mark is Mark.FAILURE


def examine(settings: Settings) -> list[Finding]:
    """Look at the token, the raw files, the disk and the store; change nothing."""
    return [_token(settings), _source(settings), _disk(settings), *_store(settings)]


def _token(settings: Settings) -> Finding:
    if settings.discord_token is None:
        return Finding(
            Mark.WARNING,
            "token",
            "DISCORD_TOKEN is not set; `nextplay run` needs it, `nextplay demo` does not.",
        )
    return Finding(Mark.GOOD, "token", "DISCORD_TOKEN is set.")


def _source(settings: Settings) -> Finding:
    from ingest import DOWNLOADS, Role, SourceError, find_files, is_address
    from ingest.sources.download import DownloadError, remote_files

    places: list[Path] = []
    try:
        for source in settings.sources:
            elsewhere = remote_files(source) if is_address(source) else ()
            places.append(settings.database.with_name(DOWNLOADS) if elsewhere else Path(source).expanduser())
        sources = find_files(places)
    except DownloadError as error:
        return Finding(Mark.WARNING, "raw files", str(error))
    except SourceError as error:
        missing = f"{error} A refresh needs them."
        if any(map(is_address, settings.sources)):
            missing = "They are not all fetched yet; the next refresh does that."
        return Finding(Mark.WARNING, "raw files", missing)
    return Finding(Mark.GOOD, "raw files", ", ".join(str(sources.of(role)) for role in Role))


def _disk(settings: Settings) -> Finding:
    folder = next(parent for parent in settings.database.resolve().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK:
        return Finding(
            Mark.WARNING,
            "disk",
            f"Only {free / 1024**3:.1f} GiB are free in {folder}; make room for a refresh.",
        )
    return Finding(Mark.GOOD, "disk", f"{free / 1024**3:.0f} GiB are free in {folder}.")


def _store(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database)
    try:
        with database.reader() as session:
            status = queries.data_status(session)
    except DatabaseUnavailable as error:
        yield Finding(Mark.FAILURE, "store", str(error))
        return
    finally:
        database.close()
    yield _data(status)
    yield _neighbours(status)
    yield from _runs(settings, status)
    yield _next_run(settings)


def _data(status: DataStatus) -> Finding:
    counts = status.counts
    if not counts.games:
        return Finding(Mark.FAILURE, "data", "The store is empty; fill it with `nextplay refresh FOLDER`.")
    what = f"{counts.games:,} games, {counts.players:,} players, {counts.reviews:,} reviews"
    kind = " of generated sample data" if status.generated else ""
    age = status.age(datetime.now(UTC))
    if age is None or age > _STALE:
        how_old = "of unknown age" if age is None else f"{age.days} days old"
        return Finding(Mark.WARNING, "data", f"{what}{kind}, {how_old}; renew them with `nextplay refresh`.")
    return Finding(Mark.GOOD, "data", f"{what}{kind}, {_age(age)} old.")


def _age(age: timedelta) -> str:
    hours = round(age.total_seconds() / 3600)
    return "less than an hour" if not hours else "1 hour" if hours == 1 else f"{hours} hours"


def _neighbours(status: DataStatus) -> Finding:
    if status.counts.neighbours < status.counts.games:
        return Finding(
            Mark.FAILURE,
            "neighbours",
            f"Only {status.counts.neighbours:,} games have neighbours; work them out with `nextplay train`.",
        )
    return Finding(Mark.GOOD, "neighbours", f"{status.counts.neighbours:,} games have neighbours.")


def _runs(settings: Settings, status: DataStatus) -> Iterator[Finding]:
    if not status.runs:
        yield Finding(Mark.WARNING, "last runs", "There has been none.")
    for number, run in enumerate(status.runs):
        outcome = _outcome(settings, run)
        took = (
            "" if run.finished_at is None else f", {(run.finished_at - run.started_at).total_seconds():.1f} s"
        )
        text = f"{_moment(run.started_at)}, {run.started_by}: {run.action}, {outcome}{took}"
        if run.error:
            text += f". {run.error}"
        is_bad = outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED)
        newest = Mark.WARNING if is_bad else Mark.GOOD
        yield Finding(Mark.PAST if number else newest, "" if number else "last runs", text)


def _outcome(settings: Settings, run: RunInfo) -> RunOutcome:
    """Return how a run ended; one whose process died is still recorded as running."""
    from ingest.runtime.run_lock import is_running

    if run.outcome is RunOutcome.RUNNING and not is_running(settings.database):
        return RunOutcome.INTERRUPTED
    return run.outcome


def _next_run(settings: Settings) -> Finding:
    from bot.serving import nightly

    due = nightly(settings).next_due(datetime.now(UTC))
    return Finding(Mark.GOOD, "next run", f"{_moment(due)}, while `nextplay run` is serving.")


def _moment(value: datetime) -> str:
    return value.astimezone().strftime("%Y-%m-%d %H:%M %Z")
