"""Rewriting Python literals to JSON.

Nearly every line of Python literals differs from JSON only in its quotes, its `u` prefixes and its constants.
What the rewriting does not know for certain makes no valid JSON. Every step reads a line once.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

# A string in either kind of quotes with the prefix that Python 2 wrote, to its end or the line's. Possessive:
# one that does not end is not tried again from each quote inside.
_STRING = re.compile(
    rb"""u?(?:'(?P<single>(?:[^'\\]++|\\.)*+)(?P<end>')?|"(?P<double>(?:[^"\\]++|\\.)*+)(?P<end2>")?)""",
    re.DOTALL,
)
_CONSTANT = re.compile(rb"\b(?:[Tt]rue|[Ff]alse|None|null)\b")
_NO_JSON = b"!"
_JSON_CONSTANTS = {b"True": b"true", b"False": b"false", b"None": b"null"}
# An escape inside a string, or a double quote that single quotes let stand bare.
_CONTENT = re.compile(
    rb"""\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))|\"""", re.DOTALL
)
# Escapes that mean the same in both notations; the first pattern has those alone that are no quotes.
_SHARED_ESCAPE = re.compile(rb"\\[\\nrtbf]")
_SHARED_ESCAPES = frozenset((b'"', b"\\", b"n", b"r", b"t", b"b", b"f"))
_ESCAPES = {b"'": b"'", b"a": rb"\u0007", b"v": rb"\u000b"} | {
    letter: b"\\" + letter for letter in _SHARED_ESCAPES
}
# Escapes that must go on in a way that they do not, and names of characters.
_INCOMPLETE = frozenset((b"x", b"u", b"U", b"N"))
# What stands between two strings of a record is short; more than this is not worth remembering.
_SHORT = 64


def swap_quotes(line: bytes) -> bytes | None:
    """Return the line with its single quotes turned into double ones, None where that may be wrong.

    This alone makes JSON of a literal that has no prefix and no constant.
    """
    if not _has_only_shared_escapes(line):
        return None
    return _requote(line, lambda part, _inside: part.replace(b"'", b'"'))


def literal_to_json(line: bytes) -> bytes | None:
    """Return the literal in `line` as JSON, or None where only Python's own parser is sure of it."""
    if not _has_only_shared_escapes(line):
        return _rewrite_tokens(line)
    return _requote(line, _rewrite_single_quoted)


def _has_only_shared_escapes(line: bytes) -> bool:
    """Return whether each backslash means the same in both notations, and none escapes a quote."""
    return b"\\" not in line or b"\\" not in _SHARED_ESCAPE.sub(b"", line)


def _requote(line: bytes, rewrite: Callable[[bytes, bool], bytes]) -> bytes:
    """Rewrite a line, in which no quote is escaped, from one double quote to the next.

    `rewrite` gets what stands outside double-quoted strings, and whether that begins inside a single-quoted
    one: in there, a double quote is content and has to be escaped.
    """
    parts = line.split(b'"')
    rewritten: list[bytes] = []
    single = double = False
    for part in parts:
        if double:
            double = False
            rewritten += (part, b'"')
            continue
        rewritten.append(rewrite(part, single))
        single ^= bool(part.count(b"'") & 1)
        double = not single
        rewritten.append(b'\\"' if single else b'"')
    return b"".join(rewritten[:-1])


def _rewrite_single_quoted(part: bytes, inside: bool) -> bytes:
    pieces = part.split(b"'")
    pieces[inside::2] = [
        _rewrite_short(piece) if len(piece) < _SHORT else _rewrite_outside(piece)
        for piece in pieces[inside::2]
    ]
    return b'"'.join(pieces)


def _rewrite_outside(piece: bytes) -> bytes:
    """Rewrite what stands between two strings: drop the next one's prefix, translate constants."""
    return _CONSTANT.sub(lambda found: _JSON_CONSTANTS.get(found[0], _NO_JSON), piece.removesuffix(b"u"))


_rewrite_short = lru_cache(maxsize=4096)(_rewrite_outside)


def _rewrite_tokens(line: bytes) -> bytes | None:
    """Rewrite a line string by string; None if one does not end, or has an escape that Python refuses."""
    rewritten: list[bytes] = []
    end = 0
    try:
        for string in _STRING.finditer(line):
            if string["end"] is None and string["end2"] is None:
                return None
            content = string["single"] if string["double"] is None else string["double"]
            rewritten += (_rewrite_outside(line[end : string.start()]), b'"', _rewrite_content(content), b'"')
            end = string.end()
    except ValueError:
        return None
    rewritten.append(_rewrite_outside(line[end:]))
    return b"".join(rewritten)


def _rewrite_content(content: bytes) -> bytes:
    if b"\\" not in content:
        return content.replace(b'"', b'\\"')
    return _CONTENT.sub(_rewrite_special, content)


def _rewrite_special(found: re.Match[bytes]) -> bytes:
    """Rewrite one escape or bare double quote; raises ValueError if Python refuses it, or knows a name."""
    two, four, eight, octal, other = found.groups()
    if found[0] == b'"':
        return b'\\"'
    if octal is not None:
        return _character(int(octal, 8))
    if other is None:
        return _character(int(two or four or eight, 16))
    if other in _INCOMPLETE:
        raise ValueError(other)
    # Python lets a backslash stand that begins no escape.
    return _ESCAPES.get(other, b"\\\\" + other)


def _character(number: int) -> bytes:
    if 0xD800 <= number <= 0xDFFF:
        return b"\\u%04x" % number  # half a character: JSON says it as Python does
    # chr() refuses numbers beyond Unicode.
    return msgspec.json.encode(chr(number))[1:-1]
