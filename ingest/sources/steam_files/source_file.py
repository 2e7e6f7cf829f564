"""Reading a source: batches of its lines, unpacked, while the bytes on disk are hashed and counted."""

import hashlib
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.errors import SourceError
from ingest.parse.lines import Batch
from ingest.sources.source import InputState
from store.runs import Progress

_GZIP_MAGIC = b"\x1f\x8b"
_PACKED_BYTES = 1 << 18
_BATCH_BYTES = 1 << 21
_LONGEST_LINE = 1 << 26
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def checksum(file: Path) -> str:
    """Return the SHA-256 of the file as stored, in hexadecimal digits.

    Raises:
        SourceError: If it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(
            f"{file} cannot be read ({error.strerror}); check the path and its rights."
        ) from None


class SourceFile:
    """One source, to be read through once.

    `state` and `lines` are complete once the batches are used up.
    """

    def __init__(self, file: Path, progress: Progress) -> None:
        self.file = file
        self.lines = 0
        self._progress = progress
        self._digest = hashlib.sha256()
        self._size = 0
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
        return InputState(self._size, self._modified_ns, self._digest.hexdigest())

    def batches(self) -> Iterator[Batch]:
        """Yield all lines in order, in batches of about two megabytes.

        The next batch is prepared in a thread: unpacking and hashing leave the interpreter to the caller.

        Raises:
            SourceError: If the file is missing, empty, damaged, ends in the middle, or changes meanwhile.
        """
        batches = self._batches()
        with ThreadPoolExecutor(1, thread_name_prefix="read ahead") as thread:
            upcoming = thread.submit(next, batches, None)
            while (batch := upcoming.result()) is not None:
                upcoming = thread.submit(next, batches, None)
                yield batch

    def _batches(self) -> Iterator[Batch]:
        rest = b""
        for block in self._blocks():
            whole, newline, tail = block.rpartition(b"\n")
            if not newline:
                rest += block
                if len(rest) > _LONGEST_LINE:
                    raise SourceError(
                        f"{self.file} has a line of more than {_LONGEST_LINE >> 20} MB, which no record has;"
                        " use the file as published."
                    )
                continue
            yield self._batch(rest + whole)
            rest = tail
        if rest:
            yield self._batch(rest)
        if not self.lines:
            raise SourceError(f"{self.file} is empty; fetch it again.")

    def _batch(self, text: bytes) -> Batch:
        lines = text.split(b"\n")
        if not self.lines:
            lines[0] = lines[0].removeprefix(_BYTE_ORDER_MARK)
        first = self.lines + 1
        self.lines += len(lines)
        self._progress.advance(0, rows=len(lines))
        return Batch(first, lines)

    def _blocks(self) -> Iterator[bytes]:
        try:
            with self.file.open("rb") as stream:
                before = os.fstat(stream.fileno())
                self._size, self._modified_ns = before.st_size, before.st_mtime_ns
                packed = stream.read(2) == _GZIP_MAGIC
                stream.seek(0)
                yield from self._unpacked(stream) if packed else self._stored(stream, _BATCH_BYTES)
                # A file replaced by another was still read whole, unlike one that somebody wrote into.
                after = os.fstat(stream.fileno())
                if (after.st_size, after.st_mtime_ns, stream.tell()) != (
                    self._size,
                    self._modified_ns,
                    self._size,
                ):
                    raise SourceError(
                        f"{self.file} changed while it was read; start again once it is complete."
                    )
        except OSError as error:
            raise SourceError(
                f"{self.file} cannot be read ({error.strerror or error}); check the path and its rights."
            ) from error

    def _stored(self, stream: BinaryIO, size: int) -> Iterator[bytes]:
        while block := stream.read(size):
            self._digest.update(block)
            self._progress.advance(len(block))
            yield block

    def _unpacked(self, stream: BinaryIO) -> Iterator[bytes]:
        # A gzip file may hold several members one after the other; zlib's objects end with each.
        member = zlib.decompressobj(wbits=31)
        try:
            for block in self._stored(stream, _PACKED_BYTES):
                packed = block
                while packed:
                    if member.eof:
                        member = zlib.decompressobj(wbits=31)
                    unpacked = member.decompress(packed, _BATCH_BYTES)
                    if unpacked:
                        yield unpacked
                    # Zeros between or after members are padding.
                    packed = member.unconsumed_tail or member.unused_data.lstrip(b"\0")
        except zlib.error as error:
            raise SourceError(f"{self.file} is damaged ({error}); fetch it again.") from error
        if not member.eof:
            raise SourceError(f"{self.file} ends in the middle; fetch it again.")
