"""Invented players: who they are, what they own, how long they played it."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from ingest.generated import FIRST_SAMPLE_STEAM_ID, NAME_PREFIX
from ingest.sample.catalogue import CATALOGUE, Game
from ingest.sample.tastes import HITS, TASTES, Taste

# Real apps that libraries name and the games file lacks: (app id, title, the app whose owners have it, their
# share).
UNLISTED: Final[tuple[tuple[int, str, int, float], ...]] = (
    (205790, "Dota 2 Test", 570, 0.6),
    (223530, "Left 4 Dead 2 Beta", 550, 1.0),
    (72850, "The Elder Scrolls V: Skyrim", 22380, 0.7),
    (202990, "Call of Duty: Black Ops II - Multiplayer", 730, 0.15),
)

_OWNS_NOTHING: Final = 0.05
_MEDIAN_LIBRARY: Final = 18
_LARGEST_LIBRARY: Final = 170
_PULL_OF_TASTE: Final = 0.95
# How many sequels a drawn game brings along on average, and the most likely any one of them gets.
_SEQUELS: Final = 1.2
_LIKELIEST_SEQUEL: Final = 0.35
_MEDIAN_MINUTES: Final = 260
_MOST_MINUTES: Final = 600_000


@dataclass(frozen=True, slots=True)
class OwnedGame:
    """A game in a library; playtimes in minutes, the second one of the last two weeks."""

    app_id: int
    title: str
    minutes: int
    recent_minutes: int


@dataclass(frozen=True, slots=True)
class Player:
    """An invented player."""

    user_id: str
    steam_id: str
    taste: Taste
    library: tuple[OwnedGame, ...]

    @property
    def url(self) -> str:
        """Return the address a profile of this name would have."""
        kind = "profiles" if self.user_id == self.steam_id else "id"
        return f"http://steamcommunity.com/{kind}/{self.user_id}"


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What can be owned: games, how widely owned each is, and how much each taste is drawn to it."""

    games: tuple[Game, ...]
    popularity: tuple[float, ...]
    affinities: Mapping[str, tuple[float, ...]]
    series: Mapping[str, tuple[int, ...]]


def invent_players(count: int, rng: Random) -> tuple[Player, ...]:
    """Return `count` players with libraries that follow their tastes; equal `rng`, equal players.

    Three in four go by a vanity name (`sample_player_017`), the rest by a number that no account has.
    """
    shelf = _fill_shelf(rng)
    return tuple(_invent_player(number, count, shelf, rng) for number in range(1, count + 1))


def _fill_shelf(rng: Random) -> _Shelf:
    games = tuple(game for game in CATALOGUE if not game.is_extra)
    series: defaultdict[str, list[int]] = defaultdict(list)
    for place, game in enumerate(games):
        if game.series:
            series[game.series].append(place)
    return _Shelf(
        games=games,
        popularity=tuple(HITS.get(game.app_id, 1.0) * rng.lognormvariate(0.0, 0.5) for game in games),
        affinities={taste.name: tuple(taste.affinity(game) for game in games) for taste in TASTES},
        series={name: tuple(places) for name, places in series.items()},
    )


def _invent_player(number: int, count: int, shelf: _Shelf, rng: Random) -> Player:
    first, second = rng.choices(TASTES, [taste.share for taste in TASTES], k=2)
    interest = [
        max(own, 0.6 * other)
        for own, other in zip(shelf.affinities[first.name], shelf.affinities[second.name], strict=True)
    ]
    steam_id = str(FIRST_SAMPLE_STEAM_ID + number)
    width = max(3, len(str(count)))
    return Player(
        user_id=steam_id if number % 4 == 0 else f"{NAME_PREFIX}player_{number:0{width}}",
        steam_id=steam_id,
        taste=first,
        # The first player always owns something, so that no sample is too small to have libraries.
        library=() if number > 1 and rng.random() < _OWNS_NOTHING else _fill_library(shelf, interest, rng),
    )


def _fill_library(shelf: _Shelf, interest: Sequence[float], rng: Random) -> tuple[OwnedGame, ...]:
    size = min(_LARGEST_LIBRARY, math.ceil(rng.lognormvariate(math.log(_MEDIAN_LIBRARY), 1.0)))
    weights = [
        popularity * math.exp(_PULL_OF_TASTE * liked)
        for popularity, liked in zip(shelf.popularity, interest, strict=True)
    ]
    chosen = _complete_series(_draw_without_repeats(weights, size, rng), shelf, size, rng)
    library = [_play(shelf.games[place], interest[place], rng) for place in chosen]
    owned = {game.app_id for game in library}
    for app_id, title, companion, share in UNLISTED:
        if companion in owned and rng.random() < share:
            library.append(OwnedGame(app_id, title, _draw_minutes(0.0, rng), 0))
    return tuple(library)


def _draw_without_repeats(weights: Sequence[float], size: int, rng: Random) -> list[int]:
    """Draw places, each in proportion to its weight among those left (Efraimidis, Spirakis 2006)."""
    keys = [math.log(1.0 - rng.random()) / weight for weight in weights]
    return sorted(range(len(weights)), key=keys.__getitem__, reverse=True)[:size]


def _complete_series(drawn: Sequence[int], shelf: _Shelf, size: int, rng: Random) -> list[int]:
    """Let some sequels of drawn games push out the last draws, as bundles and fondness do."""
    chosen: dict[int, None] = {}
    for place in drawn:
        chosen[place] = None
        series = shelf.series.get(shelf.games[place].series, ())
        likelihood = min(_LIKELIEST_SEQUEL, _SEQUELS / max(1, len(series)))
        for sequel in series:
            if sequel not in chosen and rng.random() < likelihood:
                chosen[sequel] = None
    return list(chosen)[:size]


def _play(game: Game, liked: float, rng: Random) -> OwnedGame:
    minutes = _draw_minutes(liked, rng)
    recent = min(minutes, rng.randint(1, 1500)) if rng.random() < 0.05 else 0
    return OwnedGame(game.app_id, game.title, minutes, recent)


def _draw_minutes(liked: float, rng: Random) -> int:
    """Draw a playtime: often none, else lognormal; a liked game is played more often and longer."""
    if rng.random() < 0.42 - 0.06 * liked:
        return 0
    drawn = rng.lognormvariate(math.log(_MEDIAN_MINUTES) + 0.25 * (liked - 2.0), 2.0)
    return min(_MOST_MINUTES, 1 + int(drawn))
