"""Validating what callers pass to a recommendation, before anything is queried."""

from collections.abc import Collection, Iterable, Mapping
from numbers import Integral, Real

import numpy as np
from numpy.typing import NDArray

from store.errors import WrongFilter, WrongLibrary
from store.scoring.filters import Discovery
from store.scoring.libraries import Library

# The app ids that the store can hold; a larger one is simply not known.
_LAST_ID = 2**31 - 1
# Nobody has played for longer: some two thousand years.
_MOST_MINUTES = 10**9


def validate_limit(limit: int) -> int:
    """Return how many games a list may have. Raises WrongFilter unless that is a whole number above 0."""
    if not _is_whole(limit) or limit < 1:
        raise WrongFilter(f"A list has a whole number of games, 1 or more, not {limit!r}.")
    return int(limit)


def validate_discovery(discovery: Discovery | str) -> Discovery:
    """Return how well known the games should be. Raises WrongFilter if it is none of the choices."""
    try:
        return Discovery(discovery)
    except ValueError:
        choices = ", ".join(f"“{choice.value}”" for choice in Discovery)
        raise WrongFilter(f"“{discovery}” is no kind of discovery; there are {choices}.") from None


def validate_ids(app_ids: Collection[int]) -> NDArray[np.int64]:
    """Return the app ids that a store can know, ascending.

    Raises WrongFilter for anything that is no whole number.
    """
    if isinstance(app_ids, (str, bytes)) or not isinstance(app_ids, Iterable):
        raise WrongFilter(f"Games are left out by a collection of Steam app ids, not {app_ids!r}.")
    wrong = next((app_id for app_id in app_ids if not _is_whole(app_id)), None)
    if wrong is not None:
        raise WrongFilter(
            f"Games are left out by their Steam app ids, which are whole numbers, not {wrong!r}."
        )
    known = {int(app_id) for app_id in app_ids if 0 < app_id <= _LAST_ID}
    return np.array(sorted(known), np.int64)


def validate_library(library: Mapping[int, float | None]) -> Library:
    """Return the library that maps app ids to minutes played, without the ids that no store can know.

    Raises WrongLibrary for what is no mapping, keys that are no whole numbers, and minutes that are neither
    None nor a number from 0 to `_MOST_MINUTES`.
    """
    if not isinstance(library, Mapping):
        raise WrongLibrary(
            f"A library maps Steam app ids to minutes played, such as {{620: 540}}, not {library!r}."
        )
    for app_id, minutes in library.items():
        if not _is_whole(app_id):
            raise WrongLibrary(
                f"A library names games by Steam app ids, which are whole numbers, not {app_id!r}."
            )
        if minutes is not None and not _is_duration(minutes):
            raise WrongLibrary(
                f"Minutes played are 0 to {_MOST_MINUTES:,}, or None where they are unknown; for app"
                f" {app_id} they are {minutes!r}."
            )
    known = sorted(app_id for app_id in library if 0 < app_id <= _LAST_ID)
    return Library(np.array(known, np.int64), np.array([library[app_id] for app_id in known], np.float64))


def _is_whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _is_duration(value: object) -> bool:
    return (
        isinstance(value, Real) and not isinstance(value, bool) and not value < 0 and value <= _MOST_MINUTES
    )
