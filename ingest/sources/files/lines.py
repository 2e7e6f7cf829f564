"""Cutting text into its lines, or into the records of one JSON value that spans many."""

import codecs
import re
from collections.abc import Iterator

from ingest.sources.files.blocks import HEAD_BYTES, Blocks
from ingest.sources.files.unusable import Unusable

# Twenty times the longest line of the files as published; decoding a line takes a multiple of its length.
LONGEST_LINE = 1 << 24
_MARK = codecs.BOM_UTF8
_AFTER_LINE_FEED = b"\n" + _MARK
# What a record holds up to the next brace: strings in either kind of quotes, and anything else.
_TO_BRACE = re.compile(
    rb"""(?:[^{}"']++|"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+')*+""", re.DOTALL
)
_BETWEEN_RECORDS = b"[], \t\r\n" + _MARK


def split(head: bytes, blocks: Blocks) -> Iterator[list[bytes]]:
    """Yield the records of a text some megabytes at a time, each as one line without its end.

    That is its lines, or the objects of a JSON array, or of one after the other that are written over several
    lines each.

    Args:
        head: What `blocks` begin with, by `look_ahead`.
        blocks: Text in UTF-8.

    Raises:
        Unusable: A line or an object is too long, or an array ends in the middle.
    """
    return _split_objects(blocks) if _spans_lines(head[:HEAD_BYTES]) else _split_lines(blocks)


def _spans_lines(head: bytes) -> bool:
    """Tell whether what begins so is a JSON value over several lines rather than a record a line."""
    lines = head.removeprefix(_MARK).lstrip().split(b"\n")
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
            _require_length(rest)
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


def _split_objects(blocks: Blocks) -> Iterator[list[bytes]]:
    objects = _Objects()
    for block in blocks:
        if found := objects.feed(block):
            yield found
    if found := objects.finish():
        yield found


class _Objects:
    """Cuts text into its outermost objects; what else stands between them comes as lines of their own."""

    def __init__(self) -> None:
        self._text = b""
        self._start = 0  # where the last object ends, or the one that is under way begins
        self._at = 0
        self._depth = 0
        self._open = 0

    def feed(self, block: bytes) -> list[bytes]:
        """Return the objects that end in `block`, which goes on where the last one ended."""
        self._text = self._text[self._start :] + block
        self._start, self._at = 0, self._at - self._start
        found: list[bytes] = []
        while self._begin(found) if not self._depth else self._go_on(found):
            pass
        _require_length(self._text, self._start)
        return found

    def finish(self) -> list[bytes]:
        """Return what stands behind the last object, if that is anything."""
        if self._depth:
            raise Unusable("ends in the middle of a record; fetch it again")
        found: list[bytes] = []
        self._pass_over(len(self._text), found)
        if self._open > 0:
            raise Unusable("ends in the middle of its list; fetch it again")
        return found

    def _begin(self, found: list[bytes]) -> bool:
        """Go into the next object; False if none begins in the text."""
        at = self._text.find(b"{", self._start)
        if at < 0:
            return False
        self._pass_over(at, found)
        self._at, self._depth = at + 1, 1
        return True

    def _go_on(self, found: list[bytes]) -> bool:
        """Go to the next brace and add the object that it ends; False if the text ends before."""
        content = _TO_BRACE.match(self._text, self._at)
        assert content is not None, "it may be empty"
        self._at = content.end()
        brace = self._text[self._at : self._at + 1]
        if brace not in (b"{", b"}"):
            return False  # the end of the text, or a string that goes on in the next block
        self._at += 1
        self._depth += 1 if brace == b"{" else -1
        if not self._depth:
            found.append(_on_one_line(self._text[self._start : self._at]))
            self._start = self._at
        return True

    def _pass_over(self, end: int, found: list[bytes]) -> None:
        """Drop what stands before the next object; what should not stand there is added, to be refused."""
        between, self._start = self._text[self._start : end], end
        if between.strip(_BETWEEN_RECORDS):
            found.append(_on_one_line(between))
        else:
            self._open += between.count(b"[") - between.count(b"]")


def _on_one_line(text: bytes) -> bytes:
    """Return an object without line ends, which it has outside its strings alone."""
    return text.replace(b"\r", b" ").replace(b"\n", b" ")


def _require_length(text: bytes, start: int = 0) -> None:
    if len(text) - start > LONGEST_LINE:
        raise Unusable(
            f"has a line or record of more than {LONGEST_LINE >> 20} MB, which no data have;"
            f" use the file as published"
        )
