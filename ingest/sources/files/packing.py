"""Unpacking streams: gzip, bzip2, xz and Zstandard, also one inside another."""

import bz2
import enum
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from backports import zstd

from ingest.sources.files.blocks import Blocks, Budget, look_ahead
from ingest.sources.files.unusable import Unusable

# How many bytes come out of a decompressor at once.
_UNPACKED_BYTES = 1 << 21
# How many go in at once: few, as a decompressor copies what follows each member, which may be 20 bytes long.
_FED_BYTES = 1 << 14
# Blocks are joined up to this size: a member may unpack to a single byte, and each block has a cost.
_JOINED_BYTES = 1 << 20
# What a decompressor may remember of the stream, in bytes; `xz -9` needs 65 MB.
_XZ_MEMORY = 1 << 27
_MOST_LAYERS = 4


class Packing(enum.StrEnum):
    """A way of packing one stream."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTANDARD = "Zstandard"


_BEGINNINGS: dict[Packing, tuple[bytes, ...]] = {
    Packing.GZIP: (b"\x1f\x8b",),
    Packing.BZIP2: (b"BZh",),
    Packing.XZ: (b"\xfd7zXZ\x00",),
    # A frame, or one of those that a reader skips.
    Packing.ZSTANDARD: (b"\x28\xb5\x2f\xfd", *(bytes([0x50 + n]) + b"\x2a\x4d\x18" for n in range(16))),
}


class _Decompressor(Protocol):
    """What the modules `bz2`, `lzma` and `zstd` share; it unpacks one member of a stream."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


_DECOMPRESSORS: dict[Packing, Callable[[], _Decompressor]] = {
    Packing.BZIP2: bz2.BZ2Decompressor,
    Packing.XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
    Packing.ZSTANDARD: zstd.ZstdDecompressor,
}


def packing_of(head: bytes) -> Packing | None:
    """Return how a stream that begins with `head` is packed, None if it is not."""
    return next((packing for packing, begins in _BEGINNINGS.items() if head.startswith(begins)), None)


def unpack(head: bytes, blocks: Blocks, budget: Budget) -> tuple[bytes, Blocks]:
    """Return the beginning and the blocks of a stream once nothing more is to be unpacked.

    Reading the blocks raises Unusable where they are damaged, end in the middle, or are followed by something
    else, and where they unpack to out of all proportion.

    Args:
        head: What `blocks` begin with, by `look_ahead`.
        blocks: The stream.
        budget: What may come out of it.
    """
    for _ in range(_MOST_LAYERS):
        packing = packing_of(head)
        if packing is None:
            return head, blocks
        members = _gunzip(blocks) if packing is Packing.GZIP else _unpack_members(packing, blocks)
        head, blocks = look_ahead(budget.bound(_joined(members)))
    raise Unusable(f"is packed more than {_MOST_LAYERS} times over; unpack it first")


def _cut(blocks: Blocks) -> Blocks:
    for block in blocks:
        for at in range(0, len(block), _FED_BYTES):
            yield block[at : at + _FED_BYTES]


def _joined(blocks: Blocks) -> Blocks:
    """Join small blocks; what came before damage is passed on before that is raised."""
    parts: list[bytes] = []
    size = 0
    try:
        for block in blocks:
            parts.append(block)
            size += len(block)
            if size >= _JOINED_BYTES:
                yield b"".join(parts)
                parts, size = [], 0
    except Unusable:
        if parts:
            yield b"".join(parts)
        raise
    if parts:
        yield b"".join(parts)


def _gunzip(blocks: Blocks) -> Blocks:
    # A gzip file may hold several members one after the other; zlib's objects end with each.
    member = zlib.decompressobj(wbits=31)
    try:
        for block in _cut(blocks):
            packed = block.lstrip(b"\0") if member.eof else block
            while packed:
                if member.eof:
                    _require_member(Packing.GZIP, packed)
                    member = zlib.decompressobj(wbits=31)
                unpacked = member.decompress(packed, _UNPACKED_BYTES)
                if unpacked:
                    yield unpacked
                # Zeros between or after members are padding.
                packed = member.unconsumed_tail or member.unused_data.lstrip(b"\0")
    except zlib.error as error:
        raise Unusable(f"is damaged ({error}); fetch it again") from error
    if not member.eof:
        raise Unusable("ends in the middle; fetch it again")


def _unpack_members(packing: Packing, blocks: Blocks) -> Blocks:
    member = _DECOMPRESSORS[packing]()
    try:
        for block in _cut(blocks):
            packed = block.lstrip(b"\0") if member.eof else block
            while packed or not (member.eof or member.needs_input):
                if member.eof:
                    _require_member(packing, packed)
                    member = _DECOMPRESSORS[packing]()
                unpacked = member.decompress(packed, _UNPACKED_BYTES)
                if unpacked:
                    yield unpacked
                packed = member.unused_data.lstrip(b"\0") if member.eof else b""
    except (OSError, lzma.LZMAError, zstd.ZstdError, EOFError) as error:
        raise Unusable(f"is damaged ({error}); fetch it again") from error
    if not member.eof:
        raise Unusable("ends in the middle; fetch it again")


def _require_member(packing: Packing, packed: bytes) -> None:
    """Refuse what follows a whole member unless it may be another one."""
    if not any(packed.startswith(begins[: len(packed)]) for begins in _BEGINNINGS[packing]):
        raise Unusable(f"has something else behind its {packing} data; fetch it again, or unpack it first")
