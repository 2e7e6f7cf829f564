"""The raw files' line formats, and gzip that repeats itself byte for byte."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

Record = Mapping[str, object]


def literal(record: Record) -> str:
    """Return a record as a Python literal, the form of the users' files."""
    return repr(record)


def unicode_literal(record: Record) -> str:
    """Return a record as Python 2 wrote it: `u''` strings, everything beyond ASCII escaped."""
    pairs = (f"{_unicode(key)}: {_unicode(value)}" for key, value in record.items())
    return "{" + ", ".join(pairs) + "}"


def _unicode(value: object) -> str:
    if isinstance(value, str):
        return "u" + ascii(value)
    if isinstance(value, list):
        return "[" + ", ".join(_unicode(part) for part in value) + "]"
    return repr(value)


def json_row(record: Record, columns: Iterable[str]) -> str:
    """Return a record as the data frame export wrote it: every column on every line, `NaN` where empty."""
    return json.dumps({column: record.get(column, float("nan")) for column in columns})


def write_gzip_lines(path: Path, lines: Iterable[str]) -> None:
    """Write compressed UTF-8 lines without a time or a file name, so that equal lines give equal bytes."""
    text = "".join(line + "\n" for line in lines)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        packed.write(text.encode())
