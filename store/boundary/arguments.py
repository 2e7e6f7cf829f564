"""What callers may pass to a query: taken where the meaning is plain, and else refused by one sentence.

Numbers come from NumPy and pandas, ids from spreadsheets, names from text fields. A converter takes what was
passed and returns it as the query wants it, or raises `WrongArgument` (or a kind of it).
"""

import enum
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import islice
from numbers import Integral, Rational, Real
from typing import Any, TypeAlias, TypeVar

from store.errors import WrongArgument

Converter: TypeAlias = Callable[[Any], Any]
Choice = TypeVar("Choice", bound=enum.Enum)

# No name of the data is nearly as long, and no list of names that a person types.
_LONGEST_TEXT = 10_000
_LONGEST_SHOWN = 80
_DIGITS = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_LARGEST = 10**100
# More games than Steam sells; what goes on beyond them may never end.
_MOST_ENTRIES = 1_000_000
# Beyond it a float is no longer one whole number.
_EXACT = 2**53


def shown(value: object) -> str:
    """Return how a sentence names a value: on one line, printable and not too long."""
    try:
        written = repr(value)
    except Exception:  # whatever it is that was passed, the sentence about it must not fail
        written = f"something of type {type(value).__name__}"
    line = " ".join("".join(c if c.isprintable() else "?" for c in written[:1000]).split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1].rstrip() + "…"


def as_name(value: object) -> str:
    """Return a name or an id as text that a file can hold.

    Whole numbers are ids. Halves of surrogate pairs are joined; one alone becomes U+FFFD.

    Raises:
        WrongArgument: It is neither, or longer than any name.
    """
    number = None if isinstance(value, (str, float)) else to_whole(value)
    if number is not None:
        return str(number)
    if not isinstance(value, str):
        raise WrongArgument(f"A name is text such as “Portal 2”, or an id, not {shown(value)}.")
    if len(value) > _LONGEST_TEXT:
        raise WrongArgument(f"A name has at most {_LONGEST_TEXT:,} characters, not {len(value):,}.")
    text = str.__str__(value)  # of a subclass, which may write itself otherwise, the text itself
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def list_of_names(rule: str, error: type[WrongArgument] = WrongArgument) -> Converter:
    """Return a converter to a tuple of names; `rule` begins the sentence about anything else."""

    def convert(value: object) -> tuple[str, ...]:
        entries = None if isinstance(value, Mapping) else to_list(value)
        if entries is None:
            raise error(f"{rule}, not {shown(value)}.")
        return tuple(as_name(one) for one in entries)

    return convert


def whole_number(
    rule: str, *, least: int | None = None, error: type[WrongArgument] = WrongArgument
) -> Converter:
    """Return a converter to int, `least` or more; `rule` begins the sentence about anything else.

    Whole floats and digits as text will do.
    """

    def convert(value: object) -> int:
        number = to_whole(value)
        if number is None or (least is not None and number < least):
            raise error(f"{rule}, not {shown(value)}.")
        return number

    return convert


def choice(kind: type[Choice], rule: str, error: type[WrongArgument] = WrongArgument) -> Converter:
    """Return a converter to a member of `kind`, from the member, its value, or its name in any case.

    `rule` begins the sentence about anything else, in which the choices follow.
    """
    known = {member.value: member for member in kind} | {member.name.casefold(): member for member in kind}

    def convert(value: object) -> Choice:
        asked = str.__str__(value).strip().casefold() if isinstance(value, str) else to_whole(value)
        if asked not in known:
            *others, last = [f"“{_called(member)}”" for member in kind]
            raise error(f"{rule} {', '.join(others)} or {last}, not {shown(value)}.")
        return known[asked]

    return convert


def instance(kind: type, rule: str, error: type[WrongArgument] = WrongArgument) -> Converter:
    """Return a converter that lets instances of `kind` through; `rule` begins the sentence about others."""

    def convert(value: object) -> object:
        if not isinstance(value, kind):
            raise error(f"{rule}, not {shown(value)}.")
        return value

    return convert


def list_of(kind: type, rule: str, error: type[WrongArgument] = WrongArgument) -> Converter:
    """Return a converter to a tuple of instances of `kind`; `rule` begins the sentence about others."""
    one = instance(kind, rule, error)

    def convert(value: object) -> tuple[object, ...]:
        entries = None if isinstance(value, Mapping) else to_list(value)
        if entries is None:
            raise error(f"{rule}, not {shown(value)}.")
        return tuple(one(entry) for entry in entries)

    return convert


def optional(convert: Converter) -> Converter:
    """Return a converter that leaves None as it is."""
    return lambda value: None if value is None else convert(value)


NAME: Converter = as_name
YEAR = whole_number("A year is a whole number such as 2014")
COUNT = whole_number("A list has a whole number of entries, 1 or more", least=1)


def _called(member: enum.Enum) -> str:
    return member.value if isinstance(member.value, str) else member.name.casefold()


def to_list(value: Any) -> list[Any] | None:
    """Return the entries of a collection; None of text, of what is no collection, and of one without end."""
    if isinstance(value, (str, bytes, bytearray)):
        return None
    try:
        entries = list(islice(value, _MOST_ENTRIES + 1))
    except TypeError:  # also an array without dimensions, whose class is one of collections
        return None
    return entries if len(entries) <= _MOST_ENTRIES else None


def to_amount(value: object) -> Decimal | float | None:
    """Return the finite number that a value is, in a type that does not wrap round, else None."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def is_integral(value: Any) -> bool:
    """Return whether a value is a whole number of any type; NumPy's time spans only claim to be."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        return False
    try:
        return int(value) == value
    except (TypeError, ValueError):
        return False


def to_whole(value: Any) -> int | None:
    """Return the whole number that a value plainly is, else None; one of a hundred digits is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    if is_integral(value):
        whole = int(value)
        return whole if abs(whole) < _LARGEST else None
    if isinstance(value, Real) and not isinstance(value, Rational):
        number = float(value)
        is_exact = math.isfinite(number) and number.is_integer() and abs(number) < _EXACT
        return int(number) if is_exact else None
    return None
