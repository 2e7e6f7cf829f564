"""What is missing or stale, and what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.settings import Settings
from store import Database, DatabaseUnavailable, queries
from store.models import RunOutcome
from store.results import DataStatus

# The nightly refresh should have run within this time; a weekend's grace.
_STALE = timedelta(days=3)
_LOW_DISK = 2 * 1024**3


class Mark(StrEnum):
    """How bad a finding is."""

    GOOD = "ok"
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
    from ingest import find_sources
    from ingest.errors import SourceError

    try:
        sources = find_sources([settings.source])
    except SourceError as error:
        return Finding(Mark.WARNING, "raw files", f"{error} A refresh needs them.")
    return Finding(Mark.GOOD, "raw files", f"{sources} in {settings.source}")


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
    yield _last_run(status)


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
    return Finding(Mark.GOOD, "data", f"{what}{kind}.")


def _neighbours(status: DataStatus) -> Finding:
    if status.counts.neighbours < status.counts.games:
        return Finding(
            Mark.FAILURE,
            "neighbours",
            f"Only {status.counts.neighbours:,} games have neighbours; work them out with `nextplay train`.",
        )
    return Finding(Mark.GOOD, "neighbours", f"{status.counts.neighbours:,} games have neighbours.")


def _last_run(status: DataStatus) -> Finding:
    if not status.runs:
        return Finding(Mark.WARNING, "last run", "There has been none.")
    run = status.runs[0]
    if run.outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED):
        why = f": {run.error}" if run.error else ""
        return Finding(
            Mark.WARNING, "last run", f"{run.action} was {run.outcome}{why}; the old data are served."
        )
    return Finding(Mark.GOOD, "last run", f"{run.action}: {run.outcome}.")
