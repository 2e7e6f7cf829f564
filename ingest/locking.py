"""One run at a time, across processes: a lock on a file beside the database, which ends with its process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import AlreadyRunning, IngestError


def is_running(database: Path) -> bool:
    """Tell whether a run holds the lock of `database`."""
    try:
        with only_run(database):
            return False
    except AlreadyRunning:
        return True


@contextmanager
def only_run(database: Path) -> Iterator[None]:
    """Hold the lock of `database`; raises AlreadyRunning at once if another process or thread has it."""
    file = database.with_name(f"{database.name}.lock")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise IngestError(
            f"{file} cannot be written ({error.strerror}); check the folder's rights."
        ) from None
    try:
        if not _lock(descriptor):
            raise AlreadyRunning(f"Another run is refreshing {database}; wait until it is done.")
        yield
    finally:
        # The file stays: removing it would let two processes hold locks on two files of one name.
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
