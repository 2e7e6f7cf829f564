"""JSON as Steam writes it."""

from collections.abc import Mapping
from typing import Any

import msgspec

encode = msgspec.json.encode
decode = msgspec.json.decode


def lean(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is false, 0 or empty: Steam never sends it."""
    return {name: value for name, value in fields.items() if value}
