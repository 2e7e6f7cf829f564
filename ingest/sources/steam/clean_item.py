"""Making a clean row of what the store says of an app."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.clean.rows import CleanGame, CleanStorePage
from ingest.clean.text import clean_list, clean_optional
from ingest.parse.fields import UnusableValue
from ingest.sources.steam.codes import (
    FAMILY_SHARING,
    FEATURES,
    FULL_CONTROLLER,
    KINDS,
    KNOWN_RATINGS,
    KNOWN_TYPES,
    LANGUAGES,
    PARTIAL_CONTROLLER,
    RATINGS,
)
from ingest.sources.steam.differences import Differences
from ingest.sources.steam.shapes.items import Named, PurchaseOption, Release, ReviewSummary, StoreItem
from store.models import ControllerSupport, DeckRating, GameKind, Offer

# Where the store keeps pictures, below their host.
_PICTURES = "/store_item_assets/"
_DOLLARS = "USD"
_DECK = {1: DeckRating.UNSUPPORTED, 2: DeckRating.PLAYABLE, 3: DeckRating.VERIFIED}
# How a game that is not out says when it will be: to the day, or less exactly.
_TO_THE_DAY = "date_full"
_WITH_A_YEAR = frozenset({_TO_THE_DAY, "date_month", "date_quarter", "date_year"})
_COMING_SOON = "Coming soon"
# A stamp after it (the year 2100) is no date, and neither is one before the first computer game.
_LAST_STAMP = 4_102_444_800
_MOST_CENTS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class StoreWords:
    """What the store's numbers stand for: names of tags and features by number, and the currency of prices.

    `currency` is empty where it is not known. What came before `currency_since` had another one; None is
    never.
    """

    tags: Mapping[int, str]
    features: Mapping[int, str]
    currency: str
    currency_since: datetime | None = None

    def currency_of(self, fetched_at: datetime) -> str:
        """Return the currency of the prices that came at a moment, empty where it is not known."""
        is_of_another = self.currency_since is not None and fetched_at < self.currency_since
        return "" if is_of_another else self.currency


class ItemCleaner:
    """Cleans items; what it does not know is counted in the differences."""

    def __init__(self, words: StoreWords, differences: Differences, media: str) -> None:
        """Clean with the store's words, and with the address of the host of its pictures."""
        self._words = words
        self._differences = differences
        self._media = media

    def clean(self, item: StoreItem, checked_at: datetime) -> CleanGame:
        """Return the clean row of an app that Steam knows."""
        kind = KINDS.get(item.type)
        if item.type not in KNOWN_TYPES:
            self._differences.note(f"store_items.type: unknown number {item.type}")
        basic, release = item.basic_info, item.release or Release()
        released, year, text = _release(item, release)
        summary = item.reviews.summary_filtered if item.reviews else None
        return CleanGame(
            id=item.id,
            title=clean_optional(item.name),
            listed=kind is not None,
            kind=kind or GameKind.SOFTWARE,
            publisher=next(iter(_names(basic.publishers)), None) if basic else None,
            release_date=released.date() if released else None,
            release_year=year,
            release_text=text,
            price_cents=self._price_in_dollars(item, checked_at),
            early_access=item.is_early_access or release.is_early_access,
            steam_rating=self._rating(summary),
            developers=_names(basic.developers) if basic else (),
            tags=tuple(dict.fromkeys(self._tags(item))),
            specs=tuple(dict.fromkeys(self._features(item))),
            page=self._page(item, summary, checked_at),
        )

    def _price_in_dollars(self, item: StoreItem, checked_at: datetime) -> int | None:
        option = item.best_purchase_option
        if option is None:
            return 0 if item.is_free else None
        return _list_price(option) if self._words.currency_of(checked_at) == _DOLLARS else None

    def _rating(self, summary: ReviewSummary | None) -> str | None:
        if summary is None:
            return None
        if summary.review_score not in KNOWN_RATINGS:
            self._differences.note(f"review_score: unknown number {summary.review_score}")
        return RATINGS.get(summary.review_score)

    def _tags(self, item: StoreItem) -> Iterator[str]:
        for number in item.tagids:
            name = self._words.tags.get(number)
            if name is None:
                self._differences.note("store_items.tagids: a number without a name")
            else:
                yield name

    def _features(self, item: StoreItem) -> Iterator[str]:
        for number in _feature_numbers(item):
            name = FEATURES.get(number) or self._words.features.get(number)
            if name is not None:
                yield name

    def _page(self, item: StoreItem, summary: ReviewSummary | None, checked_at: datetime) -> CleanStorePage:
        option, platforms, features = item.best_purchase_option, item.platforms, set(_feature_numbers(item))
        offer, offer_ends = _offer(item, checked_at)
        free = 0 if option is None and item.is_free else None
        languages, audio = self._languages(item)
        return CleanStorePage(
            short_description=clean_optional(item.basic_info.short_description) if item.basic_info else None,
            header_image=_picture(item, self._media),
            currency=self._words.currency_of(checked_at) or None,
            list_price_cents=free if option is None else _list_price(option),
            price_now_cents=free if option is None else _cents(option.final_price_in_cents),
            discount_percent=_percent(option.discount_pct) if option else free,
            discount_ends=_discount_end(option) if option else None,
            offer=offer,
            offer_ends=offer_ends,
            rating_percent=_percent(summary.percent_positive) if summary and summary.review_count else None,
            rating_count=_count(summary.review_count) if summary else None,
            on_windows=platforms.windows if platforms else None,
            on_mac=platforms.mac if platforms else None,
            on_linux=platforms.steamos_linux if platforms else None,
            deck_rating=_DECK.get(platforms.steam_deck_compat_category) if platforms else None,
            controller=_controller(features),
            family_sharing=FAMILY_SHARING in features if item.categories else None,
            languages=languages,
            audio_languages=audio,
            content_descriptors=tuple(
                number for number in dict.fromkeys(item.content_descriptorids) if _count(number) is not None
            ),
            checked_at=checked_at,
        )

    def _languages(self, item: StoreItem) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        if not item.supported_languages:
            return None, None
        for language in item.supported_languages:
            if language.elanguage not in LANGUAGES:
                self._differences.note(f"elanguage: unknown number {language.elanguage}")
        known = [entry for entry in item.supported_languages if entry.elanguage in LANGUAGES]
        texts = (LANGUAGES[entry.elanguage] for entry in known if entry.supported)
        audio = (LANGUAGES[entry.elanguage] for entry in known if entry.full_audio)
        return tuple(dict.fromkeys(texts)), tuple(dict.fromkeys(audio))


