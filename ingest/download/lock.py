"""Keeping two downloads out of one folder, across processes; a process that dies lets go."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.download.errors import DownloadError

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raise DownloadError if another download holds it."""
    with (folder / ".download.lock").open("ab") as file:
        try:
            _lock(file)
        except OSError as error:
            raise DownloadError(
                f"Another download into {folder} is under way; wait until it has ended."
            ) from error
        yield
