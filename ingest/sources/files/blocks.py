"""Streams of bytes: looking ahead, and bounds on what they may unpack to."""

from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ingest.sources.files.unusable import Unusable

# A stream of bytes, some kilobytes to megabytes at a time; no block is empty.
Blocks = Iterator[bytes]

# How many bytes tell what a file is: the header of a tar archive is the longest.
HEAD_BYTES = 1 << 16
# Up to this size any ratio passes; the files as published unpack to a few times their size.
_UNSUSPECTED_BYTES = 1 << 28
_MOST_TIMES = 250
_MOST_BYTES = 1 << 36


def look_ahead(blocks: Blocks, size: int = HEAD_BYTES) -> tuple[bytes, Blocks]:
    """Return up to `size` bytes or more from the beginning of `blocks`, and blocks that still have them."""
    seen: list[bytes] = []
    length = 0
    for block in blocks:
        seen.append(block)
        length += len(block)
        if length >= size:
            break
    return b"".join(seen), chain(seen, blocks)


def most_unpacked(size: int) -> int:
    """Return how many bytes a file of `size` bytes unpacks to at most, if it is not refused."""
    return max(_UNSUSPECTED_BYTES, _MOST_TIMES * size)


class Budget:
    """How much may come out of a file, measured by what was read of it."""

    def __init__(self, stored: BinaryIO) -> None:
        self._stored = stored

    def bound(self, blocks: Blocks) -> Blocks:
        """Pass on unpacked blocks.

        Raises:
            Unusable: They come to out of all proportion to what was read of the file.
        """
        unpacked = 0
        for block in blocks:
            unpacked += len(block)
            if unpacked > _UNSUSPECTED_BYTES:
                read = self._stored.tell()
                if unpacked > _MOST_TIMES * read or unpacked > _MOST_BYTES:
                    raise Unusable(
                        f"unpacks to more than {unpacked >> 20:,} MB from {read:,} bytes, as no data do;"
                        f" use the file as published"
                    )
            yield block
