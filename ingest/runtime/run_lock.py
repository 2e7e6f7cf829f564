"""One run, and one download, at a time, across processes: locks on files, which end with their processes."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    with ExitStack() as stack:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            is_ours = stack.enter_context(held(file))
        except OSError as error:
            raise IngestError(
                f"{file} cannot be written ({error.strerror}); check the folder's rights."
            ) from None
        if not is_ours:
            raise AlreadyRunning(f"Another run is refreshing {database}; wait until it is done.")
        yield


@contextmanager
def held(file: Path) -> Iterator[bool]:
    """Hold the lock on `file`, which is made if need be; yields False if another process or thread has it.

    A process that dies lets go. Raises OSError if the file cannot be written.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield _lock(descriptor)
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
