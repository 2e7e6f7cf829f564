"""Whether the store can be used, and how old and how whole its data are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.doctor.files import check_file
from bot.doctor.runs import check_runs
from bot.findings import Finding, Severity
from bot.published.findings import check_published
from bot.published.opening import open_store
from bot.settings import Settings
from store import Database, NextplayError, StoreError, queries
from store.files.refill import WAITS_FOR_REFRESH, awaits_refill
from store.results import DataStatus

# The nightly refresh should have run within this time; a weekend's grace.
_STALE = timedelta(days=3)
_SECONDS_TO_COUNT = 60.0


def check_store(settings: Settings) -> Iterator[Finding]:
    """Look at the store that is filled here: its file, its data, and how the last runs ended."""
    database = Database(settings.database, user_data=settings.user_data)
    try:
        store = check_file(database, "store")
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
    yield from check_runs(settings, status)


def check_served(settings: Settings) -> Iterator[Finding]:
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
