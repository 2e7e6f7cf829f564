"""How the last runs ended, and when the next one is due."""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.findings import Finding, Severity
from bot.refresh.schedule import Nightly
from bot.settings import Settings, SettingsError
from store.models import RunOutcome
from store.results import DataStatus, RunInfo


def check_runs(settings: Settings, status: DataStatus) -> Iterator[Finding]:
    """Look at how the last runs ended; only the newest of them asks for anything."""
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


def check_next_run(settings: Settings) -> Finding:
    """Look when the nightly refresh is due."""
    try:
        due = Nightly.from_settings(settings).next_due(datetime.now(UTC))
    except SettingsError as error:
        return Finding(Severity.FAILURE, "next run", str(error))
    return Finding(Severity.GOOD, "next run", f"{_format_time(due)}, while `nextplay run` is serving.")


def _outcome(settings: Settings, run: RunInfo) -> RunOutcome:
    """Return how a run ended; one whose process died is still recorded as running."""
    from ingest.runtime.run_lock import is_running

    if run.outcome is RunOutcome.RUNNING and not is_running(settings.database):
        return RunOutcome.INTERRUPTED
    return run.outcome


def _format_time(value: datetime) -> str:
    return value.astimezone().strftime("%Y-%m-%d %H:%M %Z")
