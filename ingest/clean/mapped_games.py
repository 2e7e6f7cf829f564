"""Cleaning a game of a data set whose columns are mapped to our fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.clean.developers import developers
from ingest.clean.fields import Fields
from ingest.clean.games import UnusableRecord, metascore, release_of, steam_rating
from ingest.clean.kinds import kind_of
from ingest.clean.languages import languages
from ingest.clean.money import price_cents
from ingest.clean.rows import CleanGame, CleanStorePage
from ingest.clean.text import clean_list, clean_name, clean_text
from ingest.parse import fields as rules
from ingest.parse.fields import Discard, UnusableValue
from store.models import DeckRating

_DOLLARS = "USD"
_FREE = "free to play"
_EARLY_ACCESS = "Early Access"
_MOST_REVIEWS = 2**31 - 1
_WHOLE = 100
# Valve's words, and the numbers that Steam has for them; 0 is not tested yet.
_DECK_RATINGS: Mapping[str, DeckRating | None] = {
    **{rating.value: rating for rating in DeckRating},
    **{"0": None, "1": DeckRating.UNSUPPORTED, "2": DeckRating.PLAYABLE, "3": DeckRating.VERIFIED},
    "unknown": None,
}


@dataclass(frozen=True, slots=True)
class Pricing:
    """What the prices of a data set mean.

    Attributes:
        currency: Which they are in, by ISO 4217.
        zero_needs_tag: Whether 0 may also say that nothing is known: it is free only where genres or tags
            say so, or a discount of 100%.
    """

    currency: str = _DOLLARS
    zero_needs_tag: bool = False


@dataclass(frozen=True, slots=True)
class _Prices:
    """Cents, and a discount in percent; None is unknown."""

    now: int | None
    full: int | None
    discount: int | None


def clean_mapped_game(record: Mapping[str, Any], pricing: Pricing, discard: Discard) -> CleanGame:
    """Return a game whose `record` has our names of fields.

    Raises:
        UnusableRecord: If it has no app id.
    """
    try:
        app = rules.app_id(record.get("id"))
    except UnusableValue as error:
        raise UnusableRecord(f"no usable app id: {error}") from None
    fields = Fields(record, discard)
    title = fields.take("title", clean_name, None)
    genres, specs, tags = (fields.take(name, clean_list, ()) for name in ("genres", "specs", "tags"))
    release_text = fields.take("release_date", clean_name, None)
    released, year = release_of(release_text, discard)
    is_tagged_free = any(word.casefold() == _FREE for word in (*genres, *tags))
    prices = _prices(fields, pricing, is_tagged_free=is_tagged_free)
    price = prices.full if pricing.currency == _DOLLARS else None
    page = _page(fields, prices, pricing.currency)
    return CleanGame(
        id=app,
        title=title,
        listed=True,
        kind=kind_of(title or "", genres=genres, specs=specs, tags=tags, price_cents=price),
        publisher=fields.take("publishers", _joined, None),
        release_date=released,
        release_year=year,
        release_text=release_text,
        price_cents=price,
        early_access=fields.take("early_access", rules.truth, _EARLY_ACCESS in genres),
        metascore=fields.take("metascore", metascore, None),
        steam_rating=fields.take("steam_rating", steam_rating, None),
        developers=fields.take("developers", _developers, ()),
        genres=genres,
        tags=tags,
        specs=specs,
        page=None if page == CleanStorePage() else page,
    )


def _page(fields: Fields, prices: _Prices, currency: str) -> CleanStorePage:
    percent, count = _rating(fields)
    return CleanStorePage(
        short_description=fields.take("short_description", _description, None),
        header_image=fields.take("header_image", _address, None),
        currency=None if prices.now is None and prices.full is None else currency,
        list_price_cents=prices.full,
        price_now_cents=prices.now,
        discount_percent=None if prices.now is None else prices.discount,
        rating_percent=percent,
        rating_count=count,
        on_windows=fields.take("windows", rules.truth, None),
        on_mac=fields.take("mac", rules.truth, None),
        on_linux=fields.take("linux", rules.truth, None),
        deck_rating=fields.take("deck_rating", _deck_rating, None),
        languages=fields.take("languages", languages, None),
        audio_languages=fields.take("audio_languages", languages, None),
    )


def _prices(fields: Fields, pricing: Pricing, *, is_tagged_free: bool) -> _Prices:
    """Return the prices; the full one is worked out where only the one of the day and its discount are given.

    Steam rounds what it takes off, so that the full price may be some cents beside the true one.
    """
    now = fields.take("price_now", price_cents, None)
    full = fields.take("list_price", price_cents, None)
    discount = fields.take("discount", _percent, None)
    if pricing.zero_needs_tag and now == 0 and not is_tagged_free and discount != _WHOLE:
        now = None
    if full is None and now is not None:
        if not discount:
            full = now
        elif discount < _WHOLE:
            full = round(now / (1 - discount / _WHOLE))
    return _Prices(now, full, discount)


def _rating(fields: Fields) -> tuple[int | None, int | None]:
    """Return the share of reviews that recommend a game, in percent, and how many reviews there are."""
    positive, negative = (fields.take(name, _count, None) for name in ("positive", "negative"))
    if positive is not None and negative is not None:
        # A game without any may also be one whose reviews were not counted.
        reviews = positive + negative
        return (round(_WHOLE * positive / reviews), reviews) if reviews else (None, None)
    return fields.take("rating_percent", _percent, None), fields.take("rating_count", _count, None)


def _count(value: object) -> int:
    return rules.whole_number(value, 0, _MOST_REVIEWS)


def _percent(value: object) -> int:
    return rules.whole_number(value, 0, _WHOLE)


def _developers(value: object) -> tuple[str, ...]:
    return clean_list(value) if isinstance(value, list) else developers(value)


def _joined(value: object) -> str | None:
    return ", ".join(clean_list(value)) or None if isinstance(value, list) else clean_name(value)


def _deck_rating(value: object) -> DeckRating | None:
    said = str(value).strip().casefold() if isinstance(value, str | int) else ""
    if said not in _DECK_RATINGS:
        raise UnusableValue("no rating of the Steam Deck")
    return _DECK_RATINGS[said]


def _description(value: object) -> str | None:
    return clean_text(rules.text(value)) or None


def _address(value: object) -> str:
    address = clean_text(rules.name(value))
    if not address.startswith(("http://", "https://")) or any(map(str.isspace, address)):
        raise UnusableValue("no address")
    return address
