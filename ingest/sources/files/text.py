"""From bytes in whichever encoding to UTF-8 with line feeds."""

import codecs

from ingest.sources.files.blocks import Blocks, look_ahead
from ingest.sources.files.unusable import Unusable

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How the zeros lie around characters of ASCII, of which the first ones of a record are.
_PATTERNS: tuple[tuple[bytes, str], ...] = (
    (b"x000", "utf-32-le"),
    (b"000x", "utf-32-be"),
    (b"x0x0", "utf-16-le"),
    (b"0x0x", "utf-16-be"),
)


def utf8(head: bytes, blocks: Blocks) -> tuple[bytes, Blocks]:
    """Return the beginning and the blocks of a text in UTF-8 whose lines end in line feeds.

    Bytes that are no UTF-8 stay as they are: they spoil their line alone.

    Args:
        head: What `blocks` begin with, by `look_ahead`.
        blocks: Text in UTF-8, UTF-16 or UTF-32, the latter two with or without mark.
    """
    encoding = encoding_of(head)
    if encoding is not None:
        head, blocks = look_ahead(_transcode(blocks, encoding))
    if b"\r" in head and b"\n" not in head:
        head, blocks = look_ahead(block.replace(b"\r", b"\n") for block in blocks)
    return head, blocks


def encoding_of(head: bytes) -> str | None:
    """Return the encoding of a text that begins with `head`, None if it is UTF-8."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    pattern = bytes(ord("0") if byte == 0 else ord("x") for byte in head[:4])
    return next((encoding for zeros, encoding in _PATTERNS if pattern == zeros), None)


def _transcode(blocks: Blocks, encoding: str) -> Blocks:
    # A lone surrogate becomes bytes that are no UTF-8, and so spoils its own line alone.
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    try:
        for block in blocks:
            if text := decoder.decode(block):
                yield text.encode(errors="surrogatepass")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Unusable(f"is damaged ({encoding.upper()}: {error.reason}); fetch it again") from error
