"""Parameters as Steam reads them: flat, arrays as `name[0]`, or all in one `input_json`."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from playground.steam.http.answers import Refusal
from playground.steam.lean_json import decode

Parameters = Mapping[str, Any]

_LARGEST = 1 << 63
_PART = re.compile(r"\[([^\]]*)\]")


def parameters_of(query: Mapping[str, str], *, nested: bool) -> dict[str, Any]:
    """Return the parameters of a request as nested values; flat ones are text.

    Args:
        query: what was sent.
        nested: whether `input_json` is read; it goes first.

    Raises:
        Refusal: 400 where `input_json` is no JSON object.
    """
    found: dict[str, Any] = {}
    for name, value in query.items():
        if name not in ("input_json", "key", "format"):
            _put(found, name, value)
    text = query.get("input_json")
    if text is None or not nested:
        return found
    try:
        given = decode(text)
    except msgspec.DecodeError:
        raise Refusal.html(400) from None
    if not isinstance(given, dict):
        raise Refusal.html(400)
    return found | given


def whole(parameters: Parameters, name: str, default: int) -> int:
    """Return a whole number of 64 bits; any other text counts as not given, as at Steam."""
    number = _number(parameters.get(name))
    return default if number is None else number


def numbers(parameters: Parameters, name: str) -> set[int]:
    """Return the whole numbers of a list; others are left out."""
    found = map(_number, items(parameters, name))
    return {number for number in found if number is not None}


def texts(parameters: Parameters, name: str) -> set[str]:
    """Return the texts of a list; others are left out."""
    return {value for value in items(parameters, name) if isinstance(value, str)}


def tables(parameters: Parameters, name: str) -> list[Parameters]:
    """Return the objects of a list; others are left out."""
    return [value for value in items(parameters, name) if isinstance(value, dict)]


def switch(parameters: Parameters, name: str, default: bool = False) -> bool:
    """Return a truth value, as JSON or as text."""
    value = parameters.get(name, default)
    return value.lower() in ("1", "true") if isinstance(value, str) else bool(value)


def text(parameters: Parameters, name: str, default: str = "") -> str:
    """Return a text."""
    value = parameters.get(name, default)
    return value if isinstance(value, str) else default


def table(parameters: Parameters, name: str) -> Parameters:
    """Return a nested object; empty where there is none."""
    value = parameters.get(name)
    return value if isinstance(value, dict) else {}


def items(parameters: Parameters, name: str) -> list[Any]:
    """Return a list, from JSON or from `name[0]`, `name[1]`, ...; a single value is a list of one."""
    value = parameters.get(name)
    if value is None:
        return []
    if isinstance(value, dict):
        return [value[key] for key in sorted(value, key=lambda key: (len(key), key))]
    return value if isinstance(value, list) else [value]


def _number(value: object) -> int | None:
    if not isinstance(value, str | int | float):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < _LARGEST else None


def _put(found: dict[str, Any], name: str, value: str) -> None:
    head, bracket, rest = name.partition("[")
    parts = [head, *_PART.findall(bracket + rest)]
    for part in parts[:-1]:
        inner = found.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        found = inner
    found[parts[-1]] = value
