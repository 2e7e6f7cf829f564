"""Claims: what one process at a time does, such as keeping the schedule, for as long as it lives."""

import errno
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from store.errors import StoreError
from store.files import private_files

# The errors of a file system without locks, or of a file server that does not support them.
_WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


class Claim(Protocol):
    """Something that one process at a time may have; it is free again as soon as its process has ended.

    Nobody waits for it: whoever wants it asks again from time to time, and so does whoever has it, to hear
    whether that is still so. Both may take two seconds, so ask in a thread; in any, but one at a time.
    """

    def take(self) -> bool:
        """Take it if it is free, or check that it is still ours; return whether it is."""

    def release(self) -> None:
        """Release it, if it is ours."""


class FileClaim:
    """A claim among the processes of one machine, by a lock on a file."""

    def __init__(self, file: Path) -> None:
        """Name the file, which is made if need be and stays; nothing is opened yet."""
        self._file = file
        # A soft lock would outlive a process that is killed; a thread could not give back that of another.
        self._lock = FileLock(
            file, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False, preserve_lock_file=True
        )

    def take(self) -> bool:
        """Take it if it is free, or check that it is still ours; return whether it is.

        Raises:
            StoreError: The file cannot be written, or its file system has no locks.
        """
        if self._lock.is_locked:
            return True
        try:
            private_files.make_folder(self._file.parent)
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            if error.errno in _WITHOUT_LOCKS:
                problem, remedy = "its file system has no locks", "put the database on a local disk"
            else:
                problem, remedy = str(error.strerror), "check the rights of its folder"
            raise StoreError(f"{self._file} cannot be locked ({problem}); {remedy}.") from error
        return True

    def release(self) -> None:
        """Release it, if it is ours."""
        self._lock.release()
