"""The bytes of a file that have arrived so far, in `<name>.part`, and which version they belong to."""

from pathlib import Path
from typing import BinaryIO

from ingest.sources.download.state import FolderState, Version


class Part:
    """What an earlier attempt left behind, from which a download can resume.

    The state knows the version from before the first byte is written, so that bytes of two versions never end
    up in one file.
    """

    def __init__(self, target: Path, url: str, state: FolderState) -> None:
        self.path = target.with_name(target.name + ".part")
        self._name = target.name
        self._state = state
        known = state.part(target.name)
        self.version = known if known is not None and known.url == url else None
        if self.version is None:
            self.path.unlink(missing_ok=True)

    @property
    def size(self) -> int:
        """How many bytes have arrived."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def is_complete(self) -> bool:
        """Whether all bytes that the host announced have arrived."""
        return self.version is not None and 0 < self.size == self.version.total

    def discard(self) -> None:
        """Begin again."""
        self.version = None
        self.path.unlink(missing_ok=True)

    def begin(self, version: Version) -> None:
        """Drop what is there; what arrives from now on belongs to `version`."""
        self.path.write_bytes(b"")
        self._state.remember_part(self._name, version)
        self.version = version

    def open(self) -> BinaryIO:
        """Open the part to append to it."""
        return self.path.open("ab")
