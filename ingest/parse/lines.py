"""The two notations of a line: JSON that may say NaN, and Python literals."""

import ast
import json
import math
import warnings
from dataclasses import dataclass
from typing import Any, NoReturn

import msgspec

from ingest.parse.literals import literal_to_json
from ingest.parse.nesting import flatten

# What only `ast.literal_eval` can tell is short; it takes a thousand times the memory of what it reads.
_LONGEST_FOR_PYTHON = 1 << 16


class UnreadableLine(Exception):
    """The line is in neither notation; the message says why."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive lines of a file without their line ends; `first` is the number of the first one, from 1."""

    first: int
    lines: list[bytes]


def decode(line: bytes) -> Any:
    """Return the value that a line of either notation stands for, exactly as `ast.literal_eval` reads it.

    NaN, which only the JSON notation knows, comes back as a float, and a number of thousands of digits as
    infinity. What is nested more than a hundred levels deep may come back as an empty list; of a name that
    comes twice in a record the last value counts. Takes time and memory in proportion to the line.

    Raises:
        UnreadableLine: If it is in neither notation.
    """
    try:
        return _decode(line)
    except RecursionError:
        return _decode(flatten(line))


def _decode(line: bytes) -> Any:
    try:
        text = line.decode(errors="surrogatepass").strip()
    except UnicodeDecodeError:
        raise UnreadableLine("not UTF-8 text") from None
    # A name in single quotes, or with a prefix, is none of JSON's: trying it would cost as much as reading.
    notations = (_decode_rewritten, _decode_exactly) if text.startswith(_NO_JSON) else _NOTATIONS
    for notation in notations:
        try:
            return notation(text, line)
        except ValueError:
            continue
    raise UnreadableLine("neither JSON nor a Python literal")


_NO_JSON = ("{'", "{u")


def _whole_number(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:  # more digits than Python reads
        return -math.inf if digits.startswith("-") else math.inf


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"Python has no literal {name}")


# Control characters inside strings are let pass: JSON forbids them, literals do not.
_JSON = json.JSONDecoder(strict=False, parse_int=_whole_number)
_REWRITTEN = json.JSONDecoder(strict=False, parse_int=_whole_number, parse_constant=_no_constant)


def _decode_json(text: str, _line: bytes) -> Any:
    return _JSON.decode(text)


def _decode_rewritten(_text: str, line: bytes) -> Any:
    rewritten = literal_to_json(line)
    if rewritten is None:
        raise ValueError("no JSON says the same")
    try:
        return msgspec.json.decode(rewritten)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _REWRITTEN.decode(rewritten.decode(errors="surrogatepass").strip())


def _decode_exactly(_text: str, line: bytes) -> Any:
    """Read what is seldom written: tuples, joined strings, other forms of numbers."""
    if len(line) > _LONGEST_FOR_PYTHON or not line.lstrip().startswith(b"{"):
        raise ValueError("no record")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)  # what 3.11 calls the same
            return ast.literal_eval(flatten(line).decode().strip())
    except (TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise ValueError("no literal") from error


_NOTATIONS = (_decode_json, _decode_rewritten, _decode_exactly)
