"""The two notations of a line: JSON that may say NaN, and Python literals.

`ast.literal_eval` reads literals right but slowly. Nearly every line differs from JSON only in its quotes,
its `u` prefixes and its constants, so it is rewritten to JSON and decoded by msgspec. What the rewriting does
not know for certain makes no valid JSON, and such a line goes to `ast.literal_eval` itself.
"""

import ast
import json
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec


class UnreadableLine(Exception):
    """The line is in neither notation; the message says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive lines of a file without their line ends; `first` is the number of the first one, from 1."""

    first: int
    lines: list[bytes]


# A string in either kind of quotes, escapes included, with the prefix that Python 2 wrote.
_STRING = re.compile(rb"""u?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")""")
_CONSTANT = re.compile(rb"\b(?:[Tt]rue|[Ff]alse|None|null)\b")
_NO_JSON = b"!"
_JSON_CONSTANTS = {b"True": b"true", b"False": b"false", b"None": b"null"}
# An escape inside a string, or a double quote that single quotes let stand bare.
_CONTENT = re.compile(rb"""\\(?:(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|(.))|\"""")
# Escapes that mean the same in both notations; the first pattern has those alone that are no quotes.
_SHARED_ESCAPE = re.compile(rb"\\[\\nrtbf]")
_SHARED_ESCAPES = frozenset((b'"', b"\\", b"n", b"r", b"t", b"b", b"f"))


def decode(line: bytes) -> Any:
    """Return the value that a line of either notation stands for, exactly as `ast.literal_eval` reads it.

    NaN, which only the JSON notation knows, comes back as a float.

    Raises:
        UnreadableLine: If it is in neither notation.
    """
    if line.startswith(b'{"'):
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            pass  # a literal may begin so too
    rewritten = literal_to_json(line)
    if rewritten is not None:
        try:
            return msgspec.json.decode(rewritten)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
    return _decode_exactly(line)


def swap_quotes(line: bytes) -> bytes | None:
    """Return the line with its single quotes turned into double ones, None where that may be wrong.

    This alone makes JSON of a literal that has no prefix and no constant.
    """
    if not _has_only_shared_escapes(line):
        return None
    return _requote(line, lambda part, _inside: part.replace(b"'", b'"'))


def literal_to_json(line: bytes) -> bytes | None:
    """Return JSON of the same value as the literal in `line`, or None where only Python itself can tell."""
    if not _has_only_shared_escapes(line):
        return _rewrite_tokens(line)
    return _requote(line, _rewrite_single_quoted)


def _has_only_shared_escapes(line: bytes) -> bool:
    """Tell whether each backslash means the same in both notations, and none escapes a quote."""
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
    pieces[inside::2] = [_rewrite_outside(piece) for piece in pieces[inside::2]]
    return b'"'.join(pieces)


@lru_cache(maxsize=4096)
def _rewrite_outside(piece: bytes) -> bytes:
    """Rewrite what stands between two strings: drop the next one's prefix, translate constants."""
    return _CONSTANT.sub(lambda found: _JSON_CONSTANTS.get(found[0], _NO_JSON), piece.removesuffix(b"u"))


def _rewrite_tokens(line: bytes) -> bytes | None:
    """Rewrite a line string by string; None if one has an escape that JSON cannot say."""
    rewritten: list[bytes] = []
    end = 0
    try:
        for string in _STRING.finditer(line):
            content = string[1] if string[1] is not None else string[2]
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
    """Rewrite one escape or bare double quote; raises ValueError if JSON has no such escape."""
    *numbers, other = found.groups()
    number = next((digits for digits in numbers if digits is not None), None)
    if found[0] == b'"':
        return b'\\"'
    if number is not None:
        # chr() and encode() refuse what is no character: lone surrogates and numbers beyond Unicode.
        return msgspec.json.encode(chr(int(number, 16)))[1:-1]
    if other == b"'":
        return b"'"
    if other in _SHARED_ESCAPES:
        return found[0]
    raise ValueError(other)


def _decode_exactly(line: bytes) -> Any:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise UnreadableLine("not UTF-8 text") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)  # what 3.11 calls the same
            return ast.literal_eval(text.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        raise UnreadableLine("neither JSON nor a Python literal") from None
