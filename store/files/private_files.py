"""Files that only their owner may read: made so from the first byte on, and closed where they are open."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from store.files.folders import not_a_folder

_OWNERS_FILE = 0o600
_OWNERS_FOLDER = 0o700
_OTHERS = 0o077


def create(file: Path) -> None:
    """Make an empty file that only its owner may read, whatever the umask is.

    Raises:
        FileExistsError: There is one.
        OSError: It cannot be made.
    """
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNERS_FILE))
    file.chmod(_OWNERS_FILE)  # a umask may keep even the owner out


def ensure(file: Path) -> None:
    """Make the file as `create` does, where there is none. Raises OSError if it cannot be made."""
    with suppress(FileExistsError):
        create(file)


def copy(source: Path, target: Path) -> None:
    """Copy a file into a new one that only its owner may read. Raises OSError."""
    create(target)
    shutil.copyfile(source, target)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, only for their owner. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=_OWNERS_FOLDER)
        folder.chmod(_OWNERS_FOLDER)
    except FileExistsError as error:
        if not folder.is_dir():  # else another process was faster
            raise not_a_folder(folder) from error


def is_open(file: Path) -> bool:
    """Return whether others on the machine may read or write the file. Raises OSError if there is none."""
    return os.name != "nt" and bool(file.stat().st_mode & _OTHERS)


def close(file: Path) -> None:
    """Take from others what they may do with a file. Raises OSError if that is not ours to do."""
    file.chmod(file.stat().st_mode & ~_OTHERS & 0o7777)
