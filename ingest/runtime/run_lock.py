"""One run, and one download, at a time, across processes: locks on files, which end with their processes."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import AlreadyRunning, IngestError, NoLocks
from store.files import private_files

# The errors of a file system without locks, or of a file server that does not support them.
_WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def is_running(database: Path) -> bool:
    """Return whether a run holds the lock of `database`."""
    try:
        with run_lock(database):
            return False
    except AlreadyRunning:
        return True


@contextmanager
def run_lock(database: Path) -> Iterator[None]:
    """Hold the lock of `database` for the block.

    Raises:
        AlreadyRunning: At once, if another process or thread has it.
        NoLocks: If the file system has no locks.
        IngestError: If the lock's file cannot be written.
    """
    file = database.with_name(f"{database.name}.lock")
    with ExitStack() as stack:
        try:
            private_files.make_folder(file.parent)
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

    The lock of a process that dies is released.

    Raises:
        NoLocks: If the file system has no locks.
        OSError: If the file cannot be written.
    """
    # A soft lock would outlive a process that is killed.
    lock = FileLock(file, timeout=0, mode=0o600, fallback_to_soft=False, preserve_lock_file=True)
    with ExitStack() as stack:
        try:
            stack.enter_context(lock)
        except Timeout:
            yield False
            return
        except OSError as error:
            if error.errno not in _WITHOUT_LOCKS:
                raise
            raise NoLocks(
                f"The file system of {file.parent} has no working file locks ({error.strerror}), as may be"
                f" on a network; put the database and its downloads on a local disk."
            ) from error
        yield True
