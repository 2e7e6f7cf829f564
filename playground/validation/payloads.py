"""JSON as it comes from outside: decoded, or refused, whatever the bytes are."""

from collections.abc import Iterator
from typing import Any

import msgspec

# No payload of Discord's is nested half as deep; what works on a payload may call itself once a level.
MAX_DEPTH = 64


class NotJson(ValueError):
    """The bytes are no JSON, or are nested deeper than anything that could be meant."""


def decode(raw: bytes) -> Any:
    """Return the value that is written.

    Raises:
        NotJson: for anything else.
    """
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise NotJson(str(error)) from None
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _too_deep(value):
        raise NotJson(f"nested more than {MAX_DEPTH} deep")
    return value


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterator[Any]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (part for part in parts if isinstance(part, (dict, list)))
