"""What players call well-known games, whether or not the data have these."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, takewhile
from typing import Final

import msgspec
from rapidfuzz import fuzz, process

from store.names.numerals import in_digits
from store.names.search_key import search_key, squashed

_FILE: Final = "nicknames.json"
_SHORTEST_MISSPELT: Final = 5
# What lacks this many characters at its end is the beginning of a name rather than a misspelling.
_BEGINNING: Final = 3
# From this similarity on, in percent, two titles are of one game: they differ by an edition or a year.
_SAME_GAME: Final = 80


@dataclass(frozen=True, slots=True)
class KnownGame:
    """A game that many people know.

    `app` is its Steam app id, None for a game that Steam does not sell. `names` are what players call it
    besides its title.
    """

    title: str
    app: int | None
    names: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """All that it is called, as search keys."""
        return _search_keys(self)

    def is_called(self, key: str) -> bool:
        """Return whether a search key is like the title, or like a name of the game, but for editions."""
        return any(fuzz.token_set_ratio(key, known) >= _SAME_GAME for known in _search_keys(self))


@cache
def _search_keys(game: KnownGame) -> tuple[str, ...]:
    return tuple(map(search_key, (game.title, *game.names)))


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


def game_of_app(app_id: int) -> KnownGame | None:
    """Return the game of a Steam app id."""
    return _by_app().get(app_id)


@cache
def _by_app() -> Mapping[int, KnownGame]:
    return {game.app: game for game in known_games() if game.app is not None}


def games_with_nicknames_like(beginning: str) -> tuple[KnownGame, ...]:
    """Return the games whose title or nickname begins with the search key, each once, in no order."""
    start = squashed(beginning)
    keys = _sorted_nicknames()
    like = takewhile(lambda key: key.startswith(start), islice(keys, bisect_left(keys, start), None))
    return tuple({games_by_nickname()[key] for key in like})


@cache
def _sorted_nicknames() -> tuple[str, ...]:
    return tuple(sorted(games_by_nickname()))


def games_misspelt_as(key: str, least: float) -> tuple[tuple[float, KnownGame], ...]:
    """Return the games whose title or nickname the search key misspells, by how much it resembles that.

    A number is never a misspelling of another, a beginning is none of the whole, and few characters resemble
    too much.

    Args:
        key: What was typed.
        least: The least resemblance, 0 to 100.
    """
    typed = squashed(in_digits(key))
    if len(typed) < _SHORTEST_MISSPELT:
        return ()
    by_nickname = _by_digits()
    close = process.extract(typed, by_nickname.keys(), scorer=fuzz.ratio, score_cutoff=least, limit=None)
    best: dict[KnownGame, float] = {}
    for nickname, score, _ in close:
        is_beginning = nickname.startswith(typed) and len(nickname) - len(typed) >= _BEGINNING
        if len(nickname) >= _SHORTEST_MISSPELT and _digits(nickname) == _digits(typed) and not is_beginning:
            game = by_nickname[nickname]
            best[game] = max(score, best.get(game, 0.0))
    return tuple(sorted(((score, game) for game, score in best.items()), key=lambda entry: -entry[0]))


@cache
def _by_digits() -> Mapping[str, KnownGame]:
    """Return the games by their titles and nicknames, as search keys without spaces and with digits."""
    return {
        squashed(in_digits(search_key(name))): game
        for game in known_games()
        for name in (game.title, *game.names)
    }


def _digits(key: str) -> str:
    return "".join(filter(str.isdigit, key))


def _keys(name: str) -> set[str]:
    key = search_key(name)
    return {squashed(key), squashed(in_digits(key))}
