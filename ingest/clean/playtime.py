"""Bounding playtimes: nobody has played for longer than Steam exists."""

from array import array
from datetime import date

from ingest.clean.dates import STEAM_OPENED
from ingest.clean.rows import LibraryColumns
from ingest.parse.fields import Discard

_MINUTES_A_DAY = 24 * 60
MOST_IN_TWO_WEEKS = 14 * _MINUTES_A_DAY


def most_minutes(today: date) -> int:
    """Return the minutes since Steam opened, the most that a game can have been played on it."""
    return ((today - STEAM_OPENED).days + 1) * _MINUTES_A_DAY


def possible_minutes(columns: LibraryColumns, most: int, discard: Discard) -> None:
    """Replace impossible playtimes by 0, which Steam also sends for people who hide their playtime.

    Args:
        columns: Some libraries; their minutes are changed in place.
        most: The most minutes in all.
        discard: Called with the field and the reason of each.
    """
    _bound("playtime_forever", columns.minutes, most, discard)
    _bound("playtime_2weeks", columns.minutes_2weeks, MOST_IN_TWO_WEEKS, discard)


def _bound(name: str, minutes: "array[int]", most: int, discard: Discard) -> None:
    if max(minutes, default=0) <= most:
        return
    for place, value in enumerate(minutes):
        if value > most:
            minutes[place] = 0
            discard(name, "more minutes than there were")
