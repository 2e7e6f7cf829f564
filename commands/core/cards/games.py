"""How cards show a game."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from commands.core.replies.card import Picture
from localization.markdown import Markdown, escape_title, timestamp
from localization.translations import Translations
from store.models import Offer
from store.results import Choice, GameKind, GameRef, StorePage

# Discord's API refuses longer ones.
_LONGEST_ADDRESS = 2048


def store_page(game: GameRef) -> str:
    """Return the address of a game's page in the Steam store."""
    return f"https://store.steampowered.com/app/{game.id}/"


def game_link(game: GameRef) -> Markdown:
    """Return a game's title, leading to its page in the store."""
    return Markdown(f"[{escape_title(game.title)}]({store_page(game)})")


def header_art(game: GameRef, page: StorePage | None, translations: Translations) -> Picture | None:
    """Return the wide picture of a game's store page, if its address is known and Discord takes it."""
    if page is None or page.header_image is None or not _is_web_address(page.header_image):
        return None
    description = translations.gettext("Header art of {title}", title=escape_title(game.title))
    return Picture(page.header_image, description)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(address) <= _LONGEST_ADDRESS


def price_now(
    game: GameRef, page: StorePage | None, translations: Translations, now: datetime | None = None
) -> Markdown:
    """Return what a game costs now, with its discount; where that is unknown, or over by now, the list price.

    Empty where no price is known.
    """
    list_price = Markdown("") if game.price is None else translations.price(game.price)
    if page is None or page.price_now is None:
        return list_price
    # What may be played for a weekend costs meanwhile what it does otherwise.
    offer_ends = page.offer_ends if page.offer is not Offer.FREE_WEEKEND else None
    ends = [end for end in (page.discount_ends, offer_ends) if end is not None]
    if ends and min(ends) <= (now or datetime.now(UTC)):
        is_known = page.list_price is not None
        return translations.price(page.list_price, page.currency) if is_known else list_price
    price = translations.price(page.price_now, page.currency)
    if not page.discount_percent:
        return price
    off = translations.percent(-page.discount_percent)
    if page.list_price is None:
        return Markdown(f"{price} ({off})")
    before = translations.price(page.list_price, page.currency)
    # A line does not break within the brackets.
    return Markdown(f"{price} ({off},\N{NO-BREAK SPACE}~~{before}~~)")


def offer_now(page: StorePage | None, translations: Translations, now: datetime | None = None) -> Markdown:
    """Until when the price now holds, and what a free game is free for; empty where that says nothing."""
    now = now or datetime.now(UTC)
    if page is None:
        return Markdown("")
    if page.offer in _SAID_OF_OFFERS and (page.offer_ends is None or page.offer_ends > now):
        return _SAID_OF_OFFERS[page.offer](page.offer_ends, translations)
    if not page.discount_percent or page.discount_ends is None or page.discount_ends <= now:
        return Markdown("")
    return translations.gettext("until {moment}", moment=timestamp(page.discount_ends))


def _to_keep(ends: datetime | None, translations: Translations) -> Markdown:
    if ends is None:
        return translations.gettext("free to keep for now")
    return translations.gettext("free to keep, until {moment}", moment=timestamp(ends))


def _to_play(ends: datetime | None, translations: Translations) -> Markdown:
    if ends is None:
        return translations.gettext("free to play for now, not to keep")
    return translations.gettext("free to play until {moment}, not to keep", moment=timestamp(ends))


_SAID_OF_OFFERS = {
    Offer.FREE_TO_KEEP: _to_keep,
    Offer.FREE_WEEKEND: _to_play,
    Offer.TEMPORARILY_FREE: _to_play,
}


def release_year(game: GameRef, translations: Translations) -> Markdown:
    """Return the year that a game was released in, marked where no day is known."""
    year = translations.year(game.release_year)
    return translations.gettext("{year}, no exact date", year=year) if game.year_only else year


def kind_name(kind: GameKind, translations: Translations) -> Markdown:
    """Return what an app is, in words."""
    names = {
        GameKind.GAME: translations.gettext("game"),
        GameKind.DLC: translations.gettext("add-on"),
        GameKind.SOUNDTRACK: translations.gettext("soundtrack"),
        GameKind.DEMO: translations.gettext("demo"),
        GameKind.BETA: translations.gettext("beta"),
        GameKind.SOFTWARE: translations.gettext("software"),
        GameKind.VIDEO: translations.gettext("video"),
        GameKind.MOD: translations.gettext("mod"),
    }
    return names[kind]


def notes_in_words(found: Sequence[Choice], translations: Translations) -> tuple[Choice, ...]:
    """Return choices whose notes say in the reader's words what kind of app each is."""
    return tuple(
        replace(
            choice,
            notes=tuple(
                kind_name(note, translations) if isinstance(note, GameKind) else note for note in choice.notes
            ),
        )
        for choice in found
    )
