"""The games file: the catalogue as a crawler kept it, with the quirks that cleaning exists for."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from random import Random
from typing import Final, Literal

from ingest.sample.catalogue import CATALOGUE, Game
from ingest.sample.formats import Record, json_row, unicode_literal

GamesFormat = Literal["literal", "json"]

# The invented rows have numbers far beyond Steam's.
_FIRST_QUIRK_ID: Final = 999_000_010
_EMPTY_LINES: Final = 12
_COLUMNS: Final = (
    "publisher", "genres", "app_name", "title", "url", "release_date", "tags", "reviews_url", "specs",
    "price", "early_access", "id", "developer",
)  # fmt: skip

_WITHOUT_TITLE: Final = frozenset({48000, 4000, 22380})
_WITHOUT_APP_NAME: Final = 113020
_WITHOUT_ID: Final = 200260

# Rows of no real game, one for each oddity that none of the catalogue's games truthfully has.
_QUIRKS: Final[tuple[tuple[str, Mapping[str, object]], ...]] = (
    ("Free Mod", {"price": "Free Mod"}),
    ("Play for Free!", {"price": "Play for Free!"}),
    ("Starting Price", {"price": "Starting at $499.00"}),
    ("Third-party Price", {"price": "Third-party"}),
    ("No Price", {}),
    ("Month Only", {"release_date": "Jul 2010", "price": 4.99}),
    ("Quarter Only", {"release_date": "2017 Q1", "price": 4.99}),
    ("Not Out Yet", {"release_date": "Soon..", "price": 9.99}),
    ("Out When Done", {"release_date": "When it's done"}),
    ("Escaped &amp;amp; Again", {"genres": ["Design &amp;amp; Illustration", "Indie"], "price": 1.99}),
    ("  Padded  ", {"developer": " Sample Studio ", "price": 1.99}),
    ("Shouting Developer", {"developer": "SAMPLE STUDIO", "price": 1.99}),
    ("Comma in a Name", {"developer": "Sample Works USA, LLC,Sample Port (Mac, Linux)", "price": 1.99}),
    ("No Genres", {"genres": None, "tags": None, "specs": None, "price": 0.99}),
    ("No Developer", {"developer": None, "publisher": None, "price": 0.99}),
)

# A page that is no game's, as a crawler keeps it: nothing identifies it.
_NAMELESS: Final[Record] = {
    "url": "http://store.steampowered.com/", "price": 19.99, "discount_price": 14.99, "early_access": False,
}  # fmt: skip


def count_games() -> int:
    """Return how many different games with an id the file holds."""
    return len(CATALOGUE) + len(_QUIRKS)


def count_nameless() -> int:
    """Return how many readable records of the file have no id."""
    return 1


def games_lines(games_format: GamesFormat, rng: Random) -> Iterator[str]:
    """Yield the file's lines: the literal form with `u''` strings, or JSON with all-`NaN` lines first.

    One file never mixes the two; upstream publishes each form as a file of its own.
    """
    records = _records(rng)
    if games_format == "json":
        yield from (json_row({}, _COLUMNS) for _ in range(_EMPTY_LINES))
        yield from (json_row(record, _COLUMNS) for record in records)
    else:
        yield from map(unicode_literal, records)


def _records(rng: Random) -> list[Record]:
    games = list(CATALOGUE)
    rng.shuffle(games)
    records = [_with_quirk(game, _as_record(game)) for game in games]
    quirks = list(_quirk_records())
    repeated = {**quirks[0], "app_name": "Sample Quirk: Repeated Id", "title": "Sample Quirk: Repeated Id"}
    return [*records, *quirks, repeated, _NAMELESS]


def _with_quirk(game: Game, record: dict[str, object]) -> dict[str, object]:
    if game.app_id in _WITHOUT_TITLE:
        return _without(record, "title")
    if game.app_id == _WITHOUT_APP_NAME:
        return _without(record, "app_name")
    if game.app_id == _WITHOUT_ID:
        url = f"http://store.steampowered.com/app/{game.app_id}/"
        return _without(record, "id", "reviews_url") | {"url": url}
    return record


def _without(record: Mapping[str, object], *keys: str) -> dict[str, object]:
    return {key: value for key, value in record.items() if key not in keys}


def _quirk_records() -> Iterator[Record]:
    for place, (name, facts) in enumerate(_QUIRKS):
        title = f"Sample Quirk: {name.strip()}"
        record: dict[str, object] = {
            "publisher": "Sample Studio",
            "genres": ["Indie"],
            "app_name": name.replace(name.strip(), title),
            "title": name.replace(name.strip(), title),
            "url": _page(_FIRST_QUIRK_ID + 10 * place, title),
            "release_date": "2014-07-01",
            "tags": ["Indie"],
            "reviews_url": _reviews_page(_FIRST_QUIRK_ID + 10 * place),
            "specs": ["Single-player"],
            "early_access": False,
            "id": str(_FIRST_QUIRK_ID + 10 * place),
            "developer": "Sample Studio",
        }
        yield {key: value for key, value in {**record, **facts}.items() if value is not None}


def _as_record(game: Game) -> dict[str, object]:
    """Return the game as upstream's crawler kept it: `&` escaped once, in the publisher's name twice."""
    record: dict[str, object | None] = {
        "publisher": _escaped(_escaped(game.credited_publisher)),
        "genres": [_escaped(genre) for genre in game.genres],
        "app_name": game.title,
        "title": _escaped(game.title),
        "url": _page(game.app_id, game.title),
        "release_date": game.released,
        "tags": game.tags,
        "reviews_url": _reviews_page(game.app_id),
        "specs": game.specs,
        "price": game.price,
        "early_access": game.early_access,
        "id": str(game.app_id),
        "developer": _escaped(game.developer),
    }
    return {key: value for key, value in record.items() if value is not None}


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _page(app_id: int, title: str) -> str:
    slug = re.sub(r"[^A-Za-z0-9_]", "", title.replace(" ", "_"))
    return f"http://store.steampowered.com/app/{app_id}/{slug}/"


def _reviews_page(app_id: int) -> str:
    return f"http://steamcommunity.com/app/{app_id}/reviews/?browsefilter=mostrecent&p=1"
