"""Recognising files whose content has not changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from os import stat_result
from pathlib import Path

from ingest.sources.files import checksum, state_of
from ingest.sources.source import InputRecord, InputState, Kind, SourceRecord

# A file that changed this shortly before it was read may have changed again within one tick of its clock.
_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of a source; `name` is its own within the source."""

    name: str
    kind: Kind
    path: Path


def unchanged_records(
    files: Sequence[InputFile], before: Mapping[str, InputRecord], seen_at: datetime
) -> tuple[SourceRecord, ...] | None:
    """Compare files with what the last run had of them.

    Args:
        files: The files that there are now.
        before: What the last run recorded, by name.
        seen_at: When that run began.

    Returns:
        The records of the files if each has the content that the last run read, else None.

    Raises:
        SourceError: If one cannot be read.
    """
    records: list[SourceRecord] = []
    for entry in files:
        known, file = before.get(entry.name), entry.path
        found = state_of(file)
        if known is None or found.st_size != known.state.size:
            return None
        if not _is_untouched(file, found, known, seen_at) and checksum(file) != known.state.sha256:
            return None
        state = InputState(found.st_size, found.st_mtime_ns, known.state.sha256)
        records.append(SourceRecord(entry.name, entry.kind, replace(known, location=str(file), state=state)))
    return tuple(records)


def _is_untouched(file: Path, found: stat_result, known: InputRecord, seen_at: datetime) -> bool:
    """Return whether its location, size and time only of change show that a file is the `known` one."""
    settled = found.st_mtime_ns + _SETTLED_NS < seen_at.timestamp() * 1e9
    return settled and str(file) == known.location and found.st_mtime_ns == known.state.modified_ns
