"""Cleaning a record of the games file."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.clean.kinds import kind_of
from ingest.clean.rows import CleanGame
from ingest.clean.text import clean_list, clean_optional

_APP_IN_URL = re.compile(r"/app/(\d+)")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"(?<!\d)(?:19[7-9]\d|20[0-4]\d)(?!\d)")
_AMOUNT = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# A comma parts two developers only if no space follows it: "SmiteWorks USA, LLC" is one.
_CREDIT_BREAK = re.compile(r",(?!\s)")
_LEGAL_FORM = re.compile(r"\W*(?:co|corp|inc|limited|llc|ltd)\W*", re.IGNORECASE)
_LARGEST_APP_ID = 2**31 - 1


class UnusableRecord(Exception):
    """The record lacks what nothing can replace; the message says what."""


def clean_game(record: Mapping[str, Any]) -> CleanGame:
    """Return the record cleaned.

    Raises:
        UnusableRecord: If it has no app id.
    """
    title = clean_optional(record.get("app_name")) or clean_optional(record.get("title"))
    genres, specs, tags = (clean_list(record.get(name)) for name in ("genres", "specs", "tags"))
    release_text = clean_optional(record.get("release_date"))
    released, year = release(release_text)
    metascore = record.get("metascore")
    price = price_cents(record.get("price"))
    return CleanGame(
        id=app_id(record.get("id"), record.get("url")),
        title=title,
        listed=True,
        kind=kind_of(title or "", genres=genres, specs=specs, tags=tags, price_cents=price),
        publisher=clean_optional(record.get("publisher")),
        release_date=released,
        release_year=year,
        release_text=release_text,
        price_cents=price,
        early_access=record.get("early_access") is True,
        metascore=metascore if type(metascore) is int else None,
        steam_rating=steam_rating(record.get("sentiment")),
        developers=developers(record.get("developer")),
        genres=genres,
        tags=tags,
        specs=specs,
    )


def unlisted_game(app: int, title: str | None) -> CleanGame:
    """Return what is known of an app that only libraries or reviews mention."""
    return CleanGame(id=app, title=title, listed=False, kind=kind_of(title or "", listed=False))


def app_id(value: object, url: object) -> int:
    """Return the app id, or else the number in the store address.

    Raises:
        UnusableRecord: If there is neither.
    """
    for text in (value, *(_APP_IN_URL.findall(url)[:1] if isinstance(url, str) else ())):
        if isinstance(text, str) and text.isascii() and text.isdigit() and 0 < int(text) <= _LARGEST_APP_ID:
            return int(text)
        if type(text) is int and 0 < text <= _LARGEST_APP_ID:
            return text
    raise UnusableRecord("no app id, neither in the record nor in its address")


def release(text: str | None) -> tuple[date | None, int | None]:
    """Return the date and the year that a release text states; None where it states none.

    >>> release("2017 Q1")
    (None, 2017)
    """
    if text is None:
        return None, None
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return None, None
    year = int(years.pop())
    if _FULL_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text), year
        except ValueError:
            pass  # such as February 30: the year still stands
    return None, year


def price_cents(value: object) -> int | None:
    """Return the price in US cents: 0 is free, None is unknown, which is not free."""
    if isinstance(value, str):
        if "free" in value.casefold():
            return 0
        amount = _AMOUNT.search(value)
        value = float(amount[0].replace(",", "")) if amount else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e7:
        return None  # NaN too: it compares false
    return round(value * 100)


def steam_rating(value: object) -> str | None:
    """Return Steam's words for the reviews; below ten reviews the file only has their count."""
    text = clean_optional(value)
    return None if text is None or text[0].isdigit() else text


def developers(value: object) -> tuple[str, ...]:
    """Return the developers that a game credits, each once, in the file's order."""
    text = clean_optional(value)
    if text is None:
        return ()
    credited: list[str] = []
    for part in _CREDIT_BREAK.split(text):
        if credited and _LEGAL_FORM.fullmatch(part):
            credited[-1] += f",{part}"  # "GCREST, Inc." is often written without the space
        elif name := part.strip():
            credited.append(name)
    return tuple({name.casefold(): name for name in reversed(credited)}.values())[::-1]


def unify_developers(games: Iterable[CleanGame]) -> list[CleanGame]:
    """Return the games with each developer in one spelling: the most frequent; of equals, the first."""
    games = list(games)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for game in games:
        for name in game.developers:
            spellings[name.casefold()][name] += 1
    usual = {
        key: min(counts, key=lambda name: (-counts[name], name))
        for key, counts in spellings.items()
        if len(counts) > 1
    }
    return [
        replace(game, developers=tuple(usual.get(name.casefold(), name) for name in game.developers))
        if any(name.casefold() in usual for name in game.developers)
        else game
        for game in games
    ]
