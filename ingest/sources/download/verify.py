"""Whether the bytes that arrived are the file that was meant."""

from pathlib import Path

from ingest.sources.files import checksum, foreign_kind, is_archive, unpacks


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in lower-case hexadecimal."""
    return checksum(path)


def what_is_wrong(path: Path, name: str) -> str | None:
    """Return why a file that arrived as `name` cannot be the one that was meant, None if it may be.

    What packs a file keeps a checksum and the length at its end; nothing else tells that one is whole.
    """
    if (something := foreign_kind(path)) is not None:
        return f"it {something.what}"
    is_whole = unpacks(path)
    if is_whole is False or (is_whole is None and name.endswith(".gz") and not is_archive(path)):
        return "it is no complete gzip file" if name.endswith(".gz") else "it does not unpack to its end"
    return None
