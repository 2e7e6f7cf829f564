"""The parts of a game that many games share, each with the JSON that answers are put together from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from playground.steam.catalogue.countries import currency_of
from playground.steam.catalogue.labels import REVIEW_LABELS
from playground.steam.lean_json import encode, lean


class Section:
    """A part of a game whose JSON is made once, however many answers it goes into."""

    def fields(self) -> Mapping[str, Any]:
        """Return what Steam calls the part's values; false, 0 and empty ones may be among them."""
        raise NotImplementedError

    @cached_property
    def json(self) -> bytes:
        """The part as Steam writes it."""
        return encode(lean(self.fields()))


@dataclass(frozen=True)
class About(Section):
    """`basic_info`."""

    short_description: str = ""
    publishers: tuple[str, ...] = ()
    developers: tuple[str, ...] = ()
    franchises: tuple[str, ...] = ()

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        return {
            "short_description": self.short_description,
            "publishers": [
                {"name": name, "creator_clan_account_id": 4000 + len(name)} for name in self.publishers
            ],
            "developers": [{"name": name} for name in self.developers],
            "franchises": [{"name": name} for name in self.franchises],
        }


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags with falling weights, which compare within one game only."""

    weights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Categories(Section):
    """`categories`, in the three groups that Steam keeps apart."""

    players: tuple[int, ...] = (2,)
    features: tuple[int, ...] = (62,)
    controllers: tuple[int, ...] = ()

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        return {
            "supported_player_categoryids": self.players,
            "feature_categoryids": self.features,
            "controller_categoryids": self.controllers,
        }

    @property
    def all(self) -> tuple[int, ...]:
        """Every category's number."""
        return self.players + self.features + self.controllers


@dataclass(frozen=True)
class ReviewCounts(Section):
    """`reviews`: how many there are, and how many of them are positive."""

    positive: int = 0
    negative: int = 0

    @property
    def total(self) -> int:
        """All reviews."""
        return self.positive + self.negative

    @property
    def percent(self) -> int:
        """Positive ones of a hundred."""
        return round(100 * self.positive / self.total) if self.total else 0

    @property
    def score(self) -> int:
        """Steam's class from 1 to 9; 0 with fewer than ten reviews."""
        if self.total < 10:
            return 0
        percent, many = self.percent, self.total >= 500
        if percent >= 80:
            return 9 if many and percent >= 95 else 8 if self.total >= 50 else 7
        if percent >= 40:
            return 6 if percent >= 70 else 5
        if percent >= 20:
            return 4
        return 1 if many else 2 if self.total >= 50 else 3

    @property
    def label(self) -> str:
        """The class in words; below ten reviews their number."""
        if 0 < self.total < 10:
            return f"{self.total} user reviews"
        return REVIEW_LABELS[self.score]

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        summary = lean(
            {
                "review_count": self.total,
                "percent_positive": self.percent,
                "review_score": self.score,
                "review_score_label": self.label,
            }
        )
        return {"summary_filtered": summary, "summary_unfiltered": summary}


@dataclass(frozen=True)
class Release(Section):
    """`release`. Stamps are Unix seconds; 0 is unknown."""

    released_at: int = 0
    first_released_at: int = 0
    coming_soon: bool = False
    coming_soon_display: str = ""
    message: str = ""
    early_access: bool = False
    left_early_access_at: int = 0

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        return {
            "steam_release_date": self.released_at,
            "original_release_date": self.first_released_at,
            "is_coming_soon": self.coming_soon,
            "coming_soon_display": self.coming_soon_display,
            "custom_release_date_message": self.message,
            "is_early_access": self.early_access,
            "release_from_early_access_date": self.left_early_access_at,
        }


@dataclass(frozen=True)
class Platforms(Section):
    """`platforms`. Deck ratings: 0 unknown, 1 unsupported, 2 playable, 3 verified."""

    windows: bool = True
    mac: bool = False
    linux: bool = False
    deck: int = 0

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        return {
            "windows": self.windows,
            "mac": self.mac,
            "steamos_linux": self.linux,
            "steam_deck_compat_category": self.deck,
            "steam_os_compat_category": self.deck and 2,
        }


@dataclass(frozen=True)
class Rating(Section):
    """`game_rating` of one board."""

    board: str = "pegi"
    rating: str = "12"
    descriptors: tuple[str, ...] = ()

    @property
    def required_age(self) -> int:
        """Years; 0 where the rating is no number."""
        return int(self.rating) if self.rating.isdecimal() else 0

    def fields(self) -> Mapping[str, Any]:
        """See `Section.fields`."""
        return {
            "type": self.board,
            "rating": self.rating,
            "descriptors": self.descriptors,
            "required_age": self.required_age,
            "use_age_gate": self.required_age >= 18,
        }


@dataclass(frozen=True)
class Languages:
    """`supported_languages`: numbers of `labels.LANGUAGES`, the first `audio` of them spoken too."""

    numbers: tuple[int, ...] = (0,)
    audio: int = 1

    @cached_property
    def json(self) -> bytes:
        """The list as Steam writes it."""
        return encode(
            [
                lean({"supported": True, "full_audio": at < self.audio, "subtitles": True})
                | {"elanguage": number}
                for at, number in enumerate(self.numbers)
            ]
        )


@dataclass(frozen=True, slots=True)
class Price:
    """What a game costs, in US cents, and until when a discount lasts (Unix seconds; 0 is for good)."""

    list_cents: int
    discount_percent: int = 0
    discount_ends: int = 0
    free_to_keep_ends: int = 0

    @property
    def final_cents(self) -> int:
        """What is paid."""
        return self.list_cents * (100 - self.discount_percent) // 100


@lru_cache(maxsize=4096)
def tag_fields(tags: Tags, count: int) -> bytes:
    """`tagids` and `tags` with the first `count`, without the braces around; empty without tags."""
    first = tags.weights[:count]
    if not first:
        return b""
    ids = [tag for tag, _ in first]
    return encode({"tagids": ids, "tags": [{"tagid": tag, "weight": weight} for tag, weight in first]})[1:-1]


@lru_cache(maxsize=65_536)
def price_fields(price: Price, country: str) -> bytes:
    """Return the fields of a purchase option in a country, without the braces. Cents are text."""
    currency = currency_of(country)
    full, final = currency.amount(price.list_cents), currency.amount(price.final_cents)
    fields: dict[str, Any] = {
        "final_price_in_cents": str(final),
        "formatted_final_price": currency.written(final),
        "user_can_purchase_as_gift": True,
    }
    if price.discount_percent:
        discount = {
            "discount_amount": str(full - final),
            "discount_description": "#discount_desc_preset_special",
            "discount_end_date": price.discount_ends,
        }
        fields |= {
            "original_price_in_cents": str(full),
            "formatted_original_price": currency.written(full),
            "discount_pct": price.discount_percent,
            "active_discounts": [lean(discount)],
        }
    if price.free_to_keep_ends:
        fields |= {"is_free_to_keep": True, "free_to_keep_ends": price.free_to_keep_ends}
    return encode(fields)[1:-1]
