"""How the processes that serve Discord are."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.findings import Finding, Severity
from bot.settings import Settings
from bot.shards.reports import ShardReports


def check_shards(settings: Settings) -> Iterator[Finding]:
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
