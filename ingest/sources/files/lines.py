"""Cutting text into its lines, or into the records of one JSON value that spans many."""

import codecs
from collections.abc import Iterator

from ingest.sources.files.blocks import HEAD_BYTES, Blocks
from ingest.sources.files.objects import KeyedObjects, Objects, is_keyed, require_length

_MARK = codecs.BOM_UTF8
_AFTER_LINE_FEED = b"\n" + _MARK


def split(head: bytes, blocks: Blocks) -> Iterator[list[bytes]]:
    """Yield the records of a text some megabytes at a time, each as one line without its end.

    That is its lines, or the objects of a JSON array, or of one after the other that are written over several
    lines each, or the members of an object that numbers its objects, each as an object of one member.

    Args:
        head: What `blocks` begin with, by `look_ahead`.
        blocks: Text in UTF-8.

    Raises:
        Unusable: A line or an object is too long, or an array ends in the middle.
    """
    head = head[:HEAD_BYTES].removeprefix(_MARK)
    if is_keyed(head):
        return _split_objects(blocks, KeyedObjects())
    return _split_objects(blocks, Objects()) if _spans_lines(head) else _split_lines(blocks)


def is_record_a_line(head: bytes) -> bool:
    """Return whether what begins so is a record a line, which any reader of text splits as `split` does."""
    head = head.removeprefix(_MARK)
    return not (is_keyed(head) or _spans_lines(head) or (b"\r" in head and b"\n" not in head))


def _spans_lines(head: bytes) -> bool:
    """Return whether what begins so is a JSON value over several lines rather than a record a line."""
    lines = head.lstrip().split(b"\n")
    if lines[0].startswith(b"["):
        return True
    # Where the first line is damaged, one of the others is whole.
    return (
        lines[0].startswith(b"{")
        and len(lines) > 2
        and not any(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in lines)
    )


def _split_lines(blocks: Blocks) -> Iterator[list[bytes]]:
    rest = b""
    for block in blocks:
        whole, newline, tail = block.rpartition(b"\n")
        if not newline:
            rest += block
            require_length(rest)
            continue
        yield _lines(rest + whole)
        rest = tail
    if rest:
        yield _lines(rest)


def _lines(text: bytes) -> list[bytes]:
    """Return the lines of a text, without the marks that files have at their beginning, also where joined."""
    text = text.removeprefix(_MARK)
    if _AFTER_LINE_FEED in text:
        text = text.replace(_AFTER_LINE_FEED, b"\n")
    return text.split(b"\n")


def _split_objects(blocks: Blocks, objects: Objects) -> Iterator[list[bytes]]:
    for block in blocks:
        if found := objects.feed(block):
            yield found
    if found := objects.finish():
        yield found
