"""What is missing or stale, and what to do about it."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.findings import Finding, Severity
from bot.published.findings import check_published
from bot.published.opening import open_store
from bot.refresh.schedule import Nightly
from bot.settings import Settings, SettingsError, unknown_settings
from bot.shards.reports import ShardReports
from store import Database, NextplayError, StoreError, queries
from store.database import DatabaseFile
from store.health import FileInUse, SoundnessCheck, check_writing
from store.models import RunOutcome
from store.refill import WAITS_FOR_REFRESH, awaits_refill
from store.results import DataStatus, RunInfo
from store.user_data.exposure import open_files

# The nightly refresh should have run within this time; a weekend's grace.
_STALE = timedelta(days=3)
_LOW_DISK = 2 * 1024**3
_SECONDS_TO_COUNT = 60.0


def examine(settings: Settings) -> list[Finding]:
    """Look at the settings, the raw files, the disk, the store and the user data; change nothing."""
    return [
        *_check_names(),
        _check_token(settings),
        *(_check_sources(settings) if settings.store is None else ()),
        _check_disk(settings),
        *(_check_store(settings) if settings.store is None else _check_published(settings)),
        *_check_user_data(settings),
        *([_next_run(settings)] if settings.store is None else ()),
        *_check_shards(settings),
    ]


def _check_names() -> Iterator[Finding]:
    for unknown in unknown_settings():
        meant = "" if unknown.nearest is None else f"; {unknown.nearest} is"
        yield Finding(Severity.WARNING, "settings", f"{unknown.name} is no setting{meant}.")


def _check_user_data(settings: Settings) -> Iterator[Finding]:
    """Look whether what people stored can be used, and whether others on the machine may read it."""
    database = open_store(settings)
    beside = database.user_data_file
    file = beside.file
    try:
        if settings.user_data is not None:
            yield from _check_server(database)
        elif file.exists() or beside.is_lost:
            yield _no_player_shown(_check_file(beside, "user data"))
    finally:
        database.close()
    readable = open_files(file, settings.backup_folder)
    if readable:
        yield Finding(
            Severity.WARNING,
            "user data",
            f"Others on this machine may read {', '.join(map(str, readable))}; `nextplay run` closes them, "
            "or run `chmod 600` as their owner.",
        )


def _check_server(database: Database) -> Iterator[Finding]:
    """Look whether what people stored on a server can be used, and whether a file has it still."""
    try:
        problem = database.user_data.problem()
    except StoreError as error:
        problem = str(error)
    if problem is None:
        yield Finding(Severity.GOOD, "user data", "The PostgreSQL server has them, sound and of this store.")
    else:
        yield _no_player_shown(Finding(Severity.FAILURE, "user data", problem))
    if database.user_data_file.file.exists() and database.user_data_file.is_in_use():
        yield Finding(
            Severity.WARNING,
            "user data",
            f"{database.user_data_file.file} holds what people stored, too, and nothing is erased from it;"
            " delete it once you need it no longer.",
        )


def _no_player_shown(found: Finding) -> Finding:
    return replace(found, text=found.text + " No player is shown until then.") if found.is_failure else found


def _check_token(settings: Settings) -> Finding:
    if settings.discord_token is None:
        return Finding(
            Severity.WARNING,
            "token",
            "DISCORD_TOKEN is not set; `nextplay run` needs it, `nextplay demo` does not.",
        )
    return Finding(Severity.GOOD, "token", "DISCORD_TOKEN is set.")


def _check_sources(settings: Settings) -> Iterator[Finding]:
    from ingest import is_steam

    files = [source for source in settings.sources if not is_steam(source)]
    if len(files) < len(settings.sources):
        yield _check_steam(settings)
    if files:
        yield _check_files(settings, files)


def _check_steam(settings: Settings) -> Finding:
    from ingest.sources.locations import steam_file

    kept = steam_file(settings.database)
    key = "with a key" if settings.steam_api_key else "without a key (STEAM_API_KEY)"
    if not kept.exists():
        return Finding(
            Severity.WARNING,
            "Steam",
            f"Steam is asked {key}, and has not been asked yet; the next refresh does that.",
        )
    return Finding(Severity.GOOD, "Steam", f"Steam is asked {key}; its answers are kept in {kept}.")


def _check_files(settings: Settings, named: Sequence[str]) -> Finding:
    from ingest import DOWNLOADS, SourceError, find_inputs, is_address
    from ingest.sources.download import DownloadError, remote_files

    places: list[Path] = []
    try:
        for source in named:
            elsewhere = remote_files(source) if is_address(source) else ()
            places.append(settings.database.with_name(DOWNLOADS) if elsewhere else Path(source).expanduser())
        found = find_inputs(places)
    except DownloadError as error:
        return Finding(Severity.WARNING, "raw files", str(error))
    except SourceError as error:
        missing = f"{error} A refresh needs them."
        if any(map(is_address, named)):
            missing = "They are not all fetched yet; the next refresh does that."
        return Finding(Severity.WARNING, "raw files", missing)
    return Finding(Severity.GOOD, "raw files", ", ".join(str(entry.path) for entry in found.inputs))


def _check_shards(settings: Settings) -> Iterator[Finding]:
    """Look what the processes that serve Discord from this store have reported, if there are any."""
    now = datetime.now(UTC)
    for report in ShardReports(settings.database.with_suffix(".shards")).read(now):
        ids = [shard.id for shard in report.shards]
        which = f"{ids[0]} of {report.total}" if len(ids) == 1 else f"{ids[0]} to {ids[-1]} of {report.total}"
        if report.is_silent(now):
            text = f"{which}: their process has said nothing for {_minutes(now - report.at)}; start it again."
            yield Finding(Severity.WARNING, "shards", text)
        elif report.connected < len(ids):
            missing = ", ".join(str(shard.id) for shard in report.shards if not shard.is_connected)
            text = f"{which}: not connected is {missing}; the log of their process says why."
            yield Finding(Severity.WARNING, "shards", text)
        else:
            leads = ", by the process that keeps the schedule" if report.is_leader else ""
            text = f"{which}: connected{leads}; {_commands(report.commands)} since the start."
            yield Finding(Severity.GOOD, "shards", text)


def _commands(count: int) -> str:
    return "1 command" if count == 1 else f"{count:,} commands"


def _minutes(silence: timedelta) -> str:
    minutes = round(silence.total_seconds() / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _check_disk(settings: Settings) -> Finding:
    folder = next(parent for parent in settings.database.resolve().parents if parent.is_dir())
    free = shutil.disk_usage(folder).free
    if free < _LOW_DISK:
        return Finding(
            Severity.WARNING,
            "disk",
            f"Only {free / 1024**3:.1f} GiB are free in {folder}; make room for a refresh.",
        )
    return Finding(Severity.GOOD, "disk", f"{free / 1024**3:.0f} GiB are free in {folder}.")


def _check_store(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database, user_data=settings.user_data)
    try:
        store = _check_file(database, "store")
        yield store
        if store.is_failure:
            return
        with database.reader(seconds=_SECONDS_TO_COUNT) as session:
            status, is_upgraded = queries.data_status(session), awaits_refill(session)
    except StoreError as error:
        yield Finding(Severity.FAILURE, "data", str(error))
        return
    finally:
        database.close()
    yield from _check_lock(settings)
    yield _check_data(status)
    if is_upgraded:
        yield Finding(Severity.WARNING, "data", WAITS_FOR_REFRESH)
    yield _check_neighbours(status)
    yield from _check_runs(settings, status)


def _check_published(settings: Settings) -> Iterator[Finding]:
    """Look at the store that is published elsewhere, as it serves here, and at the last look for another."""
    yield from check_published(settings)
    database = open_store(settings)
    try:
        with database.reader(seconds=_SECONDS_TO_COUNT) as session:
            yield _check_data(queries.data_status(session))
    except StoreError as error:
        yield Finding(Severity.FAILURE, "data", str(error))
    finally:
        database.close()


def _check_file(part: DatabaseFile, subject: str) -> Finding:
    """Look at the version of a database file, at its pages, and whether it can be written."""
    try:
        with part.reader():
            pass
        SoundnessCheck(part).run()
        check_writing(part)
    except FileInUse as error:
        return Finding(Severity.GOOD, subject, f"{part.file} is sound. {error}")
    except StoreError as error:
        return Finding(Severity.FAILURE, subject, str(error))
    return Finding(Severity.GOOD, subject, f"{part.file} is sound and can be written.")


def _check_lock(settings: Settings) -> Iterator[Finding]:
    from ingest.runtime.run_lock import is_running

    try:
        running = is_running(settings.database)
    except NextplayError as error:
        yield Finding(Severity.FAILURE, "lock", str(error))
        return
    if running:
        yield Finding(Severity.GOOD, "lock", "A refresh is running; another one waits until it is done.")


def _check_data(status: DataStatus) -> Finding:
    counts = status.counts
    if not counts.games:
        return Finding(
            Severity.FAILURE, "data", "The store is empty; fill it with `nextplay refresh FOLDER`."
        )
    what = f"{counts.games:,} games, {counts.players:,} players, {counts.reviews:,} reviews"
    what += " of generated sample data" if status.generated else ""
    if status.dates.as_of is not None:
        what += f", as of {status.dates.as_of:%d %B %Y}".replace(" 0", " ")
    age = status.age(datetime.now(UTC))
    if age is None or age > _STALE:
        last = "never refreshed" if age is None else f"last refreshed {age.days} days ago"
        return Finding(Severity.WARNING, "data", f"{what}; {last}: renew them with `nextplay refresh`.")
    return Finding(Severity.GOOD, "data", f"{what}; refreshed {_format_age(age)} ago.")


def _format_age(age: timedelta) -> str:
    hours = round(age.total_seconds() / 3600)
    return "less than an hour" if not hours else "1 hour" if hours == 1 else f"{hours} hours"


def _check_neighbours(status: DataStatus) -> Finding:
    if status.counts.neighbours < status.counts.games:
        return Finding(
            Severity.FAILURE,
            "neighbours",
            f"Only {status.counts.neighbours:,} games have neighbours; work them out with `nextplay train`.",
        )
    return Finding(Severity.GOOD, "neighbours", f"{status.counts.neighbours:,} games have neighbours.")


def _check_runs(settings: Settings, status: DataStatus) -> Iterator[Finding]:
    if not status.runs:
        yield Finding(Severity.WARNING, "last runs", "There has been none.")
    for number, run in enumerate(status.runs):
        outcome = _outcome(settings, run)
        took = (
            "" if run.finished_at is None else f", {(run.finished_at - run.started_at).total_seconds():.1f} s"
        )
        text = f"{_format_time(run.started_at)}, {run.started_by}: {run.action}, {outcome}{took}"
        if run.rejected or run.unknown:
            text += f", {run.rejected:,} rejected, {run.unknown:,} values taken as unknown"
        if run.error:
            text += f". {run.error}"
        is_bad = outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED)
        newest = Severity.WARNING if is_bad else Severity.GOOD
        yield Finding(Severity.PAST if number else newest, "" if number else "last runs", text)


def _outcome(settings: Settings, run: RunInfo) -> RunOutcome:
    """Return how a run ended; one whose process died is still recorded as running."""
    from ingest.runtime.run_lock import is_running

    if run.outcome is RunOutcome.RUNNING and not is_running(settings.database):
        return RunOutcome.INTERRUPTED
    return run.outcome


def _next_run(settings: Settings) -> Finding:
    try:
        due = Nightly.from_settings(settings).next_due(datetime.now(UTC))
    except SettingsError as error:
        return Finding(Severity.FAILURE, "next run", str(error))
    return Finding(Severity.GOOD, "next run", f"{_format_time(due)}, while `nextplay run` is serving.")


def _format_time(value: datetime) -> str:
    return value.astimezone().strftime("%Y-%m-%d %H:%M %Z")
