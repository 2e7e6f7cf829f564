"""Decoding one field: what type its value has, and within which bounds.

A rule takes whatever a line may say and returns the value, or raises `UnusableValue`.
"""

import re
from collections.abc import Callable

Discard = Callable[[str, str], object]

LARGEST_APP_ID = 2**31 - 1
# What Steam calls a person, a game, a studio or a tag is far shorter.
LONGEST_NAME = 1_000
# Steam takes at most 8,000 characters of a review.
LONGEST_TEXT = 100_000
# A number of this many digits is beyond every field's bounds, and further digits change nothing about that.
_MOST_DIGITS = 20
_WHOLE_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.0+)?")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


class UnusableValue(Exception):
    """A field's value cannot be used; the message says why, `instead` is a value to use for it, if any."""

    def __init__(self, reason: str, instead: object = None) -> None:
        super().__init__(reason)
        self.instead = instead


def text(value: object, most: int = LONGEST_TEXT) -> str:
    """Return the text of at most `most` characters."""
    if not isinstance(value, str):
        raise UnusableValue("null" if value is None else "not text")
    if len(value) > most:
        raise UnusableValue(f"longer than {most:,} characters")
    return value


def name(value: object) -> str:
    """Return the text of a name."""
    return text(value, LONGEST_NAME)


def text_or_digits(value: object) -> str:
    """Return the text, or a whole number from 0 in its digits: some files write ids and counts so."""
    if type(value) is int:
        return str(whole_number(value, 0, 2**64 - 1))
    return name(value)


def is_nan(value: object) -> bool:
    """Return whether it is NaN, of whatever type: nothing else differs from itself."""
    return bool(value != value)  # noqa: PLR0124


def whole_number(value: object, least: int, most: int) -> int:
    """Return the number from `least` to `most`, which may be in text or have `.0` behind it."""
    if isinstance(value, str):
        number: int | float = _number_in(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    else:
        raise UnusableValue("null" if value is None else "not a number")
    if is_nan(number):
        raise UnusableValue("not a number")
    if number < least:
        raise UnusableValue("negative" if least == 0 else f"below {least:,}")
    if number > most:
        raise UnusableValue(f"above {most:,}")
    if number != int(number):
        raise UnusableValue("not a whole number")
    return int(number)


def _number_in(value: str) -> int:
    found = _WHOLE_NUMBER.fullmatch(value.strip())
    if found is None:
        raise UnusableValue("not a number")
    sign, digits = found.groups()
    return int(sign + (digits.lstrip("0")[:_MOST_DIGITS] or "0"))


def app_id(value: object) -> int:
    """Return the number of an app on Steam."""
    return whole_number(value, 1, LARGEST_APP_ID)


def truth(value: object) -> bool:
    """Return whether the value says true or false, as such, in text, or as 1 or 0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return value == 1
    if isinstance(value, str) and value.casefold() in _TRUTHS:
        return _TRUTHS[value.casefold()]
    raise UnusableValue("null" if value is None else "neither true nor false")
