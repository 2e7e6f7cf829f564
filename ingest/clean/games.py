"""Cleaning a record of the games file."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ingest.clean.dates import release
from ingest.clean.developers import developers
from ingest.clean.fields import Fields, clean_or_unknown
from ingest.clean.kinds import kind_of
from ingest.clean.money import price_cents
from ingest.clean.rows import CleanGame
from ingest.clean.text import clean_list, clean_name
from ingest.parse import fields as rules
from ingest.parse.fields import Discard, UnusableValue

_APP_IN_URL = re.compile(r"/app/([0-9]{1,10})(?![0-9])")
_BEST_METASCORE = 100


class UnusableRecord(Exception):
    """The record lacks a required field; the message says which."""


def clean_game(record: Mapping[str, Any], discard: Discard) -> CleanGame:
    """Return the record cleaned; `discard` is called with field and reason of what is taken as unknown.

    Raises:
        UnusableRecord: If it has no app id.
    """
    app = app_id(record.get("id"), record.get("url"))
    fields = Fields(record, discard)
    title = fields.take("app_name", clean_name, None) or fields.take("title", clean_name, None)
    genres, specs, tags = (fields.take(name, clean_list, ()) for name in ("genres", "specs", "tags"))
    release_text = fields.take("release_date", clean_name, None)
    released, year = release_of(release_text, discard)
    price = fields.take("price", price_cents, None)
    return CleanGame(
        id=app,
        title=title,
        listed=True,
        kind=kind_of(title or "", genres=genres, specs=specs, tags=tags, price_cents=price),
        publisher=fields.take("publisher", clean_name, None),
        release_date=released,
        release_year=year,
        release_text=release_text,
        price_cents=price,
        early_access=fields.take("early_access", rules.truth, False),
        metascore=fields.take("metascore", metascore, None),
        steam_rating=fields.take("sentiment", steam_rating, None),
        developers=fields.take("developer", developers, ()),
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
    in_url = _APP_IN_URL.search(url) if isinstance(url, str) else None
    for found in (value, in_url and in_url[1]):
        try:
            return rules.app_id(found)
        except UnusableValue:
            continue
    raise UnusableRecord("no app id, neither in the record nor in its address")


def release_of(text: str | None, discard: Discard) -> tuple[date | None, int | None]:
    """Return the day and the year of a release; None for what the text does not tell."""
    if text is None:
        return None, None
    return clean_or_unknown("release_date", release, text, (None, None), discard)


def metascore(value: object) -> int:
    """Return the score that Metacritic gives, 0 to 100.

    Raises:
        UnusableValue: If it is not one.
    """
    return rules.whole_number(value, 0, _BEST_METASCORE)


def steam_rating(value: object) -> str | None:
    """Return Steam's words for the reviews; below ten reviews the file only has their count.

    Raises:
        UnusableValue: If it is no text, or too long.
    """
    text = clean_name(value)
    return None if text is None or text[0].isdigit() else text
