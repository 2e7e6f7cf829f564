"""What players call well-known games, whether or not the data have these."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile
from typing import Final

import msgspec

from store.names.numerals import in_digits
from store.names.search_key import search_key, squashed

_FILE: Final = "nicknames.json"


@dataclass(frozen=True, slots=True)
class KnownGame:
    """A game that many people know.

    `app` is its Steam app id, None for a game that Steam does not sell. `names` are what players call it
    besides its title.
    """

    title: str
    app: int | None
    names: tuple[str, ...] = ()


@cache
def known_games() -> tuple[KnownGame, ...]:
    """Return the games of the data file that comes with the package."""
    return msgspec.json.decode(files(__package__).joinpath(_FILE).read_bytes(), type=tuple[KnownGame, ...])


@cache
def games_by_nickname() -> Mapping[str, KnownGame]:
    """Return the same games by their titles and nicknames, as search keys without spaces."""
    return {key: game for game in known_games() for name in (game.title, *game.names) for key in _keys(name)}


def game_called(key: str) -> KnownGame | None:
    """Return the game that the search key is a title or nickname of, with numbers either way."""
    by_nickname = games_by_nickname()
    return by_nickname.get(squashed(key)) or by_nickname.get(squashed(in_digits(key)))


def games_with_nicknames_like(beginning: str) -> tuple[KnownGame, ...]:
    """Return the games whose title or nickname begins with the search key, each once, in no order."""
    start = squashed(beginning)
    keys = _sorted_nicknames()
    like = takewhile(lambda key: key.startswith(start), islice(keys, bisect_left(keys, start), None))
    return tuple({games_by_nickname()[key] for key in like})


@cache
def _sorted_nicknames() -> tuple[str, ...]:
    return tuple(sorted(games_by_nickname()))


def _keys(name: str) -> set[str]:
    key = search_key(name)
    return {squashed(key), squashed(in_digits(key))}
