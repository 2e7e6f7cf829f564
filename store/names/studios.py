"""What players call the studios that make games."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from store.names.search_key import search_key, squashed

_FILE: Final = "studios.json"


class Studio(msgspec.Struct, frozen=True):
    """A studio. `names` are what the data may write, the likeliest first; `also` is what players say."""

    names: tuple[str, ...]
    also: tuple[str, ...]


@cache
def studios() -> tuple[Studio, ...]:
    """Return the studios of the data file that comes with the package."""
    return msgspec.json.decode(files(__package__).joinpath(_FILE).read_bytes(), type=tuple[Studio, ...])


def studios_called(key: str) -> tuple[str, ...]:
    """Return the names, as the data may write them, of the studio that a search key is a nickname of."""
    return _by_nickname().get(squashed(key), ())


def studios_beginning(key: str) -> tuple[str, ...]:
    """Return the names of the studios a nickname of which begins with the search key."""
    start = squashed(key)
    nicknames = _by_nickname()
    found = (name for said, names in nicknames.items() if said.startswith(start) for name in names)
    return tuple(dict.fromkeys(found))


@cache
def _by_nickname() -> Mapping[str, tuple[str, ...]]:
    said = {squashed(search_key(name)): studio.names for studio in studios() for name in studio.names}
    return said | {squashed(search_key(name)): studio.names for studio in studios() for name in studio.also}