def expiry_of(item: StoreItem, now: datetime) -> int | None:
    """Return the next stamp from which on what an item says cannot be right: an offer's end, a release."""
    option = item.best_purchase_option
    stamps = [
        *(discount.discount_end_date for discount in (option.active_discounts if option else ())),
        option.free_to_keep_ends if option else 0,
        item.free_weekend.start_time if item.free_weekend else 0,
        item.free_weekend.end_time if item.free_weekend else 0,
        item.release.steam_release_date if item.release and _is_coming(item, item.release) else 0,
    ]
    return min((stamp for stamp in stamps if now.timestamp() < stamp < _LAST_STAMP), default=None)


def _names(entries: list[Named]) -> tuple[str, ...]:
    try:
        return clean_list([entry.name for entry in entries])
    except UnusableValue as error:
        return error.instead if isinstance(error.instead, tuple) else ()


def _is_coming(item: StoreItem, release: Release) -> bool:
    return item.is_coming_soon or release.is_coming_soon


def _release(item: StoreItem, release: Release) -> tuple[datetime | None, int | None, str | None]:
    """Return the day, the year, and the words for either: of what is older than Steam, the day back then."""
    day = _moment(release.steam_release_date)
    if _is_coming(item, release):
        text = clean_optional(release.custom_release_date_message) or _COMING_SOON
        says_year = day is not None and release.coming_soon_display in _WITH_A_YEAR
        year = day.year if day and says_year else None
        is_exact = release.coming_soon_display == _TO_THE_DAY
        return (day if is_exact else None), year, text
    original = _moment(release.original_release_date)
    days = [moment for moment in (day, original) if moment is not None]
    first = min(days, default=None)
    return first, first.year if first else None, first.date().isoformat() if first else None


def _list_price(option: PurchaseOption) -> int | None:
    original = _cents(option.original_price_in_cents)
    return _cents(option.final_price_in_cents) if original is None else original


def _discount_end(option: PurchaseOption) -> datetime | None:
    ends = [end for discount in option.active_discounts if (end := _moment(discount.discount_end_date))]
    return min(ends, default=None)


def _offer(item: StoreItem, now: datetime) -> tuple[Offer | None, datetime | None]:
    """Return why an app costs nothing, and until when: to keep goes before a weekend's playing."""
    option, weekend = item.best_purchase_option, item.free_weekend
    if option is not None and option.is_free_to_keep:
        return Offer.FREE_TO_KEEP, _moment(option.free_to_keep_ends)
    if weekend is not None and weekend.start_time <= now.timestamp() < weekend.end_time:
        return Offer.FREE_WEEKEND, _moment(weekend.end_time)
    if item.is_free_temporarily:
        return Offer.TEMPORARILY_FREE, None
    return (Offer.FREE_TO_PLAY, None) if item.is_free and option is None else (None, None)


def _picture(item: StoreItem, media: str) -> str | None:
    """Return the address of the wide picture as the answer makes it; newer ones have a digest in it."""
    assets = item.assets
    if assets is None or not assets.asset_url_format or not assets.header:
        return None
    address = assets.asset_url_format.replace("${FILENAME}", assets.header)
    return address if address.startswith(("https://", "http://")) else media + _PICTURES + address


def _feature_numbers(item: StoreItem) -> list[int]:
    found = item.categories
    if found is None:
        return []
    return [
        *found.supported_player_categoryids,
        *found.feature_categoryids,
        *found.controller_categoryids,
    ]


def _controller(features: set[int]) -> ControllerSupport | None:
    if FULL_CONTROLLER in features:
        return ControllerSupport.FULL
    return ControllerSupport.PARTIAL if PARTIAL_CONTROLLER in features else None


def _cents(amount: int | None) -> int | None:
    return amount if amount is not None and 0 <= amount <= _MOST_CENTS else None


def _count(number: int) -> int | None:
    return number if 0 <= number <= _MOST_CENTS else None


def _percent(number: int) -> int | None:
    return number if 0 <= number <= 100 else None


def _moment(stamp: int) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if 0 < stamp < _LAST_STAMP else None
