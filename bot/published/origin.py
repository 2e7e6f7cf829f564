"""Where a published store comes from: a web host, a path, or whatever else fsspec reads."""

import os
from pathlib import Path
from typing import Any, Protocol

import fsspec

from ingest import is_address
from ingest.sources.download import DownloadError, DownloadSettings, RemoteFile, download
from store.publication.destination import REFUSALS, without_secrets
from store.publication.errors import PublicationError
from store.publication.manifest import MANIFEST, Manifest
from store.runs import Progress, SilentProgress, Stage

_MANIFEST_BYTES = 1 << 16
_PIECE = 1 << 20
_HOUR = 3600.0


class Origin(Protocol):
    """Where the manifest and the file that it names come from."""

    def manifest(self) -> bytes:
        """Return the manifest as it is now. Raises NextplayError where it cannot be had."""

    def fetch(self, manifest: Manifest, progress: Progress) -> Path:
        """Bring the packed file here; return where it is. Raises NextplayError where it cannot be had."""


def origin_of(address: str, folder: Path) -> Origin:
    """Return where the store at `address` comes from; what is fetched is put into `folder` meanwhile."""
    if is_address(address):
        return _Web(address, folder)
    return _Files(address, folder)


class _Web:
    """An http(s) address. The limits of any download hold: of size, time, rate, and whom it may lead to."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address = address
        self._folder = folder

    def manifest(self) -> bytes:
        limits = DownloadSettings(max_bytes=_MANIFEST_BYTES, longest_seconds=300.0)
        remote = RemoteFile(self._address, MANIFEST)
        return download([remote], self._folder, settings=limits).files[0].path.read_bytes()

    def fetch(self, manifest: Manifest, progress: Progress) -> Path:
        limits = DownloadSettings(max_bytes=manifest.size, longest_seconds=_HOUR)
        remote = RemoteFile(_sibling(self._address, manifest.file), manifest.file, manifest.sha256)
        return download([remote], self._folder, settings=limits, progress=progress).files[0].path


class _Files:
    """A path, or an address of another kind; its library has limits of its own."""

    def __init__(self, address: str, folder: Path) -> None:
        is_path = "://" not in address
        # A path may have signs in it that part an address.
        self._where: Path | str = Path(os.path.realpath(Path(address).expanduser())) if is_path else address
        self._folder = folder

    def manifest(self) -> bytes:
        target = self._folder / MANIFEST
        self._copy(self._where, target, _MANIFEST_BYTES, SilentProgress())
        return target.read_bytes()

    def fetch(self, manifest: Manifest, progress: Progress) -> Path:
        target = self._folder / manifest.file
        progress.start(Stage.FETCHING_STORE, manifest.size, "bytes")
        where = self._where
        file = where.with_name(manifest.file) if isinstance(where, Path) else _sibling(where, manifest.file)
        self._copy(file, target, manifest.size, progress)
        progress.finish()
        return target

    def _copy(self, where: str | Path, target: Path, most_bytes: int, progress: Progress) -> None:
        size = 0
        said = without_secrets(str(where))
        try:
            with _open(where) as source, target.open("wb") as file:
                while piece := source.read(_PIECE):
                    size += len(piece)
                    if size > most_bytes:
                        raise PublicationError(f"{said} is larger than {most_bytes:,} bytes.")
                    file.write(piece)
                    progress.advance(len(piece))
        except FileNotFoundError as error:
            raise DownloadError(f"There is no {said}; check NEXTPLAY_STORE.") from error
        except REFUSALS as error:
            why = getattr(error, "strerror", None) or str(error).rstrip(".")
            raise DownloadError(
                f"{said} could not be read: {why}; check NEXTPLAY_STORE and its rights."
            ) from error


def _open(where: str | Path) -> Any:
    """Open what is at a path or an address. Raises PublicationError for what one could wait for in vain."""
    if isinstance(where, str):
        return fsspec.open(where, "rb")
    if where.exists() and not where.is_file():
        raise PublicationError(f"{where} is no regular file; name the manifest of a published store.")
    return where.open("rb")


def _sibling(address: str, name: str) -> str:
    """Return the address of a file beside the one at `address`; a query, as of a signed address, stays."""
    path, mark, query = address.partition("?")
    return f"{path.rpartition('/')[0]}/{name}{mark}{query}"
