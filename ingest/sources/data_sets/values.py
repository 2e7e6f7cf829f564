"""From the columns of a record to our fields, in the forms that cleaning knows."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from ingest.parse.fields import Discard, UnusableValue
from ingest.parse.lines import UnreadableLine, decode
from ingest.sources.data_sets.mapping import Column, Dates, ListForm, Unit
from ingest.sources.data_sets.mapping import Mapping as DataSetMapping

Record = Mapping[str, Any]
Converter = Callable[[Any], Any]

_MINUTES = 60
_CENTS = 100


class FieldValues:
    """Takes our fields out of the records of one data set."""

    def __init__(self, mapping: DataSetMapping) -> None:
        """Take them as `mapping` says."""
        self._columns = [(field, column, _converters(column)) for field, column in mapping.columns.items()]

    def of(self, record: Record, discard: Discard) -> dict[str, Any]:
        """Return what a record says of our fields; what cannot be read goes to `discard`."""
        values: dict[str, Any] = {}
        for field, column, converters in self._columns:
            value = record.get(column.source)
            if value is None or value == "" or _is_unknown(value, column):
                continue
            try:
                for convert in converters:
                    value = convert(value)
            except UnusableValue as error:
                discard(field, str(error))
            else:
                values[field] = value
        return values


def _is_unknown(value: Any, column: Column) -> bool:
    if not column.unknown:
        return False
    if value in column.unknown:
        return True
    try:
        return isinstance(value, str) and float(value) in column.unknown
    except ValueError:
        return False


def _converters(column: Column) -> tuple[Converter, ...]:
    converters: list[Converter] = [_by_votes]
    if column.list is not None:
        converters = [_LISTS[column.list], _by_votes]
    if column.unit in _UNITS:
        converters.append(_UNITS[column.unit])
    if column.dates is Dates.UNIX:
        converters.append(_day_of_seconds)
    return tuple(converters)


def _by_votes(value: Any) -> Any:
    """Return the names of an object of votes, the most voted first; anything else as it is."""
    if not isinstance(value, dict):
        return value
    return sorted(value, key=lambda name: -votes if isinstance(votes := value[name], int | float) else 0)


def _literal(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return decode(value.encode(errors="replace"))
    except UnreadableLine:
        raise UnusableValue("neither JSON nor a Python literal") from None


def _parted(value: Any) -> Any:
    return [part for part in map(str.strip, value.split(",")) if part] if isinstance(value, str) else value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UnusableValue("not a number")
    try:
        return float(value)
    except OverflowError:  # a whole number beyond those of a float
        return -math.inf if isinstance(value, int) and value < 0 else math.inf
    except ValueError:
        raise UnusableValue("not a number") from None


def _dollars_of_cents(value: Any) -> float:
    return _number(value) / _CENTS


def _minutes_of_hours(value: Any) -> int:
    hours = _number(value)
    if not abs(hours) < 1e9:
        raise UnusableValue("no number of hours")
    return round(hours * _MINUTES)


def _day_of_seconds(value: Any) -> str:
    try:
        return datetime.fromtimestamp(_number(value), UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        raise UnusableValue("no such time") from None


_LISTS: Mapping[ListForm, Converter] = {ListForm.LITERAL: _literal, ListForm.COMMAS: _parted}
_UNITS: Mapping[Unit | None, Converter] = {Unit.CENTS: _dollars_of_cents, Unit.HOURS: _minutes_of_hours}
