"""Putting a finished file in place of another, so that no moment shows half of it; disks that are full."""

import errno
import os
from pathlib import Path


def replace(finished: Path, target: Path) -> None:
    """Give `finished` the name `target` at once, on the disk for good before and after.

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
    """Tell whether there is no room left for what was written: on the disk, in a quota or in one file."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open folders, and journals its renames itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
