"""The folder beside the database where published stores are kept: the one that serves, and the one before."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from store.files import private_files
from store.files.atomic_replace import replace
from store.publication.manifest import Manifest

# The one that serves, and the one to go back to.
KEPT = 2
_SERVING = "serving.json"
_LOOKED = "looked.json"

Described = TypeVar("Described")


@dataclass(frozen=True, slots=True)
class LastLook:
    """How the last look for a newer store ended.

    `problem` says in a sentence why no newer one serves, None where all is well. `refused` is the SHA-256 of
    a store that the version `by` of the program has tried and cannot serve: it is not fetched again.
    """

    at: datetime
    problem: str | None = None
    refused: str | None = None
    by: str = ""


class PublishedFolder:
    """The stores that were fetched, newest first, and how the last look went."""

    def __init__(self, database: Path) -> None:
        """Name the folder beside `database`; nothing is opened yet."""
        self.path = database.with_name("published")
        self.lock = self.path / ".lock"
        self.incoming = self.path / "incoming"
        self.mark = self.path / "user-data-mark.sqlite3"
        self._serving = self.path / _SERVING

    def kept(self) -> tuple[Manifest, ...]:
        """Return the manifests of those that are kept, the one to serve first; none where none is."""
        return _read(self._serving, tuple[Manifest, ...]) or ()

    def token(self) -> tuple[int, ...]:
        """Return a value that changes whenever another one is to serve."""
        try:
            state = os.stat(self._serving)  # noqa: PTH116 - every command does it, and a path takes twice as long
        except OSError:
            return ()
        return state.st_ino, state.st_size, state.st_mtime_ns

    def file_of(self, manifest: Manifest) -> Path:
        """Return where the store of a manifest is kept."""
        return self.path / f"{manifest.unpacked_sha256[:32]}.sqlite3"

    def has(self, manifest: Manifest) -> bool:
        """Return whether the store of a manifest is there."""
        return self.file_of(manifest).is_file()

    def adopt(self, manifest: Manifest, candidate: Path | None = None) -> None:
        """Have the store of `manifest` serve, which is in `candidate` unless it is kept already.

        Older ones but for the one before are removed.

        Raises:
            OSError: The disk refuses; what served before still does.
        """
        if candidate is not None:
            replace(candidate, self.file_of(manifest))
        before = (
            other
            for other in self.kept()
            if other.unpacked_sha256 != manifest.unpacked_sha256 and self.has(other)
        )
        kept = [manifest, *before][:KEPT]
        self._write(self._serving, kept)
        self._remove_all_but({self.file_of(one) for one in kept})

    def set_aside(self, manifest: Manifest) -> None:
        """Take a store that proved damaged out of use; a later look fetches it again."""
        with suppress(OSError):
            self.file_of(manifest).unlink()

    def discard_incoming(self, manifest: Manifest) -> None:
        """Remove what came of other stores than that of `manifest`, which nobody fetches any more.

        Raises:
            OSError: The disk refuses.
        """
        for file in self.incoming.glob("store-*"):
            if not file.name.startswith(manifest.file):
                file.unlink()

    def last_look(self) -> LastLook | None:
        """Return how the last look ended; None where there was none."""
        return _read(self.path / _LOOKED, LastLook)

    def write_look(self, look: LastLook) -> None:
        """Write down how a look ended. Raises OSError."""
        self._write(self.path / _LOOKED, look)

    def make(self) -> None:
        """Make the folder, readable by its owner only. Raises OSError."""
        private_files.make_folder(self.incoming)
        private_files.ensure(self.mark)

    def _remove_all_but(self, wanted: set[Path]) -> None:
        for file in self.path.glob("*.sqlite3*"):
            if file not in wanted and file != self.mark:
                with suppress(OSError):  # outside POSIX an open file cannot be removed
                    file.unlink()

    def _write(self, file: Path, content: Any) -> None:
        part = file.with_name(f"{file.name}.part")
        part.write_bytes(msgspec.json.encode(content))
        replace(part, file)


def _read(file: Path, kind: type[Described]) -> Described | None:
    """Return what a file describes; None where there is none, or one that nobody can read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
