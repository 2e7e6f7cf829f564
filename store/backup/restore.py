"""Restoring a backup."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from store.backup.folder import PART_SUFFIX, damaged_name
from store.backup.obstacles import explained
from store.backup.take import take
from store.dialect import (
    Damaged,
    DriverConnection,
    copy_in,
    copy_out,
    page_size,
    require_sound,
    snapshot,
    stored_revision,
)
from store.errors import BackupError, DatabaseUnavailable
from store.files import migration, private_files
from store.files.atomic_replace import replace
from store.files.database_file import DatabaseFile


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    `previous` holds what was there before: a backup like any other, or, if `was_damaged`, the damaged files
    as they were. It is None if there was nothing.
    """

    source: Path
    previous: Path | None
    was_damaged: bool


def restore(
    database: DatabaseFile, backup_file: Path, *, folder: Path | None = None, now: datetime | None = None
) -> Restored:
    """Make the store what it was in `backup_file`, in one transaction, and bring its tables up to date.

    The present state is backed up first, into `folder` (by default that of `backup_file`), where nothing is
    removed. Open readers see the old state until they begin again. A restore that breaks off, for whatever
    reason, changes nothing.

    Args:
        database: The file to restore: a `Database`, or its `user_data`.
        backup_file: The backup.
        folder: Where the present state is saved first; by default the folder of the backup.
        now: The moment by which that is named; by default now.

    Raises:
        BackupError: `backup_file` is no sound backup, or the present state cannot be saved or replaced.
    """
    moment = now or datetime.now(UTC)
    if not backup_file.is_file():
        raise BackupError(f"There is no backup at {backup_file}; name one of those in the backup folder.")
    if database.file.exists() and database.file.samefile(backup_file):
        raise BackupError(f"{backup_file} is the database itself; name one of its backups.")
    with explained(f"The backup {backup_file} cannot be read"):
        try:
            with snapshot(backup_file) as source:
                saved_in = folder or backup_file.parent
                _require_restorable(source, backup_file, database)
                _require_upgradable(source, backup_file, database, saved_in)
                done = _replace_content(database, source, backup_file, saved_in, moment)
        except Damaged as damage:
            raise BackupError(
                f"{backup_file} is not a sound backup ({damage}); choose another one."
            ) from damage
    database.adopt()
    return done


def _require_restorable(source: DriverConnection, file: Path, database: DatabaseFile) -> None:
    require_sound(source, thorough=True)
    revision = stored_revision(source)
    if revision is None:
        raise BackupError(f"{file} is a database, but not one of Nextplay's; choose another file.")
    if revision not in migration.revisions(database.branch):
        raise BackupError(
            f"The backup {file} is of another part of the store, or of a newer version of Nextplay; "
            f"choose another one or update Nextplay."
        )
    if not database.is_sound_copy(file):
        raise BackupError(f"{file} is not a sound backup (its links are damaged); choose another one.")


def _require_upgradable(source: DriverConnection, file: Path, database: DatabaseFile, folder: Path) -> None:
    """Bring a copy up to date first: where that fails, nothing must have been replaced."""
    if stored_revision(source) == migration.head(database.branch):
        return
    private_files.make_folder(folder)
    trial = DatabaseFile(folder / f".upgrade-{file.name}{PART_SUFFIX}")
    trial.branch, trial.wipes = database.branch, database.wipes
    try:
        trial.file.unlink(missing_ok=True)
        private_files.create(trial.file)
        copy_out(source, trial.file)
        trial.upgrade()
    except DatabaseUnavailable as error:
        reason = error.__cause__.orig if isinstance(error.__cause__, DatabaseError) else error
        raise BackupError(
            f"The backup {file} cannot be brought to this version of Nextplay ({reason}); choose another one."
        ) from error
    finally:
        trial.close()
        for left in folder.glob(f"{trial.file.name}*"):
            left.unlink()


def _replace_content(
    database: DatabaseFile, source: DriverConnection, file: Path, folder: Path, moment: datetime
) -> Restored:
    with explained(f"The database {database.file} was left as it is"):
        if not database.file.exists() or not database.file.stat().st_size:
            _create(source, database.file)
            return Restored(file, previous=None, was_damaged=False)
        try:
            previous = take(database, folder, moment) if database.is_sound() else None
        except Damaged:
            previous = None
        if previous is None:
            return Restored(
                file, previous=_replace_damaged(database, source, folder, moment), was_damaged=True
            )
        _require_same_pages(source, database.file, file)
        copy_in(source, database.file)
        return Restored(file, previous=previous, was_damaged=False)


def _replace_damaged(
    database: DatabaseFile, source: DriverConnection, folder: Path, moment: datetime
) -> Path:
    """Copy the damaged files as they are into `folder`, then replace the database; return the copy."""
    private_files.make_folder(folder)
    aside = damaged_name(folder, moment)
    for suffix in ("", "-wal"):
        file = database.file.with_name(database.file.name + suffix)
        if file.exists():
            private_files.copy(file, aside.with_name(aside.name + suffix))
    try:
        copy_in(source, database.file)
    except Damaged:
        # Not even the first page can be read, so no connection can be at work on it.
        _create(source, database.file)
    return aside


def _create(source: DriverConnection, target: Path) -> None:
    private_files.make_folder(target.parent)
    part = target.with_name(target.name + PART_SUFFIX)
    for suffix in (PART_SUFFIX, "-wal", "-shm"):
        # SQLite would play the journal of the lost database into the new one.
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    try:
        private_files.create(part)
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
