"""What is remembered beside the files: which version of which address each one is."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx
import msgspec

from store.files.atomic_replace import replace

STATE_NAME = ".download.json"
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Version:
    """What a host said of a file when it sent it. `total` is its size in bytes, None if it was not said."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    total: int | None = None

    @classmethod
    def of(cls, url: str, headers: httpx.Headers) -> Self:
        """Return the version that a complete response (status 200) with these headers begins to send."""
        return cls(url, headers.get("etag"), headers.get("last-modified"), _length(headers))

    @property
    def if_range(self) -> str | None:
        """What makes a host continue this version only; a weak ETag does not promise the same bytes."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified

    @property
    def unless_unchanged(self) -> dict[str, str]:
        """The headers that ask for the file only if it is of another version by now."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.last_modified} if self.last_modified else {}


@dataclass(frozen=True, slots=True)
class CompleteFile:
    """A complete file; `size` and `modified_ns` tell whether somebody has changed it since."""

    version: Version
    sha256: str
    size: int
    modified_ns: int


@dataclass(slots=True)
class _Remembered:
    parts: dict[str, Version] = field(default_factory=dict)
    wholes: dict[str, CompleteFile] = field(default_factory=dict)


class FolderState:
    """What is remembered of one folder, in `.download.json`; without that file all is fetched again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / STATE_NAME
        try:
            self._remembered = msgspec.json.decode(self._file.read_bytes(), type=_Remembered)
        except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
            self._remembered = _Remembered()

    def part(self, name: str) -> Version | None:
        """Return the version that the part of a file belongs to."""
        return self._remembered.parts.get(name)

    def whole(self, path: Path) -> CompleteFile | None:
        """Return what is known of a complete file, None if it is gone or no longer the same."""
        known = self._remembered.wholes.get(path.name)
        try:
            facts = path.stat()
        except FileNotFoundError:
            return None
        if known is None or (facts.st_size, facts.st_mtime_ns) != (known.size, known.modified_ns):
            return None
        return known

    def remember_part(self, name: str, version: Version) -> None:
        """Write down which version the part of a file belongs to."""
        self._remembered.parts[name] = version
        self._save()

    def remember_complete(self, path: Path, version: Version, sha256: str) -> CompleteFile:
        """Write down that a file is complete."""
        facts = path.stat()
        whole = CompleteFile(version, sha256, facts.st_size, facts.st_mtime_ns)
        self._remembered.wholes[path.name] = whole
        self._remembered.parts.pop(path.name, None)
        self._save()
        return whole

    def _save(self) -> None:
        text = msgspec.json.format(msgspec.json.encode(self._remembered), indent=2)
        part = self._file.with_name(f"{STATE_NAME}.part")
        part.write_bytes(text)
        replace(part, self._file)


def _length(headers: httpx.Headers) -> int | None:
    text = headers.get("content-length", "")
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
