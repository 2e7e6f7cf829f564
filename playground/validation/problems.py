"""Field errors in the nested form of Discord's code 50035, and the checks every payload needs."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playground.validation.errors import ApiError

Key = str | int

MAX_SNOWFLAKE = 2**63 - 1
# Of a value that is refused, a reply repeats this much.
_REPEATED = 100
_WHOLE = re.compile(r"-?[0-9]{1,20}")


class Problems:
    """Collects what is wrong with a payload; `at` goes down into a field or list position."""

    def __init__(self) -> None:
        self._path: tuple[Key, ...] = ()
        self._found: list[tuple[tuple[Key, ...], str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def at(self, *keys: Key) -> "Problems":
        """Return the same collection, one or more levels down."""
        below = Problems()
        below._path = (*self._path, *keys)
        below._found = self._found
        return below

    def add(self, code: str, message: str) -> None:
        """Report one error here."""
        self._found.append((self._path, code, message))

    def required(self) -> None:
        """Report that this field is missing."""
        self.add("BASE_TYPE_REQUIRED", "This field is required")

    def tree(self) -> dict[str, Any]:
        """Return the `errors` object of the reply."""
        root: dict[str, Any] = {}
        for path, code, message in self._found:
            node = root
            for key in path:
                node = node.setdefault(str(key), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        return root

    def raise_if_any(self) -> None:
        """Refuse the payload if anything was reported.

        Raises:
            ApiError: 400, code 50035, with the nested errors.
        """
        if self._found:
            raise ApiError(400, 50035, "Invalid Form Body", errors=self.tree())


def length(problems: Problems, size: int, low: int, high: int) -> bool:
    """Report a text or list whose size is outside [low, high]; True if it is inside."""
    if low <= size <= high:
        return True
    if low and low == high:
        problems.add("BASE_TYPE_BAD_LENGTH", f"Must be {low} in length.")
    elif low:
        problems.add("BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
    else:
        problems.add("BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
    return False


def text(
    problems: Problems, body: Mapping[str, Any], key: str, high: int, *, low: int = 0, required: bool = False
) -> str | None:
    """Return a string field, or None where it is absent or wrong (and then reported)."""
    here = problems.at(key)
    value = body.get(key)
    if value is None:
        if required:
            here.required()
        return None
    if not isinstance(value, str):
        here.add("STRING_TYPE_CONVERT", f'Could not interpret "{repeated(value)}" as string.')
        return None
    if required and not value.strip():
        here.required()
        return None
    return value if length(here, len(value), low, high) else None


def integer(
    problems: Problems, body: Mapping[str, Any], key: str, low: int, high: int, *, required: bool = False
) -> int | None:
    """Return an integer field within [low, high], or None where it is absent or wrong (and then reported)."""
    here = problems.at(key)
    value = body.get(key)
    if value is None:
        if required:
            here.required()
        return None
    if isinstance(value, float) and value.is_integer():
        # discord.py writes the hours of a poll so, and Discord takes them.
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        here.add("NUMBER_TYPE_COERCE", f'Value "{repeated(value)}" is not int.')
        return None
    return value if within(here, value, low, high) else None


def number(problems: Problems, body: Mapping[str, Any], key: str, low: float, high: float) -> float | None:
    """Return a number within [low, high], or None where it is absent or wrong (and then reported)."""
    value = body.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problems.at(key).add("NUMBER_TYPE_COERCE", f'Value "{repeated(value)}" is not float.')
        return None
    return float(value) if within(problems.at(key), value, low, high) else None


def within(problems: Problems, value: float, low: float, high: float) -> bool:
    """Report a number outside [low, high]; True if it is inside."""
    if value < low:
        problems.add("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
    elif value > high:
        problems.add("NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")
    return low <= value <= high


def whole_number(
    problems: Problems,
    body: Mapping[str, Any],
    key: str,
    low: int = 0,
    high: int = MAX_SNOWFLAKE,
    *,
    required: bool = False,
) -> int | None:
    """Return a number that may be text, as ids, permission bits and queries are; else as `integer`."""
    value = body.get(key)
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, int) or value is None:
        return integer(problems, {key: value}, key, low, high, required=required)
    problems.at(key).add("NUMBER_TYPE_COERCE", f'Value "{repeated(value)}" is not snowflake.')
    return None


def whole_numbers(
    problems: Problems, body: Mapping[str, Any], key: str, high: int, *, low: int = 0, unique: bool = False
) -> list[int]:
    """Return a list of ids as `whole_number` reads them, none twice if `unique`; wrong ones are left out."""
    listed = array(problems, body, key, high, low=low)
    here = problems.at(key)
    found = [whole_number(here, {str(n): item}, str(n), required=True) for n, item in enumerate(listed)]
    read = [value for value in found if value is not None]
    if unique and len(set(read)) < len(read):
        here.add("SET_TYPE_DUPLICATE", "Values must be unique")
    return read


def repeated(value: Any) -> str:
    """Return a value as a reply repeats it: its beginning, in letters that can be written."""
    return str(value)[:_REPEATED].encode(errors="replace").decode()


def boolean(problems: Problems, body: Mapping[str, Any], key: str) -> bool:
    """Return a boolean field; absent means False."""
    value = body.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    problems.at(key).add("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    return False


def mapping(problems: Problems, value: Any) -> dict[str, Any] | None:
    """Return a JSON object, or None (and reported)."""
    if isinstance(value, dict):
        return value
    problems.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return None


def array(
    problems: Problems, body: Mapping[str, Any], key: str, high: int, *, low: int = 0, required: bool = False
) -> list[Any]:
    """Return a list field of `low` to `high` entries; an empty list where it is absent or wrong."""
    here = problems.at(key)
    value = body.get(key)
    if value is None:
        if required:
            here.required()
        return []
    if not isinstance(value, list):
        here.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return []
    return value if length(here, len(value), low, high) else []


def one_of(problems: Problems, value: Any, choices: Iterable[Any]) -> bool:
    """Report a value outside the choices; True if it is one of them and of its type (True is not 1)."""
    known = tuple(choices)
    if any(value == choice and type(value) is type(choice) for choice in known):
        return True
    if value is None:
        problems.required()
    else:
        listed = ", ".join(str(choice) for choice in known)
        problems.add("BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
    return False


def some_of(
    problems: Problems, body: Mapping[str, Any], key: str, choices: Iterable[Any], high: int, *, low: int = 0
) -> list[Any]:
    """Return a list of different values, all among the choices; what is not is reported."""
    values = array(problems, body, key, high, low=low)
    known = tuple(choices)
    here = problems.at(key)
    fitting = [value for n, value in enumerate(values) if one_of(here.at(n), value, known)]
    if len(set(fitting)) < len(fitting):
        here.add("SET_TYPE_DUPLICATE", "Values must be unique")
    return fitting


def url(
    problems: Problems,
    body: Mapping[str, Any],
    key: str,
    *,
    high: int = 2048,
    schemes: tuple[str, ...] = ("http", "https"),
    required: bool = False,
) -> str | None:
    """Return a URL field with one of the schemes, or None where it is absent or wrong (and then reported)."""
    value = text(problems, body, key, high, required=required)
    if not value:
        return None
    here = problems.at(key)
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    if not parts.scheme or not parts.netloc or " " in value:
        here.add("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return None
    if parts.scheme not in schemes:
        listed = ", ".join(repr(scheme) for scheme in schemes)
        here.add("URL_TYPE_INVALID_SCHEME", f'Scheme "{parts.scheme}" must be one of ({listed}).')
        return None
    return value
