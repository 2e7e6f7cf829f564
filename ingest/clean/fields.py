"""The fields of a record on their way to a clean row."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ingest.parse.fields import Discard, UnusableValue, is_nan

Value = TypeVar("Value")
Unknown = TypeVar("Unknown")


class Fields:
    """Reads a record's fields, each by its rule; a value that the rule refuses is counted, and unknown."""

    def __init__(self, record: Mapping[str, Any], discard: Discard) -> None:
        """Take from `record`; `discard` is called with the field and the reason of an unusable value."""
        self._record = record
        self._discard = discard

    def take(self, name: str, rule: Callable[[Any], Value], unknown: Unknown) -> Value | Unknown:
        """Return what `rule` makes of the field; `unknown` where it is missing or unusable.

        A field that is missing, null or NaN says nothing.
        """
        value = self._record.get(name)
        if value is None or is_nan(value):
            return unknown
        try:
            return rule(value)
        except UnusableValue as error:
            return _instead(name, error, unknown, self._discard)


def clean_or_unknown(
    name: str, rule: Callable[[Any], Value], value: object, unknown: Unknown, discard: Discard
) -> Value | Unknown:
    """Return what `rule` makes of a value; `unknown` after calling `discard` with the reason."""
    try:
        return rule(value)
    except UnusableValue as error:
        return _instead(name, error, unknown, discard)


def _instead(name: str, error: UnusableValue, unknown: Unknown, discard: Discard) -> Any | Unknown:
    discard(name, str(error))
    return unknown if error.instead is None else error.instead
