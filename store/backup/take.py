"""Taking a backup: a whole copy, while the bot goes on."""

from datetime import UTC, datetime
from pathlib import Path

from store.backup.folder import PART_SUFFIX, free_name, remove_abandoned, remove_older
from store.backup.obstacles import explained
from store.dialect import Damaged, DriverError, copy_out, snapshot
from store.errors import BackupError
from store.files import private_files
from store.files.atomic_replace import replace
from store.files.database_file import DatabaseFile


def backup(database: DatabaseFile, folder: Path, *, keep: int, now: datetime | None = None) -> Path:
    """Copy the store as it is at this moment into `folder`, and keep the `keep` newest copies there.

    Readers and writers go on meanwhile. The copy gets its name, which sorts by time, only when it is
    complete, checked and on the disk; it is a plain SQLite file that only its owner may read.

    Args:
        database: The file to copy: a `Database`, or its `user_data`.
        folder: Where backups lie; made where it is missing.
        keep: How many backups of this file stay, this one among them.
        now: The moment (aware) that names the copy; by default now.

    Returns:
        The path of the copy.

    Raises:
        BackupError: There is nothing to copy, the store is damaged, or the folder cannot be written.
        ValueError: `keep` is less than 1.
    """
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    try:
        if database.file.is_file() and not database.is_sound():
            raise Damaged("it does not hold what was written last")
        taken = take(database, folder, now or datetime.now(UTC))
    except Damaged as damage:
        raise BackupError(
            f"The database {database.file} is damaged and was not backed up ({damage}); "
            f"restore the last good backup with `nextplay restore`."
        ) from damage
    remove_older(folder, database.branch, keep, taken)
    return taken


def take(database: DatabaseFile, folder: Path, moment: datetime) -> Path:
    """Write a backup of `database` to `folder`, named by `moment`, and return its path.

    Raises:
        BackupError: There is nothing to copy, or the folder cannot be written.
        Damaged: The database is damaged.
    """
    if not database.file.is_file():
        raise BackupError(f"There is no database at {database.file} to back up.")
    target = free_name(folder, database.branch, moment)
    part = folder / f".{target.name}{PART_SUFFIX}"
    with explained(f"No backup was made in {folder}"):
        private_files.make_folder(folder)
        remove_abandoned(folder)
        try:
            private_files.create(part)
            with snapshot(database.file) as source:
                copy_out(source, part)
            replace(part, target)
        finally:
            for left in folder.glob(f"{part.name}*"):
                left.unlink()
    return target


def copy_as_it_is(database: DatabaseFile, target: Path) -> None:
    """Copy `database` to the new file `target`, sound or damaged.

    Raises:
        OSError: It cannot be read or written.
    """
    try:
        with snapshot(database.file) as source:
            private_files.create(target)
            copy_out(source, target)
    except (Damaged, DriverError):
        target.unlink(missing_ok=True)
        private_files.copy(database.file, target)
