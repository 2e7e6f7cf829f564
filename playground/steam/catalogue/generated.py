"""The generated catalogue: apps made from their index only, the same in every process.

Every part comes from a pool of a few hundred, so that a game costs microseconds and its JSON is made once
per part. No game of it exists.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain

from playground.steam.catalogue.game import Game
from playground.steam.catalogue.labels import CATEGORIES, GENRES, LANGUAGES, TAGS, Kind
from playground.steam.catalogue.sections import (
    About,
    Categories,
    Languages,
    Platforms,
    Price,
    Rating,
    Release,
    ReviewCounts,
    Tags,
)
from playground.steam.mixing import mixed, pick
from playground.steam.words import description, studio, title

DAY = 86_400
FIRST_APPID = 2_000_000
_EXTRA_KINDS = (Kind.DLC, Kind.DLC, Kind.DLC, Kind.DEMO, Kind.DEMO, Kind.MUSIC, Kind.SOFTWARE, Kind.VIDEO)
_EXTRA_TITLES = {
    Kind.DLC: "{} - Supporter Pack",
    Kind.DEMO: "{} Demo",
    Kind.MUSIC: "{} Soundtrack",
    Kind.SOFTWARE: "{} Editor",
    Kind.VIDEO: "{} - Making Of",
}
_PRICES = (
    99,
    199,
    299,
    399,
    499,
    499,
    699,
    799,
    999,
    999,
    1199,
    1299,
    1499,
    1999,
    1999,
    2499,
    2999,
    3999,
    5999,
)
_DISCOUNTS = (10, 20, 25, 33, 40, 50, 60, 75, 80, 90)
_TAG_NUMBERS = tuple(number for number in TAGS if number not in (6650, 9130, 12095))
_ADULT_TAGS = Tags(((12095, 900), (6650, 850), (9130, 600), (597, 90)))


@dataclass(frozen=True, slots=True)
class _Pools:
    """Parts of games that depend on nothing but their number."""

    abouts: tuple[About, ...]
    tags: tuple[Tags, ...]
    categories: tuple[Categories, ...]
    counts: tuple[ReviewCounts, ...]
    platforms: tuple[Platforms, ...]
    languages: tuple[Languages, ...]
    ratings: tuple[Rating, ...]


@cache
def _pools() -> _Pools:
    """Return the pools, which all catalogues of a process share."""
    return _Pools(
        abouts=tuple(map(_about, range(700))),
        tags=tuple(map(_tag_list, range(400))),
        categories=tuple(map(_category_list, range(120))),
        counts=tuple(map(_review_counts, range(500))),
        platforms=tuple(Platforms(True, n % 4 == 0, n % 5 == 0, n % 4) for n in range(20)),
        languages=tuple(map(_language_list, range(60))),
        ratings=tuple(Rating("pegi", age) for age in ("3", "7", "12", "16", "18")),
    )


class Generator:
    """Makes apps from indices.

    Args:
        opened_at: when the store's time begins, in Unix seconds: releases lie before it, and discounts end
            after it.
    """

    def __init__(self, opened_at: int) -> None:
        self._opened_at = opened_at
        self._pools = _pools()
        self._prices = [self._price(number) for number in range(300)]

    def game(self, index: int) -> Game:
        """Generated game number `index`."""
        pools = self._pools
        salt = mixed(index, 1)
        coming = salt % 41 == 0
        free = salt % 9 == 0
        adult = salt % 67 == 0
        return Game(
            appid=FIRST_APPID + 10 * index,
            name=title(index),
            about=pools.abouts[mixed(index, 2) % 700],
            tags=_ADULT_TAGS if adult else pools.tags[mixed(index, 3) % 400],
            categories=pools.categories[mixed(index, 4) % 120],
            reviews=ReviewCounts() if coming else pools.counts[mixed(index, 5) % 500],
            release=self._release(index, coming),
            platforms=pools.platforms[salt % 20],
            languages=pools.languages[mixed(index, 6) % 60],
            price=None if free or coming else self._prices[mixed(index, 7) % 300],
            is_free=free and not coming,
            rating=pools.ratings[salt % 5] if salt % 3 == 0 else None,
            descriptors=(1, 3, 4, 5) if adult else (2, 5) if salt % 8 == 0 else (),
            genres=_genres(salt),
            metacritic=50 + salt % 45 if salt % 13 == 0 else 0,
            achievements=salt % 60 if salt % 2 else 0,
            unvetted=salt % 50 == 7,
            last_modified=self._opened_at - DAY - salt % (900 * DAY),
            price_change_number=0 if salt % 29 == 0 else 16_000_000 + salt % 9_000_000,
        )

    def companion(self, index: int) -> Game:
        """Return what comes with game number `index`: DLC, a demo, a soundtrack."""
        parent = self.game(index)
        kind = pick(_EXTRA_KINDS, index, 8)
        return Game(
            appid=parent.appid + 5,
            name=_EXTRA_TITLES[kind].format(parent.name),
            kind=kind,
            about=parent.about,
            release=parent.release,
            platforms=parent.platforms,
            languages=parent.languages,
            price=None if kind is Kind.DEMO else Price(499),
            is_free=kind is Kind.DEMO,
            parent=parent.appid,
            last_modified=parent.last_modified,
            price_change_number=parent.price_change_number,
        )

    def _price(self, number: int) -> Price:
        cents = pick(_PRICES, number, 12)
        if number % 5:
            return Price(cents)
        # Discounts last one to fourteen days more.
        ends = self._opened_at + (1 + mixed(number, 13) % 14) * DAY
        return Price(cents, pick(_DISCOUNTS, number, 14), ends)

    def _release(self, index: int, coming: bool) -> Release:
        if coming:
            ahead = self._opened_at + (20 + mixed(index, 15) % 400) * DAY
            return Release(ahead, coming_soon=True, coming_soon_display="date_full")
        released = self._opened_at - (30 + mixed(index, 15) % 4000) * DAY
        return Release(released, early_access=mixed(index, 16) % 15 == 0)


def _genres(salt: int) -> tuple[int, ...]:
    numbers = tuple(GENRES)
    return tuple(sorted({numbers[salt % 9], numbers[salt // 16 % 9]}))


def _about(number: int) -> About:
    maker = studio(number)
    publisher = maker if number % 3 else studio(number % 40)
    return About(description(number), (publisher,), (maker,), (f"{maker} Saga",) if number % 11 == 0 else ())


def _tag_list(number: int) -> Tags:
    count = 5 + mixed(number, 9) % 16
    start = mixed(number, 10)
    numbers = dict.fromkeys(_TAG_NUMBERS[mixed(start, at) % len(_TAG_NUMBERS)] for at in range(count))
    heaviest = 200 + start % 1500
    return Tags(tuple((tag, max(1, heaviest - 37 * at)) for at, tag in enumerate(numbers)))


def _category_list(number: int) -> Categories:
    groups: dict[int, list[int]] = {1: [], 2: [], 3: []}
    for category, (group, _, _) in CATEGORIES.items():
        if category == 62 or mixed(number, category) % 3 == 0:
            groups[group].append(category)
    return Categories(tuple(groups[1] or [2]), tuple(groups[2]), tuple(groups[3]))


def _review_counts(number: int) -> ReviewCounts:
    total = int(3 * 1.02 ** (number % 400)) - 3
    positive = total * (30 + mixed(number, 11) % 70) // 100
    return ReviewCounts(positive, total - positive)


def _language_list(number: int) -> Languages:
    others = [language for language in LANGUAGES if language and mixed(number, language) % 2]
    return Languages((0, *others), number % 3)


def apps(generator: Generator, games: int) -> dict[int, Game]:
    """Return the generated apps by id: `games` games, and for every eighth something that comes with it."""
    made = (
        (generator.game(index), generator.companion(index)) if index % 8 == 3 else (generator.game(index),)
        for index in range(games)
    )
    return {app.appid: app for app in chain.from_iterable(made)}
