"""A folder of backups: naming, listing and removing its files."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.backup.obstacles import explained
from store.files.migration import MigrationBranch

SUFFIX = ".sqlite3"
# The suffix of a file that is still being written.
PART_SUFFIX = ".part"
_PREFIXES = {MigrationBranch.DATA: "nextplay-", MigrationBranch.USER_DATA: "people-"}
_STAMP = "%Y%m%dT%H%M%S.%fZ"
# Nobody still writes a part this old: copying and checking the full-size store takes seconds.
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup on the disk: when it was taken (UTC) and its size in bytes."""

    path: Path
    taken_at: datetime
    size: int


def list_backups(folder: Path, branch: MigrationBranch = MigrationBranch.DATA) -> tuple[BackupInfo, ...]:
    """Return the complete backups of one file in `folder`, newest first; none if there is no such folder."""
    found = []
    for path in folder.glob(f"{_PREFIXES[branch]}*{SUFFIX}"):
        taken_at = _moment(path, branch)
        if taken_at is not None:
            with suppress(FileNotFoundError):  # removed by another process since it was listed
                found.append(BackupInfo(path, taken_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda info: info.taken_at, reverse=True))


def stamp(moment: datetime) -> str:
    """Return an aware moment as file names have it: in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime(_STAMP)


def damaged_name(folder: Path, moment: datetime) -> Path:
    """Return the path where a damaged file is kept as it was at `moment`; it counts as no backup."""
    return folder / f"damaged-{stamp(moment)}{SUFFIX}"


def free_name(folder: Path, branch: MigrationBranch, moment: datetime) -> Path:
    """Return the path of the backup of `moment`, or for the first microsecond after it that is free."""
    while (target := folder / f"{_PREFIXES[branch]}{stamp(moment)}{SUFFIX}").exists():
        moment += timedelta(microseconds=1)
    return target


def remove_older(folder: Path, branch: MigrationBranch, keep: int, taken: Path) -> None:
    """Keep `taken` and the newest others: a clock set back must not cost the copy just made."""
    others = [info.path for info in list_backups(folder, branch) if info.path != taken]
    with explained(f"The backup {taken} was made, but older ones could not be removed"):
        for path in others[keep - 1 :]:
            path.unlink(missing_ok=True)


def remove_abandoned(folder: Path) -> None:
    """Remove what a backup that was killed left behind."""
    for part in folder.glob(f".*{SUFFIX}{PART_SUFFIX}*"):
        with suppress(FileNotFoundError):  # its owner has just finished
            if time.time() - part.stat().st_mtime > _ABANDONED_SECONDS:
                part.unlink()


def _moment(path: Path, branch: MigrationBranch) -> datetime | None:
    try:
        text = path.name.removeprefix(_PREFIXES[branch]).removesuffix(SUFFIX)
        return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None  # somebody else's file
