"""Replacing a file atomically, and recognising a full disk."""

import errno
import os
from pathlib import Path


def replace(finished: Path, target: Path) -> None:
    """Rename `finished` to `target` atomically, with the contents synced before and the folder after.

    Both must be in the same folder. Whoever opens `target`, even after a power cut in the middle, finds the
    whole old file (or none) or the whole new one.

    Raises:
        OSError: The disk refuses.
    """
    with finished.open("rb+") as file:
        os.fsync(file.fileno())
    finished.replace(target)
    _sync_folder(target.parent)


def is_disk_full(error: OSError) -> bool:
    """Return whether a write failed for lack of room: on the disk, in a quota or in one file."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open folders, and journals its renames itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
