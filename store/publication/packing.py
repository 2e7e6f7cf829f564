"""Packing a store for its way, with Zstandard, and unpacking it within the bounds that its manifest sets."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from backports import zstd

from store.publication.errors import PublicationError
from store.publication.manifest import Manifest

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """What a packed store is known by: size in bytes and SHA-256, as packed and unpacked."""

    size: int
    sha256: str
    unpacked_size: int
    unpacked_sha256: str


class _Sum:
    """Counts and digests what passes."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.sha256()

    def add(self, piece: bytes) -> bytes:
        self.size += len(piece)
        self._digest.update(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def pack(source: Path, target: Path, advance: Callable[[int], object]) -> Packed:
    """Pack the file `source` into `target`; `advance` hears of every piece, in bytes. Raises OSError."""
    plain, packed = _Sum(), _Sum()
    compressor = zstd.ZstdCompressor()
    with target.open("wb") as file:
        for piece in pieces_of(source):
            file.write(packed.add(compressor.compress(plain.add(piece))))
            advance(len(piece))
        file.write(packed.add(compressor.flush()))
    return Packed(packed.size, packed.sha256, plain.size, plain.sha256)


def unpack(source: Path, target: Path, manifest: Manifest, advance: Callable[[int], object]) -> None:
    """Unpack the file `source` into `target` and compare both with `manifest`.

    Never writes more than the manifest says. `advance` hears of every piece of the result, in bytes.

    Raises:
        PublicationError: They are not what the manifest says.
        OSError: The disk refuses.
    """
    packed, plain = _Sum(), _Sum()
    try:
        with target.open("wb") as file:
            for piece in _unpacked(packed.add(piece) for piece in pieces_of(source)):
                if plain.size + len(piece) > manifest.unpacked_size:
                    raise _unusable("unpacks to more than its manifest says")
                file.write(plain.add(piece))
                advance(len(piece))
    except (zstd.ZstdError, EOFError) as error:
        raise _unusable(f"is damaged ({error})") from error
    found = Packed(packed.size, packed.sha256, plain.size, plain.sha256)
    wanted = Packed(manifest.size, manifest.sha256, manifest.unpacked_size, manifest.unpacked_sha256)
    if found != wanted:
        raise _unusable("is not the one that its manifest describes")


def pieces_of(file: Path) -> Iterator[bytes]:
    """Yield the content of a file. Raises OSError."""
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            yield piece


def _unusable(why: str) -> PublicationError:
    return PublicationError(f"The published store cannot be used: its file {why}; publish it again.")


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what pieces of one frame unpack to, a megabyte at a time at most."""
    frame = zstd.ZstdDecompressor()
    for packed in pieces:
        piece = frame.decompress(packed, _PIECE)
        yield piece
        while not (frame.eof or frame.needs_input):
            yield frame.decompress(b"", _PIECE)
        if frame.eof and (frame.unused_data or next(pieces, b"")):
            raise EOFError("something follows its end")
    if not frame.eof:
        raise EOFError("it ends in the middle")
