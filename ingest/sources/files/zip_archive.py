"""Reading one member of a zip archive as a stream."""

import struct
import zipfile
import zlib
from typing import BinaryIO

from ingest.sources.files.blocks import Blocks
from ingest.sources.files.members import IsWanted, choose, is_content
from ingest.sources.files.unusable import Unusable

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BLOCK_BYTES = 1 << 21
_MOST_AT_ONCE = 1 << 22
_ENCRYPTED = 1
# What workbooks and other documents of Office have among their members, of Microsoft's and of OASIS's form.
_OF_DOCUMENTS = frozenset({"[Content_Types].xml", "META-INF/manifest.xml"})
# The others are unpacked by zipfile without a bound on what comes out at once.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    LookupError,
    struct.error,
)


def is_zip(head: bytes) -> bool:
    """Return whether a file is a zip archive, by its beginning."""
    return head.startswith(_BEGINNINGS)


def read_zip(stream: BinaryIO, is_wanted: IsWanted | None) -> Blocks:
    """Yield the blocks of the member that is meant; `stream` must be seekable.

    Raises:
        Unusable: It is damaged or encrypted, or which member is meant cannot be told.
    """
    try:
        with zipfile.ZipFile(_Guarded(stream)) as archive:
            member = _choose(archive, is_wanted)
            with archive.open(member) as unpacked:
                while block := unpacked.read(_BLOCK_BYTES):
                    yield block
    except _DAMAGE as error:
        raise Unusable(f"is a damaged zip archive ({error}); fetch it again") from error


def _choose(archive: zipfile.ZipFile, is_wanted: IsWanted | None) -> zipfile.ZipInfo:
    if not _OF_DOCUMENTS.isdisjoint(archive.namelist()):
        raise Unusable("is a workbook or document of an office program; save its table as CSV and name that")
    members = [entry for entry in archive.infolist() if not entry.is_dir() and is_content(entry.filename)]
    name = choose("zip", [entry.filename for entry in members], is_wanted)
    member = next(entry for entry in members if entry.filename == name)
    if member.flag_bits & _ENCRYPTED:
        raise Unusable("is an encrypted zip archive; unpack it with its password first")
    if member.compress_type not in _METHODS:
        raise Unusable("is packed by a method of zip that is not read here; unpack it first")
    return member


class _Guarded:
    """The stored archive as zipfile reads it, which keeps the directory of members in memory as a whole."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Read, but not more than a directory of members is long."""
        data = self._stream.read(size if 0 <= size <= _MOST_AT_ONCE else _MOST_AT_ONCE + 1)
        if len(data) > _MOST_AT_ONCE:
            raise zipfile.BadZipFile("its directory is of no sensible length")
        return data
