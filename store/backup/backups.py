"""Backups of the store's files: whole copies, taken while the bot goes on, and the way back.

Each function takes a `Database`, or its `people` for what people stored; the two are backed up apart.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store import migration
from store.atomic_replace import is_disk_full, replace
from store.database import SqliteFile
from store.dialect import (
    Damaged,
    DriverConnection,
    DriverError,
    Obstacle,
    copy_in,
    copy_out,
    obstacle,
    page_size,
    require_sound,
    snapshot,
    stored_revision,
)
from store.errors import BackupError
from store.migration import Line

_PREFIXES = {Line.DATA: "nextplay-", Line.PEOPLE: "people-"}
_SUFFIX = ".sqlite3"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_PART_SUFFIX = ".part"
# Nobody still writes a part this old: copying and checking the full-size store takes seconds.
_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup on the disk: when it was taken (UTC) and its size in bytes."""

    path: Path
    taken_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    `previous` holds what was there before: a backup like any other, or, if `was_damaged`, the damaged files
    as they were. It is None if there was nothing.
    """

    source: Path
    previous: Path | None
    was_damaged: bool


def backup(database: SqliteFile, folder: Path, *, keep: int, now: datetime | None = None) -> Path:
    """Copy the store as it is at this moment into `folder`, and keep the `keep` newest copies there.

    Readers and writers go on meanwhile. The copy gets its name, which sorts by time, only when it is
    complete, checked and on the disk; it is a plain SQLite file. `now` is an aware moment, by default the
    present one.

    Raises BackupError if there is nothing to copy, the store is damaged, or the folder cannot be written;
    ValueError if `keep` is less than 1.
    """
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    try:
        taken = _take(database, folder, now or datetime.now(UTC))
    except Damaged as damage:
        raise BackupError(
            f"The database {database.file} is damaged and was not backed up ({damage}); "
            f"restore the last good backup with `nextplay restore`."
        ) from damage
    _remove_older(folder, database.line, keep, taken)
    return taken


def list_backups(folder: Path, line: Line = Line.DATA) -> tuple[BackupInfo, ...]:
    """Return the complete backups in `folder`, newest first; none if there is no such folder."""
    found = []
    for path in folder.glob(f"{_PREFIXES[line]}*{_SUFFIX}"):
        taken_at = _moment(path, line)
        if taken_at is not None:
            with suppress(FileNotFoundError):  # removed by another process since it was listed
                found.append(BackupInfo(path, taken_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda info: info.taken_at, reverse=True))


def restore(
    database: SqliteFile, backup_file: Path, *, folder: Path | None = None, now: datetime | None = None
) -> Restored:
    """Make the store what it was in `backup_file`, in one transaction, and bring its tables up to date.

    The present state is backed up first, into `folder` (by default that of `backup_file`), where nothing is
    removed. Open readers see the old state until they begin anew. A restore that breaks off, for whatever
    reason, changes nothing.

    Raises BackupError if `backup_file` is no sound backup, or the present state cannot be saved or replaced.
    """
    moment = now or datetime.now(UTC)
    if not backup_file.is_file():
        raise BackupError(f"There is no backup at {backup_file}; name one of those in the backup folder.")
    if database.file.exists() and database.file.samefile(backup_file):
        raise BackupError(f"{backup_file} is the database itself; name one of its backups.")
    with _explained(f"The backup {backup_file} cannot be read"):
        try:
            with snapshot(backup_file) as source:
                revision = _require_restorable(source, backup_file, database.line)
                done = _replace_content(database, source, backup_file, folder or backup_file.parent, moment)
        except Damaged as damage:
            raise BackupError(
                f"{backup_file} is not a sound backup ({damage}); choose another one."
            ) from damage
    if revision != migration.head(database.line):
        database.upgrade()
    return done


def _take(database: SqliteFile, folder: Path, moment: datetime) -> Path:
    if not database.file.is_file():
        raise BackupError(f"There is no database at {database.file} to back up.")
    target = _free_name(folder, _PREFIXES[database.line], moment)
    part = folder / f".{target.name}{_PART_SUFFIX}"
    with _explained(f"No backup was made in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder)
        try:
            with snapshot(database.file) as source:
                copy_out(source, part)
            replace(part, target)
        finally:
            for left in folder.glob(f"{part.name}*"):
                left.unlink()
    return target


def _require_restorable(source: DriverConnection, file: Path, line: Line) -> str:
    require_sound(source, thorough=True)
    revision = stored_revision(source)
    if revision is None:
        raise BackupError(f"{file} is a database, but not one of Nextplay's; choose another file.")
    if revision not in migration.revisions(line):
        raise BackupError(
            f"The backup {file} is of another part of the store, or of a newer version of Nextplay; "
            f"choose another one or update Nextplay."
        )
    return revision


def _replace_content(
    database: SqliteFile, source: DriverConnection, file: Path, folder: Path, moment: datetime
) -> Restored:
    with _explained(f"The database {database.file} was left as it is"):
        if not database.file.exists():
            _create(source, database.file)
            return Restored(file, previous=None, was_damaged=False)
        try:
            previous = _take(database, folder, moment)
        except Damaged:
            return Restored(
                file, previous=_replace_damaged(database, source, folder, moment), was_damaged=True
            )
        _require_same_pages(source, database.file, file)
        copy_in(source, database.file)
        return Restored(file, previous=previous, was_damaged=False)


def _replace_damaged(database: SqliteFile, source: DriverConnection, folder: Path, moment: datetime) -> Path:
    """Copy the damaged files as they are into `folder`, then replace the database; return the copy."""
    aside = folder / f"damaged-{moment.astimezone(UTC).strftime(_STAMP)}{_SUFFIX}"
    for suffix in ("", "-wal"):
        file = database.file.with_name(database.file.name + suffix)
        if file.exists():
            shutil.copy2(file, aside.with_name(aside.name + suffix))
    try:
        copy_in(source, database.file)
    except Damaged:
        # Not even the first page can be read, so no connection can be at work on it.
        _create(source, database.file)
    return aside


def _create(source: DriverConnection, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + _PART_SUFFIX)
    for suffix in (_PART_SUFFIX, "-wal", "-shm"):
        # SQLite would play the journal of the lost database into the new one.
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    try:
        copy_out(source, part)
        replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _require_same_pages(source: DriverConnection, live: Path, file: Path) -> None:
    with snapshot(live) as present:
        theirs, ours = page_size(source), page_size(present)
    if theirs != ours:
        raise BackupError(
            f"The backup {file} has pages of {theirs} bytes and the database of {ours}; "
            f"move {live} away first, then restore."
        )


def _free_name(folder: Path, prefix: str, moment: datetime) -> Path:
    """Return the name for `moment`, or for the first microsecond after it that is free."""
    while (target := folder / f"{prefix}{moment.astimezone(UTC).strftime(_STAMP)}{_SUFFIX}").exists():
        moment += timedelta(microseconds=1)
    return target


def _moment(path: Path, line: Line) -> datetime | None:
    try:
        stamp = path.name.removeprefix(_PREFIXES[line]).removesuffix(_SUFFIX)
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None  # somebody else's file


def _remove_older(folder: Path, line: Line, keep: int, taken: Path) -> None:
    """Keep `taken` and the newest others: a clock set back must not cost the copy just made."""
    others = [info.path for info in list_backups(folder, line) if info.path != taken]
    with _explained(f"The backup {taken} was made, but older ones could not be removed"):
        for path in others[keep - 1 :]:
            path.unlink(missing_ok=True)


def _remove_abandoned(folder: Path) -> None:
    """Remove what a backup that was killed left behind."""
    for part in folder.glob(f".*{_SUFFIX}{_PART_SUFFIX}*"):
        with suppress(FileNotFoundError):  # its owner has just finished
            if time.time() - part.stat().st_mtime > _ABANDONED_SECONDS:
                part.unlink()


@contextmanager
def _explained(consequence: str) -> Iterator[None]:
    """Turn what the disk or SQLite refuses into a sentence that begins with its `consequence`."""
    try:
        yield
    except OSError as error:
        remedy = "free some space" if is_disk_full(error) else "check the folder and its permissions"
        raise BackupError(f"{consequence}: {error.strerror or error}; {remedy} and try again.") from error
    except DriverError as error:
        raise BackupError(f"{consequence}: {error}; {_remedy(error)} and try again.") from error


def _remedy(error: DriverError) -> str:
    remedies = {Obstacle.BUSY: "wait until the refresh has ended", Obstacle.FULL: "free some space"}
    return remedies.get(obstacle(error), "check the file and its permissions")
