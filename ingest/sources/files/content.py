"""From an open file to its lines: packing, archive, encoding and form, one after the other."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ingest.errors import SourceError
from ingest.sources.files.blocks import HEAD_BYTES, Blocks, Budget, look_ahead
from ingest.sources.files.foreign import Foreign, foreign
from ingest.sources.files.lines import is_record_a_line, split
from ingest.sources.files.members import IsWanted, choose
from ingest.sources.files.packing import Packing, packing_of, unpack
from ingest.sources.files.regular import opened
from ingest.sources.files.tar_archive import is_tar, read_tar, tar_names
from ingest.sources.files.text import encoding_of, utf8
from ingest.sources.files.unusable import Unusable
from ingest.sources.files.zip_archive import is_zip, read_zip

_STORED_BYTES = 1 << 21
_PACKED_BYTES = 1 << 18

# Called with every block of the file as stored, each once and in order.
OnStored = Callable[[bytes], object]


def lines_of(
    stream: BinaryIO, *, is_wanted: IsWanted | None = None, on_stored: OnStored | None = None
) -> Iterator[list[bytes]]:
    """Yield the lines of a file without their ends, some megabytes of them at a time.

    Args:
        stream: The file, open at its beginning and seekable.
        is_wanted: Tells by its name whether a member of an archive of several is meant.
        on_stored: Follows the reading of the file as stored.

    Raises:
        Unusable: It is damaged, ends in the middle, is an archive in which it cannot be told what is meant,
            or holds more than any data do.
        OSError: It cannot be read.
    """
    head, blocks = _content(stream, is_wanted, on_stored)
    yield from split(*utf8(head, blocks))


def first_lines(file: Path, count: int, is_wanted: IsWanted | None = None) -> list[bytes]:
    """Return the first lines of a file that are not blank, without judging how it goes on.

    Raises:
        SourceError: It cannot be read, or its beginning is of no use.
    """
    with opened(file) as stream:
        try:
            lines = (line.strip() for some in lines_of(stream, is_wanted=is_wanted) for line in some)
            found = list(islice(filter(None, lines), count))
        except Unusable as error:
            something = foreign_kind(file, is_wanted)
            why = error if something is None else f"{something.what}; {something.remedy}"
            raise SourceError(f"{file} {why}.") from error
    return found


def foreign_kind(file: Path, is_wanted: IsWanted | None = None) -> Foreign | None:
    """Return what a file is that holds no records, None if that is not known.

    Raises:
        SourceError: It cannot be read.
    """
    with opened(file) as stream:
        try:
            head, _blocks = utf8(*_content(stream, is_wanted))
        except Unusable:
            return None
    return foreign(head)


def is_archive(file: Path) -> bool:
    """Return whether a file is a zip archive, as far as its beginning tells.

    Raises:
        SourceError: It cannot be read.
    """
    with opened(file) as stream:
        return is_zip(stream.read(HEAD_BYTES))


def is_plain_text(file: Path) -> bool:
    """Return whether a file is lines of UTF-8, plain or in one gzip stream: what any program splits alike.

    Raises:
        SourceError: It cannot be read.
    """
    with opened(file) as stream:
        head = stream.read(HEAD_BYTES)
        if packing_of(head) is Packing.GZIP:
            stream.seek(0)
            try:
                head = gzip.GzipFile(fileobj=stream).read(HEAD_BYTES)
            except (OSError, EOFError, zlib.error):
                return False  # reading it reports the error
    is_packed = packing_of(head) is not None or is_zip(head) or is_tar(head)
    return not is_packed and encoding_of(head) is None and is_record_a_line(head)


def unpacks(file: Path) -> bool | None:
    """Return whether a packed file can be unpacked to its end; None if it is not packed, or an archive.

    Raises:
        SourceError: It cannot be read.
    """
    with opened(file) as stream:
        if packing_of(stream.read(HEAD_BYTES)) is None:
            return None
        try:
            for _block in _unpacked(stream, None)[1]:
                pass
        except Unusable:
            return False
    return True


def _content(
    stream: BinaryIO, is_wanted: IsWanted | None, on_stored: OnStored | None = None
) -> tuple[bytes, Blocks]:
    """Return the beginning and the blocks of what a file holds, unpacked and taken out of its archive."""
    head, blocks = _unpacked(stream, is_wanted, on_stored)
    if is_tar(head):
        name = choose("tar", tar_names(blocks), is_wanted)
        _head, blocks = _unpacked(stream, is_wanted)
        head, blocks = look_ahead(read_tar(blocks, name))
        head, blocks = unpack(head, blocks, Budget(stream))
    if is_zip(head) or is_tar(head):
        raise Unusable("holds an archive inside another packing; unpack it first")
    return head, blocks


def _unpacked(
    stream: BinaryIO, is_wanted: IsWanted | None, on_stored: OnStored | None = None
) -> tuple[bytes, Blocks]:
    """Return the beginning and the blocks of a file, from its start, unpacked where it is packed."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    blocks = _stored(stream, _PACKED_BYTES if packing_of(head) else _STORED_BYTES, on_stored)
    budget = Budget(stream)
    if is_zip(head):
        if on_stored is not None:
            for _block in blocks:
                pass
        head, blocks = look_ahead(budget.bound(read_zip(stream, is_wanted)))
    return unpack(head, blocks, budget)


def _stored(stream: BinaryIO, size: int, on_stored: OnStored | None) -> Blocks:
    while block := stream.read(size):
        if on_stored is not None:
            on_stored(block)
        yield block
