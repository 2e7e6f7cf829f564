"""What players write for the series that a game is of, before the rest of its title."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from store.names.numerals import in_digits

_FILE: Final = "series.json"
# Alone, fewer characters begin too many other titles.
_SHORTEST_ALONE: Final = 3
# "hl3", "gta 6", "anno 1404": a name with the number or the year of a game after it.
_NUMBERED: Final = re.compile(r"(.*[^0-9 ]) ?[0-9]{1,4}")


def in_full(key: str) -> str | None:
    """Return a search key such as "cod black ops" with the series in full; None if it begins with none."""
    is_alone = " " not in key
    return None if is_alone and len(key) < _SHORTEST_ALONE else in_full_if_nothing_else(key)


def in_full_if_nothing_else(key: str) -> str | None:
    """Return the same of a key such as "ff" too, which may begin a title of another series."""
    first, _, rest = key.partition(" ")
    name = series().get(first)
    return None if name is None else f"{name} {rest}".rstrip()


def before_number(key: str) -> str | None:
    """Return what stands before the number at the end of a search key, a series in full.

    That is "half life" of "hl3" as of "half life 3". None if the key ends with no number, or is nothing else.
    """
    numbered = _NUMBERED.fullmatch(in_digits(key))
    if numbered is None:
        return None
    return series().get(numbered[1]) or in_full(numbered[1]) or numbered[1]


def is_series(key: str) -> bool:
    """Return whether a search key is the full name of a series, and no more."""
    return key in series().values()


@cache
def series() -> Mapping[str, str]:
    """Return the series of the package's data file, as search keys, by what players write."""
    return msgspec.json.decode(files(__package__).joinpath(_FILE).read_bytes(), type=dict[str, str])
