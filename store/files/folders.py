"""Making the folders that somebody names for output."""

import errno
import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where they are missing.

    Raises:
        NotADirectoryError: Something else has its name.
        OSError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise not_a_folder(folder) from error


def not_a_folder(path: Path) -> NotADirectoryError:
    """Return the error of a path at which something else is: that it exists is not what is wrong with it."""
    return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
