"""Axes: round numbers from 0 upwards, with labels, and years without gaps.

Matplotlib could choose the ticks, but knows no other language's short numbers; so they are part of a spec.
"""

import math
from collections.abc import Iterable
from typing import TypeVar

from charts.specs import Tick
from localization.translations import Translations

Entry = TypeVar("Entry")

_STEPS = (1, 2, 2.5, 5, 10)
_INTERVALS = 4


def round_ticks(highest: float, *, whole: bool = False) -> tuple[float, ...]:
    """Return round values from 0 to at least `highest`, four or five of them as a rule.

    Args:
        highest: The largest value to show.
        whole: Whether the ticks are whole numbers.

    >>> round_ticks(37)
    (0.0, 10.0, 20.0, 30.0, 40.0)
    """
    if highest <= 0:
        return (0.0, 1.0)
    rough = highest / _INTERVALS
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(size * unit for size in _STEPS if size * unit >= rough * (1 - 1e-9))
    if whole:
        step = float(max(1, math.ceil(step)))
    return tuple(step * count for count in range(math.ceil(highest / step - 1e-9) + 1))


def label_ticks(values: Iterable[float], translations: Translations) -> tuple[Tick, ...]:
    """Label the ticks of an axis as short as the language allows: '10K', '10 mil'."""
    return tuple(Tick(value, _short(value, translations)) for value in values)


def year_label(year: int | None) -> str:
    """Return the label of a year's bar; the unknown one has no room for words."""
    return "?" if year is None else str(year)


def fill_year_gaps(
    by_year: Iterable[tuple[int | None, Entry]], empty: Entry
) -> list[tuple[int | None, Entry]]:
    """Return an entry for every year from the first to the last, in order, the unknown one (None) last.

    Args:
        by_year: Years and their entries, in any order.
        empty: The entry of a year that has none.
    """
    entry_of = dict(by_year)
    known = sorted(year for year in entry_of if year is not None)
    years: Iterable[int | None] = range(known[0], known[-1] + 1) if known else ()
    entries = [(year, entry_of.get(year, empty)) for year in years]
    if None in entry_of:
        entries.append((None, entry_of[None]))
    return entries


def _short(value: float, translations: Translations) -> str:
    if value < 10_000:
        return translations.number(value, 1)
    return translations.short_number(value)
