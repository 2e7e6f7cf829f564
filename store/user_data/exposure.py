"""Which files with people's data others on the machine may read, and closing them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.files import private_files


@dataclass(frozen=True, slots=True)
class Closed:
    """Files that others could read: those that are closed to them now, and those that cannot be."""

    closed: tuple[Path, ...]
    left_open: tuple[Path, ...]


def open_files(user_data: Path, backup_folder: Path) -> tuple[Path, ...]:
    """Return the files with people's data that others on the machine may read.

    Args:
        user_data: The file of user data; those that SQLite keeps beside it count too.
        backup_folder: Where its backups are, and what was damaged and set aside.
    """
    return tuple(file for file in _files(user_data, backup_folder) if _is_open(file))


def close_files(user_data: Path, backup_folder: Path) -> Closed:
    """Close them to others on the machine; Nextplay made them open once."""
    closed, left_open = [], []
    for file in open_files(user_data, backup_folder):
        try:
            private_files.close(file)
            closed.append(file)
        except OSError:
            left_open.append(file)
    return Closed(tuple(closed), tuple(left_open))


def _files(user_data: Path, backup_folder: Path) -> Iterator[Path]:
    for suffix in ("", "-wal", "-shm", "-journal", ".part"):
        yield user_data.with_name(user_data.name + suffix)
    for beginning in ("people-", "damaged-", ".people-"):
        yield from sorted(backup_folder.glob(f"{beginning}*"))


def _is_open(file: Path) -> bool:
    try:
        return file.is_file() and private_files.is_open(file)
    except OSError:  # gone since it was listed
        return False
