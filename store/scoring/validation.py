"""Validating what callers pass to a recommendation, before anything is queried."""

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

from store.arguments import choice, instance, shown, to_whole, whole_number
from store.errors import WrongFilter, WrongLibrary
from store.scoring.discovery import Discovery
from store.scoring.filters import Filters
from store.taste import Taste

# The app ids that the store can hold; a larger one is simply not known.
_LAST_ID = 2**31 - 1
# Nobody has played for longer: some two thousand years.
_MOST_MINUTES = 10**9
_NUMBERS = (int, float)

LIMIT = whole_number("A list has a whole number of games, 1 or more", least=1, error=WrongFilter)
FILTERS = instance(Filters, "filters are a `Filters`, such as `Filters(free_only=True)`", WrongFilter)
DISCOVERY = choice(Discovery, "discovery must be one of", WrongFilter)

TASTE = instance(Taste, "a taste is a `Taste`, such as `Taste(liked=(620,))`", WrongLibrary)


def app_ids(value: Any) -> tuple[int, ...]:
    """Return the app ids that a store can know, ascending.

    Raises:
        WrongFilter: It is no collection, or has something in it that is no whole number.
    """
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise WrongFilter(f"Games are left out by a collection of Steam app ids, not {shown(value)}.")
    found = set()
    for one in value:
        app_id = to_whole(one)
        if app_id is None and not _is_whole(one):
            raise WrongFilter(
                f"Games are left out by their Steam app ids, which are whole numbers, not {shown(one)}."
            )
        if app_id is not None and 0 < app_id <= _LAST_ID:
            found.add(app_id)
    return tuple(sorted(found))


def library(value: Any) -> dict[int, float | None]:
    """Return the library that maps app ids to minutes played, ascending, with the ids that a store can know.

    Raises:
        WrongLibrary: It is no mapping, a key is no whole number, or minutes are neither None nor a number
            from 0 to `_MOST_MINUTES`.
    """
    if not isinstance(value, Mapping):
        raise WrongLibrary(
            f"A library maps Steam app ids to minutes played, such as {{620: 540}}, not {shown(value)}."
        )
    for app_id, minutes in value.items():
        if not _is_whole(app_id):
            raise WrongLibrary(
                f"A library names games by Steam app ids, which are whole numbers, not {shown(app_id)}."
            )
        if minutes is not None and not _is_duration(minutes):
            raise WrongLibrary(
                f"Minutes played are 0 to {_MOST_MINUTES:,}, or None where they are unknown; for app"
                f" {shown(app_id)} they are {shown(minutes)}."
            )
    return {int(app_id): value[app_id] for app_id in sorted(value) if 0 < app_id <= _LAST_ID}


# A library has a thousand entries: looking first whether they are Python's own numbers, as they nearly always
# are, takes a fraction of the time of `isinstance` with an abstract class.
def _is_whole(value: object) -> bool:
    return type(value) is int or (isinstance(value, Integral) and not isinstance(value, bool))


def _is_duration(value: Any) -> bool:
    is_number = type(value) in _NUMBERS or (isinstance(value, Real) and not isinstance(value, bool))
    return is_number and not value < 0 and value <= _MOST_MINUTES
