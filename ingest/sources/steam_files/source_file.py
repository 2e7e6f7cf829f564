"""Reading a source: batches of its lines, while the bytes on disk are hashed and counted."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.errors import SourceError
from ingest.parse.lines import Batch
from ingest.sources.files import IsWanted, Unusable, lines_of, opened
from ingest.sources.source import InputState
from store.runs import Progress

_HASHED_BYTES = 1 << 21


class SourceFile:
    """One source, to be read through once.

    `state` and `lines` are complete once the batches are used up.
    """

    def __init__(self, file: Path, progress: Progress, is_wanted: IsWanted | None = None) -> None:
        """Name the file; `is_wanted` tells by its name which member of an archive of several is meant."""
        self.file = file
        self.lines = 0
        self._progress = progress
        self._is_wanted = is_wanted
        self._digest = hashlib.sha256()
        self._read = 0
        self._modified_ns = 0

    @contextmanager
    def reading(self, stage: str) -> Iterator[None]:
        """Show the reading of this file as the stage `stage`."""
        try:
            size = self.file.stat().st_size
        except OSError:
            size = None  # opening it reports the error
        self._progress.start(stage, size, "bytes")
        yield
        self._progress.finish()

    @property
    def state(self) -> InputState:
        """What was read, as a later run finds it unchanged."""
        return InputState(self._read, self._modified_ns, self._digest.hexdigest())

    def batches(self) -> Iterator[Batch]:
        """Yield all lines in order, in batches of about two megabytes.

        Raises:
            SourceError: If the file is missing, empty, damaged, ends in the middle, or changes meanwhile.
        """
        with self._opened() as stream:
            try:
                for lines in lines_of(stream, is_wanted=self._is_wanted, on_stored=self._follow):
                    yield self._batch(lines)
            except Unusable as error:
                raise SourceError(f"{self.file} {error}.") from error

    @contextmanager
    def read_elsewhere(self) -> Iterator[None]:
        """Hash the file as stored, while the block has its lines read by another program and sets `lines`.

        Raises:
            SourceError: If the file is missing, empty, or changes meanwhile.
        """
        with self._opened() as stream:
            while block := stream.read(_HASHED_BYTES):
                self._follow(block)
            yield
        self._progress.advance(0, rows=self.lines)

    @contextmanager
    def _opened(self) -> Iterator[BinaryIO]:
        """Open the file for a block that reads all of it."""
        with opened(self.file) as stream:
            before = os.fstat(stream.fileno())
            self._modified_ns = before.st_mtime_ns
            yield stream
            # A file replaced by another was still read whole, unlike one that somebody wrote into.
            after = os.fstat(stream.fileno())
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or (
                self._read != before.st_size
            ):
                raise SourceError(f"{self.file} changed while it was read; start again once it is complete.")
        if not self.lines:
            raise SourceError(f"{self.file} is empty; fetch it again.")

    def _batch(self, lines: list[bytes]) -> Batch:
        first = self.lines + 1
        self.lines += len(lines)
        self._progress.advance(0, rows=len(lines))
        return Batch(first, lines)

    def _follow(self, block: bytes) -> None:
        self._digest.update(block)
        self._read += len(block)
        self._progress.advance(len(block))
