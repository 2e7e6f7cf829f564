"""What a reply shows of a game's page in the Steam store."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from store.models import DeckRating, Offer
from store.results.result import Result


@dataclass(frozen=True, slots=True)
class StorePage(Result):
    """A game's page in the store, as the source saw it when it looked last; None is unknown throughout.

    `list_price` and `price_now` are in `currency` (ISO 4217); `discount_percent` (0 to 100) and the two
    times, in UTC, are of the price now. `rating_percent` (0 to 100) of Steam's own `rating_count` reviews
    recommend the game. `platforms` are those that the store says the game runs on. `players_now` played it at
    `players_counted_at`.
    """

    short_description: str | None = None
    header_image: str | None = None
    currency: str | None = None
    list_price: Decimal | None = None
    price_now: Decimal | None = None
    discount_percent: int | None = None
    discount_ends: datetime | None = None
    offer: Offer | None = None
    offer_ends: datetime | None = None
    rating_percent: int | None = None
    rating_count: int | None = None
    platforms: tuple[str, ...] = ()
    deck_rating: DeckRating | None = None
    players_now: int | None = None
    players_counted_at: datetime | None = None
