"""Whether the bytes that arrived are the file that was meant."""

import gzip
import hashlib
import zlib
from pathlib import Path

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole_gzip(path: Path) -> bool:
    """Tell whether a file can be unpacked to its end, where gzip keeps a checksum and the length."""
    try:
        with gzip.open(path) as file:
            while file.read(_CHUNK):
                pass
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    return path.stat().st_size > 0
