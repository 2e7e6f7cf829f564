"""Field errors in the nested form of Discord's code 50035, and the checks every payload needs."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playground.validation.errors import ApiError

Key = str | int


class Problems:
    """Collects what is wrong with a payload; `at` goes down into a field or list position."""

    def __init__(self) -> None:
        self._path: tuple[Key, ...] = ()
        self._found: list[tuple[tuple[Key, ...], str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def at(self, *keys: Key) -> "Problems":
        """The same collection, one or more levels down."""
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
        """The `errors` object of the reply."""
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
    """A string field, or None where it is absent or wrong (and then reported)."""
    here = problems.at(key)
    value = body.get(key)
    if value is None:
        if required:
            here.required()
        return None
    if not isinstance(value, str):
        here.add("STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        return None
    if required and not value.strip():
        here.required()
        return None
    return value if length(here, len(value), low, high) else None


def integer(
    problems: Problems, body: Mapping[str, Any], key: str, low: int, high: int, *, required: bool = False
) -> int | None:
    """An integer field within [low, high], or None where it is absent or wrong (and then reported)."""
    here = problems.at(key)
    value = body.get(key)
    if value is None:
        if required:
            here.required()
        return None
    if isinstance(value, str) and value.lstrip("-").isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        here.add("NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        return None
    if value < low:
        here.add("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
        return None
    if value > high:
        here.add("NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")
        return None
    return value


def boolean(problems: Problems, body: Mapping[str, Any], key: str) -> bool:
    """A boolean field; absent means False."""
    value = body.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    problems.at(key).add("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
    return False


def mapping(problems: Problems, value: Any) -> dict[str, Any] | None:
    """A JSON object, or None (and reported)."""
    if isinstance(value, dict):
        return value
    problems.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return None


def array(
    problems: Problems, body: Mapping[str, Any], key: str, high: int, *, low: int = 0, required: bool = False
) -> list[Any]:
    """A list field with between `low` and `high` entries; an empty list where it is absent or wrong."""
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
    """Report a value outside the choices; True if it is one of them."""
    known = tuple(choices)
    if value in known and not isinstance(value, bool):
        return True
    if value is None:
        problems.required()
    else:
        listed = ", ".join(str(choice) for choice in known)
        problems.add("BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
    return False


def url(
    problems: Problems,
    body: Mapping[str, Any],
    key: str,
    *,
    high: int = 2048,
    schemes: tuple[str, ...] = ("http", "https"),
    required: bool = False,
) -> str | None:
    """A URL field with one of the schemes, or None where it is absent or wrong (and then reported)."""
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
