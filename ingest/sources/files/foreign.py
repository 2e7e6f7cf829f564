"""Recognizing files that are something else altogether, so that it can be said what they are."""

import re
from dataclasses import dataclass

_UNPACK = "unpack it first"
_TAKE_OTHERS = "use the files that McAuley's group published, or a data set of docs/data-sets.md"


@dataclass(frozen=True, slots=True)
class Foreign:
    """`what` a file is, going on where its name ends, and the `remedy`."""

    what: str
    remedy: str


# What a file is that begins so.
_BEGINNINGS: tuple[tuple[bytes, Foreign], ...] = (
    (
        b"version https://git-lfs.github.com/spec/",
        Foreign("is a pointer of Git LFS, not the file itself", "fetch that by `git lfs pull`"),
    ),
    (b"7z\xbc\xaf\x27\x1c", Foreign("is a 7z archive, which is not read here", _UNPACK)),
    (b"Rar!\x1a\x07", Foreign("is a RAR archive, which is not read here", _UNPACK)),
    (b"\x04\x22\x4d\x18", Foreign("is packed by LZ4, which is not read here", _UNPACK)),
    (b"\x1f\x9d", Foreign("is packed by `compress`, which is not read here", _UNPACK)),
    (b"LZIP", Foreign("is packed by lzip, which is not read here", _UNPACK)),
    (b"\xff\x06\x00\x00sNaPpY", Foreign("is packed by Snappy, which is not read here", _UNPACK)),
    (b"PAR1", Foreign("is a Parquet table, not one record a line", _TAKE_OTHERS)),
    (b"SQLite format 3\x00", Foreign("is a SQLite database, not one record a line", _TAKE_OTHERS)),
    (b"ARROW1", Foreign("is an Arrow table, not one record a line", _TAKE_OTHERS)),
    (b"FEA1", Foreign("is a Feather table, not one record a line", _TAKE_OTHERS)),
    (b"ORC", Foreign("is an ORC table, not one record a line", _TAKE_OTHERS)),
    (b"Obj\x01", Foreign("is an Avro table, not one record a line", _TAKE_OTHERS)),
    (b"\x89HDF\r\n", Foreign("is an HDF5 file, not one record a line", _TAKE_OTHERS)),
    (b"\x93NUMPY", Foreign("is a NumPy array, not one record a line", _TAKE_OTHERS)),
    (b"RDX", Foreign("is a file of R's, not one record a line", _TAKE_OTHERS)),
    (b"%PDF-", Foreign("is a PDF document, not one record a line", _TAKE_OTHERS)),
    (b"\x89PNG", Foreign("is an image, not one record a line", _TAKE_OTHERS)),
    (b"\xff\xd8\xff", Foreign("is an image, not one record a line", _TAKE_OTHERS)),
    (b"GIF8", Foreign("is an image, not one record a line", _TAKE_OTHERS)),
    (b"\xd0\xcf\x11\xe0", Foreign("is an Office document, not one record a line", _TAKE_OTHERS)),
    *(
        (bytes([0x80, protocol]), Foreign("is a Python pickle, which is never opened here", _TAKE_OTHERS))
        for protocol in range(2, 6)
    ),
    (b"\x7fELF", Foreign("is a program, not one record a line", _TAKE_OTHERS)),
)
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|title|!--|\?xml|error|script)\b", re.IGNORECASE)
# A line of names between commas, semicolons or tabs, as the first of a table is; a record has brackets.
# Possessive: a beginning that is none is told in one go, however many commas or spaces it has.
_TABLE = re.compile(rb'[ \t]*+"?+[\w .#-]++"?+[,;\t|][^{}\[\]\n,;\t|]*+[,;\t|][^{}\[\]\n]*+\n')
_ZEROS = 4096


def foreign(head: bytes) -> Foreign | None:
    """Return what a file that begins with `head` is, None if it may hold records."""
    for beginning, what in _BEGINNINGS:
        if head.startswith(beginning):
            return what
    if _PAGE.match(head):
        return Foreign(
            "is a web page, perhaps one that says why the file could not be had",
            "look at it and fetch it again",
        )
    if _TABLE.match(head):
        return Foreign("is a table (CSV), not one record a line", _TAKE_OTHERS)
    if len(head) >= _ZEROS and not head.strip(b"\0"):
        return Foreign("holds nothing but zeros where it begins, as after a crash", "fetch it again")
    return None
