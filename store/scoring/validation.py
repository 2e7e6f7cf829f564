"""Validating what callers pass to a recommendation, before anything is queried."""

import math
from collections.abc import Mapping
from typing import Any

from store.boundary.arguments import (
    NAME,
    choice,
    instance,
    is_integral,
    list_of,
    shown,
    to_amount,
    to_list,
    to_whole,
    whole_number,
)
from store.errors import WrongArgument, WrongFilter, WrongLibrary
from store.people.person import Person
from store.people.taste import Taste
from store.scoring.discovery import Discovery
from store.scoring.filters import Filters

# The app ids that the store can hold; a larger one is simply not known.
_LAST_ID = 2**31 - 1
# Nobody has played for longer: some two thousand years.
_MOST_MINUTES = 10**9

LIMIT = whole_number("A list has a whole number of games, 1 or more", least=1, error=WrongFilter)
FILTERS = instance(Filters, "filters are a `Filters`, such as `Filters(free_only=True)`", WrongFilter)
DISCOVERY = choice(Discovery, "discovery must be one of", WrongFilter)

_TASTE = instance(Taste, "a taste is a `Taste`, such as `Taste(liked=(620,))`", WrongLibrary)
_PEOPLE = list_of(Person, "A group is a list of `Person`", WrongFilter)


def app_ids(value: Any) -> tuple[int, ...]:
    """Return the app ids of games to leave out that a store can know, ascending.

    Raises:
        WrongFilter: It is no collection, or has something in it that is no whole number.
    """
    return _ids(value, "Games are left out", WrongFilter)


def as_taste(value: Any) -> Taste:
    """Return a taste with the games that a store can know, each once.

    Raises:
        WrongLibrary: It is none, or has something in it that is no whole number.
    """
    told: Taste = _TASTE(value)
    liked, disliked = (
        _ids(games, "A taste names games", WrongLibrary) for games in (told.liked, told.disliked)
    )
    return Taste(liked, disliked)


def as_people(value: Any) -> tuple[Person, ...]:
    """Return people, of whom all that is known is as the other converters have it.

    Raises:
        WrongArgument: They are no list of people, or what is known of one makes no sense.
    """
    return tuple(_person(one) for one in _PEOPLE(value))


def _person(value: Person) -> Person:
    return Person(
        name=NAME(value.name),
        user_id=None if value.user_id is None else NAME(value.user_id),
        library=None if value.library is None else library(value.library),
        taste=as_taste(value.taste),
        borrows=frozenset(_ids(value.borrows, "Games are borrowed", WrongLibrary)),
    )


def _ids(value: Any, rule: str, error: type[WrongArgument]) -> tuple[int, ...]:
    """Return the app ids that a store can know, ascending; `rule` begins the sentence about anything else."""
    entries = to_list(value)
    if entries is None:
        raise error(f"{rule} by a collection of Steam app ids, not {shown(value)}.")
    found = set()
    for one in entries:
        app_id = to_whole(one)
        if app_id is None and not _is_whole(one):
            raise error(f"{rule} by their Steam app ids, which are whole numbers, not {shown(one)}.")
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
    if _is_plain(value):
        return {app_id: value[app_id] for app_id in sorted(value)}
    _require_library(value)
    return {int(app_id): value[app_id] for app_id in sorted(value) if 0 < app_id <= _LAST_ID}


def _is_plain(value: Mapping[Any, Any]) -> bool:
    """Return whether all of a library is usable, and in Python's own numbers, as nearly always.

    It has a thousand entries, which are looked at one by one only where something may be wrong.
    """
    minutes = [played for played in value.values() if played is not None]
    return (
        set(map(type, value)) <= {int}
        and set(map(type, minutes)) <= {int, float}
        and (not value or (min(value) > 0 and max(value) <= _LAST_ID))
        and (not minutes or (min(minutes) >= 0 and max(minutes) <= _MOST_MINUTES))
        and not any(map(math.isnan, minutes))
    )


def _require_library(value: Mapping[Any, Any]) -> None:
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


def _is_whole(value: object) -> bool:
    return type(value) is int or is_integral(value)


def _is_duration(value: Any) -> bool:
    number = to_amount(value)
    return number is not None and 0 <= number <= _MOST_MINUTES
