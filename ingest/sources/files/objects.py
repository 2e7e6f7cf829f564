"""Cutting a JSON value that spans many lines into its objects."""

import codecs
import re

from ingest.sources.files.unusable import Unusable

# Twenty times the longest line of the files as published; decoding a line takes a multiple of its length.
LONGEST_LINE = 1 << 24
# What a record holds up to the next brace: strings in either kind of quotes, and anything else.
_TO_BRACE = re.compile(
    rb"""(?:[^{}"']++|"[^"\\]*+(?:\\.[^"\\]*+)*+"|'[^'\\]*+(?:\\.[^'\\]*+)*+')*+""", re.DOTALL
)
_BETWEEN_RECORDS = b"[], \t\r\n" + codecs.BOM_UTF8
_KEYED = re.compile(rb'\s*\{\s*"[0-9]+"\s*:\s*\{')
_KEY = re.compile(rb'("[^"\\\n]*+")\s*+:\s*+$')


def is_keyed(head: bytes) -> bool:
    """Return whether what begins so is one object whose members are objects under numbers."""
    return _KEYED.match(head) is not None


class Objects:
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
        require_length(self._text, self._start)
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
            found.append(on_one_line(self._record(self._text[self._start : self._at])))
            self._start = self._at
        return True

    def _record(self, text: bytes) -> bytes:
        """Return the record that an object is."""
        return text

    def _pass_over(self, end: int, found: list[bytes]) -> None:
        """Drop what stands before the next object; what should not stand there is added, to be refused."""
        between, self._start = self._text[self._start : end], end
        if between.strip(_BETWEEN_RECORDS):
            found.append(on_one_line(between))
        else:
            self._open += between.count(b"[") - between.count(b"]")


class KeyedObjects(Objects):
    """Cuts `{"10": {…}, "20": {…}}` into `{"10": {…}}` and `{"20": {…}}`."""

    def __init__(self) -> None:
        super().__init__()
        self._key = b""
        self._is_inside = False

    def feed(self, block: bytes) -> list[bytes]:
        """Return the members that end in `block`, which goes on where the last one ended."""
        if self._is_inside:
            return super().feed(block)
        _mark, brace, after = block.partition(b"{")
        if not brace:
            return []
        self._is_inside = True
        self._open = 1
        return super().feed(after)

    def _record(self, text: bytes) -> bytes:
        key, self._key = self._key, b""
        return b"{%s: %s}" % (key, text) if key else text

    def _pass_over(self, end: int, found: list[bytes]) -> None:
        between = self._text[self._start : end]
        if (key := _KEY.search(between)) is not None:
            self._key = key[1]
            between = between[: key.start()]
        self._start = end
        if rest := between.replace(b"}", b"").strip(_BETWEEN_RECORDS):
            found.append(on_one_line(rest))
        self._open -= between.count(b"}")


def on_one_line(text: bytes) -> bytes:
    """Return an object without line ends, which it has outside its strings alone."""
    return text.replace(b"\r", b" ").replace(b"\n", b" ")


def require_length(text: bytes, start: int = 0) -> None:
    """Raise Unusable if more than any line or record has stands in `text` from `start` on."""
    if len(text) - start > LONGEST_LINE:
        raise Unusable(
            f"has a line or record of more than {LONGEST_LINE >> 20} MB, which no data have;"
            f" use the file as published"
        )
