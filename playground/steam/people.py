"""Invented people with libraries and wishlists: one for every way in which a profile can be closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from playground.steam.catalogue import invented
from playground.steam.catalogue.generated import FIRST_APPID
from playground.steam.mixing import mixed
from playground.steam.words import persona

FIRST_STEAMID = 76_561_197_960_265_728
DAY = 86_400


class Visibility(IntEnum):
    """Who sees a profile: `communityvisibilitystate`."""

    CLOSED = 1
    OPEN = 3


@dataclass(frozen=True, slots=True)
class Owned:
    """A game of a library. Minutes; `last_played` in Unix seconds, 0 for never."""

    appid: int
    minutes: int = 0
    minutes_two_weeks: int = 0
    last_played: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A game of a wishlist. Priority 0 is one that was never sorted."""

    appid: int
    priority: int
    added: int


@dataclass(frozen=True, slots=True)
class Person:
    """An account.

    Attributes:
        vanity: the name in the profile's address; empty for none.
        games_open: whether "game details" are for everybody.
        hours_hidden: whether play times are kept private.
        played_elsewhere: games of others that were played lately: a free weekend, family sharing.
    """

    steamid: int
    name: str
    vanity: str = ""
    visibility: Visibility = Visibility.OPEN
    games_open: bool = True
    hours_hidden: bool = False
    library: tuple[Owned, ...] = ()
    wishlist: tuple[Wish, ...] = ()
    wishlist_open: bool = True
    played_elsewhere: tuple[Owned, ...] = ()
    created: int = 1_262_304_000

    @property
    def library_open(self) -> bool:
        """Whether strangers see the games."""
        return self.visibility is Visibility.OPEN and self.games_open


ANA = FIRST_STEAMID + 1_001
BRUNO = FIRST_STEAMID + 1_002
CHLOE = FIRST_STEAMID + 1_003
DMITRI = FIRST_STEAMID + 1_004
EMEKA = FIRST_STEAMID + 1_005
FATIMA = FIRST_STEAMID + 1_006
_GENERATED = FIRST_STEAMID + 100_000


def people(opened_at: int, games: int) -> Iterator[Person]:
    """Yield the invented people, and ten generated ones with games of the generated catalogue."""
    wishes = (
        Wish(invented.SNOWGLOBE, 1, opened_at - 9 * DAY),
        Wish(invented.GOAT_ORCHESTRA, 2, opened_at - 90 * DAY),
        Wish(invented.PAPER_ARMADA, 0, opened_at - 2 * DAY),
    )
    shelf = (
        Owned(invented.TIDEWRIGHT, 4_210, 340, opened_at - DAY),
        Owned(invented.OLD_HARBOUR, 610, 0, opened_at - 900 * DAY),
        Owned(invented.TURNIP_TYCOON, 95, 0, opened_at - 200 * DAY),
        Owned(invented.MOTHLIGHT),
    )
    weekend = (Owned(invented.GLASSHOUSE, 75, 75, opened_at - DAY),)
    yield Person(ANA, "Ana", "ana-plays", library=shelf, wishlist=wishes, played_elsewhere=weekend)
    yield Person(
        BRUNO, "Bruno", "bruno", Visibility.CLOSED, library=shelf, wishlist=wishes, wishlist_open=False
    )
    yield Person(CHLOE, "Chloe ♥", games_open=False, library=shelf, wishlist_open=False)
    yield Person(DMITRI, "Dmitri", "dmitri", hours_hidden=True, library=shelf, wishlist=wishes)
    yield Person(EMEKA, "Emeka")
    yield Person(FATIMA, "Fatima", library=shelf[:2], wishlist=wishes[:1])
    for number in range(10):
        yield _generated(number, opened_at, games)


def _generated(number: int, opened_at: int, games: int) -> Person:
    size = 10 + mixed(number, 20) % 200
    indices = sorted({mixed(number * 1000 + at, 21) % max(1, games - 20) for at in range(size)})
    return Person(
        _GENERATED + number,
        persona(number),
        library=tuple(_owned(number, index, opened_at) for index in indices),
    )


def _owned(number: int, index: int, opened_at: int) -> Owned:
    luck = mixed(number * 7919 + index, 22)
    if luck % 3 == 0:
        return Owned(FIRST_APPID + 10 * index)
    recent = luck % 400 if luck % 17 == 0 else 0
    ago = luck % 13 if recent else 15 + luck % 1500
    return Owned(FIRST_APPID + 10 * index, 20 + recent + luck % 6000, recent, opened_at - ago * DAY)
