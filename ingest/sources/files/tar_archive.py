"""Reading one member of a tar archive as a stream, whatever the archive itself was packed by."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.sources.files.blocks import Blocks
from ingest.sources.files.members import is_content
from ingest.sources.files.unusable import Unusable

_BLOCK_BYTES = 1 << 18
_HEADER_BYTES = 512
# What may be read of one header and what extends it, all of which tarfile keeps in memory.
_LONGEST_HEADER = 1 << 20
_MOST_MEMBERS = 10_000
_DAMAGE = (
    tarfile.TarError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RecursionError,
)


def is_tar(head: bytes) -> bool:
    """Return whether a stream is a tar archive, by its first header, which has a checksum."""
    try:
        tarfile.TarInfo.frombuf(head[:_HEADER_BYTES], "utf-8", "surrogateescape")
    except _DAMAGE:
        return False
    return True


def tar_names(blocks: Blocks) -> list[str]:
    """Return the names of the files in an archive, whose blocks are read to the end.

    Raises:
        Unusable: It is damaged, or of far too many files.
    """
    with _damage_explained():
        stream = _Forward(blocks)
        names = [member.name for member, _archive in _files(stream)]
        for _rest in blocks:
            pass
    return names


def read_tar(blocks: Blocks, name: str) -> Blocks:
    """Yield the blocks of the file of this name in an archive.

    Raises:
        Unusable: The archive is damaged.
    """
    with _damage_explained():
        stream = _Forward(blocks)
        for member, archive in _files(stream):
            if member.name == name:
                content = archive.extractfile(member)
                assert content is not None, "only files are looked at"
                stream.allowance = None
                while block := content.read(_BLOCK_BYTES):
                    yield block
                return


def _files(stream: "_Forward") -> "Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]":
    with tarfile.TarFile(fileobj=stream, mode="r") as archive:  # type: ignore[arg-type]
        for _ in range(_MOST_MEMBERS):
            stream.allowance = _LONGEST_HEADER
            member = archive.next()
            if member is None:
                return
            if member.isreg() and is_content(member.name):
                yield member, archive
    raise Unusable(
        f"is a tar archive of more than {_MOST_MEMBERS:,} files; unpack it into a folder and name that"
    )


@contextmanager
def _damage_explained() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise Unusable(f"is a damaged tar archive ({error}); fetch it again") from error


class _Forward:
    """Blocks as the file that tarfile reads: forwards, at most `allowance` bytes until that is renewed."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._block = b""
        self._at = 0
        self._position = 0
        self.allowance: int | None = _LONGEST_HEADER

    def tell(self) -> int:
        """Return how many bytes were read or passed over."""
        return self._position

    def seek(self, position: int) -> int:
        """Pass over what lies before `position`."""
        if position < self._position:
            raise tarfile.ReadError("a member begins inside another one")
        while self._position < position and self._take(position - self._position):
            pass
        return self._position

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end."""
        if self.allowance is not None:
            self.allowance -= size
            if self.allowance < 0:
                raise tarfile.ReadError("a header is of no sensible length")
        parts: list[bytes] = []
        while size > 0 and (part := self._take(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _take(self, size: int) -> bytes:
        """Return at least one and at most `size` of the next bytes, none at the end."""
        if self._at == len(self._block):
            self._block, self._at = next(self._blocks, b""), 0
        part = self._block[self._at : self._at + size]
        self._at += len(part)
        self._position += len(part)
        return part
