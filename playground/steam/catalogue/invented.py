"""A few invented games to recognise in tests and demos: one of every kind that is hard to read."""

from collections.abc import Iterator
from dataclasses import replace

from playground.steam.catalogue.game import FreeWeekend, Game
from playground.steam.catalogue.labels import Kind
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

DAY = 86_400

TIDEWRIGHT = 1_000_010
GOAT_ORCHESTRA = 1_000_020
MOTHLIGHT = 1_000_030
PAPER_ARMADA = 1_000_040
SNOWGLOBE = 1_000_050
TURNIP_TYCOON = 1_000_060
THE_LONG_COMMUTE = 1_000_070
NEON_PASTA = 1_000_080
VELVET_HOURS = 1_000_090
GLASSHOUSE = 1_000_100
OLD_HARBOUR = 1_000_110
LANTERN_POST = 9_000_010
TIDEWRIGHT_DEMO = 1_000_012
TIDEWRIGHT_ISLES = 1_000_013
TIDEWRIGHT_MUSIC = 1_000_014

_LIVELY = Tags(((1685, 1820), (3859, 1411), (1732, 902), (1654, 640), (4166, 512), (492, 300)))
_CLASSIC = Tags(((1664, 900), (4182, 850), (1742, 701), (492, 333), (4166, 120)))
_MANY_LANGUAGES = Languages((0, 1, 2, 5, 6, 10), 2)


def invented(opened_at: int) -> Iterator[Game]:
    """Yield the invented games as they are when the store's time begins (Unix seconds)."""
    for game in (*_at_list_price(opened_at), *_reduced(opened_at), *_unsold(opened_at), *_extras(opened_at)):
        yield replace(game, last_modified=opened_at - 3 * DAY, price_change_number=25_000_000)


def _at_list_price(opened_at: int) -> Iterator[Game]:
    together = Categories((2, 1, 9, 38), (22, 23, 29, 62), (28,))
    yield Game(
        TIDEWRIGHT,
        "Tidewright",
        about=About(
            "Build canals &amp; quarrel with the moon, alone or with three friends.",
            ("Brinework",),
            ("Brinework",),
        ),
        tags=_LIVELY,
        categories=together,
        reviews=ReviewCounts(2910, 90),
        release=Release(opened_at - 800 * DAY),
        platforms=Platforms(True, True, True, 3),
        languages=_MANY_LANGUAGES,
        price=Price(2499),
        rating=Rating("pegi", "7"),
        genres=(23, 28),
        metacritic=88,
        achievements=42,
    )
    yield Game(
        MOTHLIGHT,
        "Mothlight",
        about=About("A lamp, a house, a night.", ("Nine Candles",), ("Nine Candles",), ("Mothlight",)),
        tags=Tags(((1667, 1200), (1721, 800), (3839, 420))),
        reviews=ReviewCounts(7, 1),
        release=Release(opened_at - 40 * DAY),
        price=Price(1499),
        rating=Rating("usk", "BANNED", ("Fear",)),
        descriptors=(2, 5),
        genres=(25,),
        unvetted=True,
    )
    yield Game(
        OLD_HARBOUR,
        "Old Harbour ",
        about=About("A puzzle from long before the store.", ("Brinework",), ("Lantern Ltd.", "Brinework")),
        tags=_CLASSIC,
        reviews=ReviewCounts(510, 40),
        release=Release(opened_at - 3000 * DAY, first_released_at=900_000_000),
        platforms=Platforms(True, False, True, 1),
        languages=_MANY_LANGUAGES,
        price=Price(499),
        genres=(25, 4),
        metacritic=91,
    )
    yield Game(
        VELVET_HOURS,
        "Velvet Hours",
        about=About("For adults only.", ("Afterdark",), ("Afterdark",)),
        tags=Tags(((12095, 900), (6650, 700), (3799, 650))),
        reviews=ReviewCounts(120, 60),
        release=Release(opened_at - 100 * DAY),
        price=Price(799),
        descriptors=(1, 3, 4, 5),
        genres=(4,),
    )


