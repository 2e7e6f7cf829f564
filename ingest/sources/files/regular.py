"""Opening regular files, and nothing that could keep a reader waiting."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from ingest.errors import SourceError

# A pipe without a writer would be waited for; Windows knows neither such pipes nor this flag.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@contextmanager
def opened(file: Path) -> Iterator[BufferedReader]:
    """Open a regular file, or a link to one, for reading.

    What was opened is looked at, so that it does not matter what the path named a moment before.

    Raises:
        SourceError: It is missing, no regular file, or cannot be read; also where the block raises OSError.
    """
    with _explained(file):
        _require_regular(file, file.stat().st_mode)  # opening a device may already do something
        with os.fdopen(os.open(file, _FLAGS), "rb") as stream:
            _require_regular(file, os.fstat(stream.fileno()).st_mode)
            yield stream


def state_of(file: Path) -> os.stat_result:
    """Return size and times of a file, or of what a link names.

    Raises:
        SourceError: If there is none, or it cannot be reached.
    """
    with _explained(file):
        return file.stat()


def checksum(file: Path) -> str:
    """Return the SHA-256 of the file as stored, in hexadecimal digits.

    Raises:
        SourceError: If it cannot be read.
    """
    with opened(file) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(
            f"{file} cannot be read ({error.strerror or error}); check the path and its rights."
        ) from error


def _require_regular(file: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise SourceError(f"{file} is {kind}, not a regular file; name a file.")
