"""Reading a file as lines of UTF-8, however packed and written: recognised by its content, not its name.

Nothing is unpacked to the disk. Whatever a file holds, some megabytes of it are in memory at once, and what
unpacks to out of all proportion is refused.
"""

from ingest.sources.files.blocks import most_unpacked
from ingest.sources.files.content import (
    first_lines,
    foreign_kind,
    is_archive,
    is_plain_text,
    lines_of,
    unpacks,
)
from ingest.sources.files.members import IsWanted
from ingest.sources.files.regular import checksum, opened, state_of
from ingest.sources.files.unusable import Unusable

__all__ = [
    "IsWanted",
    "Unusable",
    "checksum",
    "first_lines",
    "foreign_kind",
    "is_archive",
    "is_plain_text",
    "lines_of",
    "most_unpacked",
    "opened",
    "state_of",
    "unpacks",
]