def _reduced(opened_at: int) -> Iterator[Game]:
    yield Game(
        GOAT_ORCHESTRA,
        "Goat Orchestra™",
        about=About("Conduct 12 goats. They do not read music.", ("Kid &amp; Sons",), ("Hoof Room",)),
        tags=Tags(((1752, 500), (4136, 480), (1756, 90))),
        reviews=ReviewCounts(430, 170),
        release=Release(opened_at - 300 * DAY, early_access=True),
        platforms=Platforms(deck=2),
        price=Price(999, 50, opened_at + 2 * DAY),
        genres=(4, 23, 70),
    )
    yield Game(
        NEON_PASTA,
        "Neon Pasta",
        about=About("Free to keep for a few days.", ("Al Dente",), ("Al Dente",)),
        tags=Tags(((597, 100), (4136, 90))),
        reviews=ReviewCounts(64, 16),
        release=Release(opened_at - 500 * DAY),
        price=Price(599, 100, opened_at + 4 * DAY, opened_at + 4 * DAY),
        genres=(4,),
    )
    yield Game(
        GLASSHOUSE,
        "Glasshouse",
        about=About("Playable this weekend without buying it.", ("Fern &amp; Frond",), ("Fern &amp; Frond",)),
        tags=_CLASSIC,
        reviews=ReviewCounts(900, 300),
        release=Release(opened_at - 600 * DAY),
        price=Price(1999, 60, opened_at + 3 * DAY),
        genres=(28,),
        free_weekend=FreeWeekend(opened_at - DAY, opened_at + 3 * DAY),
    )


def _unsold(opened_at: int) -> Iterator[Game]:
    yield Game(
        PAPER_ARMADA,
        "Paper Armada",
        about=About("Fold ships, sink ships.", ("Crease",), ("Crease",)),
        tags=Tags(((9, 40), (1677, 35))),
        release=Release(coming_soon=True, coming_soon_display="text_comingsoon", message="When it is folded"),
        genres=(2,),
    )
    yield Game(
        SNOWGLOBE,
        "Snowglobe: Shaken",
        about=About("A small town in winter.", ("Crease",), ("Snowed In",)),
        tags=Tags(((1654, 30), (597, 22))),
        release=Release(opened_at + DAY, coming_soon=True, coming_soon_display="date_full"),
        genres=(4,),
    )
    yield Game(
        TURNIP_TYCOON,
        "Turnip Tycoon",
        about=About("Free, and nothing to buy.", ("Root Cellar",), ("Root Cellar",)),
        tags=Tags(((113, 700), (87918, 650), (3859, 200))),
        categories=Categories((2, 1, 9), (22,)),
        reviews=ReviewCounts(9000, 3000),
        release=Release(opened_at - 1500 * DAY),
        is_free=True,
        genres=(37, 28),
    )
    yield Game(
        THE_LONG_COMMUTE,
        "The Long Commute",
        about=About("No longer sold in any country.", ("Gone Ltd.",), ("Gone Ltd.",)),
        tags=_CLASSIC,
        reviews=ReviewCounts(88, 12),
        release=Release(opened_at - 2500 * DAY),
        genres=(25,),
    )


def _extras(opened_at: int) -> Iterator[Game]:
    released = Release(opened_at - 700 * DAY)
    yield Game(
        TIDEWRIGHT_DEMO, "Tidewright Demo", Kind.DEMO, release=released, is_free=True, parent=TIDEWRIGHT
    )
    yield Game(
        TIDEWRIGHT_ISLES,
        "Tidewright: Outer Isles",
        Kind.DLC,
        reviews=ReviewCounts(80, 20),
        release=released,
        price=Price(1299),
        parent=TIDEWRIGHT,
    )
    yield Game(
        TIDEWRIGHT_MUSIC,
        "Tidewright Soundtrack",
        Kind.MUSIC,
        release=released,
        price=Price(699),
        parent=TIDEWRIGHT,
    )
