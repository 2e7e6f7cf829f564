"""The card of a game shows its store page, where one is known."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from commands.core.cards.games import header_art, offer_now, price_now
from commands.games.card import game
from localization.translations import Translations
from store.models import DeckRating, Offer
from store.results import StorePage
from tests.commands.test_cards import CARD, PORTAL

TEXTS = Translations()
PAGE = StorePage(
    short_description="Cake.",
    header_image="https://art.example/400.jpg",
    currency="EUR",
    list_price=Decimal("9.75"),
    price_now=Decimal("2.43"),
    discount_percent=75,
    rating_percent=98,
    rating_count=1_234,
    platforms=("Windows", "Linux"),
    deck_rating=DeckRating.VERIFIED,
)


def fields(card: object) -> dict[str, str]:
    return {field.name: field.value for field in card.fields}  # type: ignore[attr-defined]


def test_the_store_page_gives_art_description_price_now_and_platforms() -> None:
    card = game(replace(CARD, page=PAGE, metascore=90, steam_rating="Very Positive"), TEXTS)
    assert card.image is not None
    assert card.image.url == "https://art.example/400.jpg"
    assert card.lines[:2] == ("Cake.", "October 10, 2007\xa0· **€2.43 (-75%,\N{NO-BREAK SPACE}~~€9.75~~)**")
    assert fields(card)["On Steam"] == "**Very positive**\n**98%** of 1,234\xa0reviews\nMetascore **90**"
    assert fields(card)["Runs on"] == "Windows, Linux\xa0· Deck: verified"


def test_without_a_store_page_there_is_no_art_and_the_list_price() -> None:
    card = game(CARD, TEXTS)
    assert card.image is None
    assert card.lines[0] == "October 10, 2007\xa0· **$9.99**"
    assert "On Steam" not in fields(card)
    assert "Runs on" not in fields(card)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (StorePage(), "$9.99"),
        (StorePage(price_now=Decimal(0)), "free"),
        (StorePage(price_now=Decimal(5), currency="USD", discount_percent=0), "$5.00"),
        (StorePage(price_now=Decimal(5), currency="USD", discount_percent=50), "$5.00 (-50%)"),
    ],
)
def test_a_price_that_is_not_known_is_not_made_up(page: StorePage, said: str) -> None:
    assert price_now(PORTAL, page, TEXTS) == said


@pytest.mark.parametrize(("list_price", "said"), [(Decimal("9.75"), "€9.75"), (None, "$9.99")])
def test_a_discount_that_is_over_is_not_shown(list_price: Decimal | None, said: str) -> None:
    ended = replace(PAGE, list_price=list_price, discount_ends=datetime(2026, 1, 1, tzinfo=UTC))
    assert price_now(PORTAL, ended, TEXTS, datetime(2026, 1, 2, tzinfo=UTC)) == said
    assert "€2.43" in price_now(PORTAL, ended, TEXTS, datetime(2025, 12, 31, tzinfo=UTC))


def test_how_many_play_is_told_with_its_age() -> None:
    counted = replace(PAGE, players_now=1_234, players_counted_at=datetime(2026, 1, 3, tzinfo=UTC))
    card = game(replace(CARD, page=counted), TEXTS)
    assert fields(card)["Playing now"] == "**1,234**, counted <t:1767398400:R>"
    assert "Playing now" not in fields(game(replace(CARD, page=PAGE), TEXTS))


NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER, EARLIER = datetime(2026, 1, 3, tzinfo=UTC), datetime(2025, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (StorePage(), ""),
        (StorePage(discount_percent=50), ""),
        (StorePage(discount_percent=50, discount_ends=LATER), "until <t:1767398400:f>"),
        (StorePage(discount_percent=50, discount_ends=EARLIER), ""),
        (StorePage(offer=Offer.FREE_TO_PLAY), ""),
        (StorePage(offer=Offer.FREE_TO_KEEP, offer_ends=LATER), "free to keep, until <t:1767398400:f>"),
        (StorePage(offer=Offer.FREE_TO_KEEP), "free to keep for now"),
        (
            StorePage(offer=Offer.FREE_WEEKEND, offer_ends=LATER),
            "free to play until <t:1767398400:f>, not to keep",
        ),
        (StorePage(offer=Offer.TEMPORARILY_FREE), "free to play for now, not to keep"),
        (StorePage(offer=Offer.FREE_WEEKEND, offer_ends=EARLIER), ""),
        (
            StorePage(offer=Offer.FREE_WEEKEND, offer_ends=EARLIER, discount_percent=50, discount_ends=LATER),
            "until <t:1767398400:f>",
        ),
    ],
)
def test_an_offer_is_told_with_its_end_and_with_what_is_kept(page: StorePage, said: str) -> None:
    assert offer_now(page, TEXTS, NOW) == said


def test_the_end_of_a_free_weekend_does_not_end_a_discount() -> None:
    page = replace(PAGE, offer=Offer.FREE_WEEKEND, offer_ends=EARLIER, discount_ends=LATER)
    assert "€2.43" in price_now(PORTAL, page, TEXTS, NOW)


@pytest.mark.parametrize("address", [None, "", "art.jpg", "javascript:x", "http://", "http://[", "ftp://a/b"])
def test_an_address_that_discord_would_refuse_costs_the_picture_alone(address: str | None) -> None:
    assert header_art(PORTAL, StorePage(header_image=address), TEXTS) is None
