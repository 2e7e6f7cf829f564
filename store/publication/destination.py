"""Where stores are published to: a folder, or whatever fsspec reaches by an address."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from store.files.atomic_replace import is_disk_full, replace
from store.files.folders import make_folder
from store.publication.errors import PublicationError

_PART = ".part"
# What a sentence about a failure begins with: before the manifest was written, and after.
_NOTHING = "Nothing was published to"
_OLDER_STAY = "The store is published, but older files could not be removed from"
# What fsspec and the libraries behind it raise where a place cannot be used as it is asked for.
REFUSALS = (OSError, ValueError, ImportError, NotImplementedError)


class Destination:
    """A folder that stores are published to."""

    def __init__(self, address: str) -> None:
        """Name it by path or address; nothing is looked up yet.

        Raises:
            PublicationError: There is nothing that writes to such an address.
        """
        if not address.strip():
            raise PublicationError("Nothing was published: name a folder, or an address of another kind.")
        self._address = address
        is_path = "://" not in address
        with self._explained():
            if is_path:  # which may have signs in it that part an address
                self._files, self._root = LocalFileSystem(), str(Path(address).expanduser().absolute())
            else:
                self._files, self._root = url_to_fs(address)
            if "http" in self._files.protocol:  # a web server may take what it is sent, and keep nothing
                raise NotImplementedError
        self._local = Path(self._root) if isinstance(self._files, LocalFileSystem) else None

    def require(self, name: str, content: bytes) -> None:
        """Make sure that a file that was put there has this content. Raises PublicationError."""
        with self._explained():
            if self._files.cat_file(self.address_of(name)) != content:
                raise OSError("what was written is not what is there")

    def put(self, file: Path, name: str) -> None:
        """Write a file under `name`, which it gets only when it is complete. Raises PublicationError."""
        with self._explained():
            if self._local is None:
                self._files.put_file(str(file), self.address_of(name))
                return
            make_folder(self._local)
            part = self._local / f".{name}{_PART}"
            try:
                self._files.put_file(str(file), str(part))
                replace(part, self._local / name)
            finally:
                part.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Yield the names of the files there. Raises PublicationError."""
        with self._explained(_OLDER_STAY):
            found: list[Any] = self._files.ls(self._root, detail=False)
            yield from (str(path).rpartition("/")[2] for path in found)

    def remove(self, name: str) -> None:
        """Remove a file. Raises PublicationError."""
        with self._explained(_OLDER_STAY):
            self._files.rm_file(self.address_of(name))

    def address_of(self, name: str) -> str:
        """Return where a file is, as fsspec names it."""
        return f"{self._root.rstrip('/')}/{name}"

    @contextmanager
    def _explained(self, outcome: str = _NOTHING) -> Iterator[None]:
        try:
            yield
        except PublicationError:
            raise
        except REFUSALS as error:
            raise PublicationError(
                f"{outcome} {without_secrets(self._address)}: {_reason(error)}."
            ) from error


def without_secrets(address: str) -> str:
    """Return an address as it may be shown to anybody: without password, query and fragment."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return address
    rest = rest.partition("?")[0].partition("#")[0]
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _reason(error: Exception) -> str:
    if isinstance(error, ImportError):
        return f"{str(error).rstrip('.')}, with `pip install`"
    if isinstance(error, NotImplementedError):
        return "such an address can only be read; name a folder, or another kind of address"
    if isinstance(error, OSError) and is_disk_full(error):
        return "there is no room left; free some space and try again"
    said = getattr(error, "strerror", None) or str(error).rstrip(".")
    return f"{said}; check the address and its rights"
