"""Reports by which the processes of a bot that share a disk exchange the states of their shards."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from commands.core.services.shard_reports import ShardReport
from store.files import private_files

log = logging.getLogger(__name__)

# What was reported longer ago is of a part that no process serves any more.
_FORGOTTEN = timedelta(days=1)


class ShardReports:
    """The newest report of each process, a file each in one folder."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made with the first report."""
        self._folder = folder

    def write(self, report: ShardReport) -> None:
        """Put a report in place of the one before of the same part. A disk that refuses is logged."""
        file = self._file(report)
        try:
            private_files.make_folder(self._folder)
            unfinished = file.with_suffix(".new")
            unfinished.write_bytes(msgspec.json.encode(report))
            unfinished.replace(file)
        except OSError as error:
            log.warning("How the shards are cannot be written to %s: %s", file, error.strerror)

    def withdraw(self, report: ShardReport) -> None:
        """Remove the report of a part that is served no longer."""
        try:
            self._file(report).unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s cannot be removed: %s", self._file(report), error.strerror)

    def read(self, now: datetime) -> Sequence[ShardReport]:
        """Return the reports of the last day, in the order of their shards; unreadable files are left out."""
        found = []
        for file in sorted(self._folder.glob("*.json")):
            try:
                report = msgspec.json.decode(file.read_bytes(), type=ShardReport)
            except (OSError, msgspec.DecodeError):
                continue
            if report.shards and now - report.at < _FORGOTTEN:
                found.append(report)
        return sorted(found, key=lambda report: (report.total, report.shards[0].id))

    def _file(self, report: ShardReport) -> Path:
        ids = [shard.id for shard in report.shards]
        return self._folder / f"{min(ids)}-{max(ids)}-of-{report.total}.json"
