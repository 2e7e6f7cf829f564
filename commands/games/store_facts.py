"""What the store's page says of a game, in few words."""

from commands.core.cards.counts import part_of_reviews
from localization.markdown import Markdown, bold, escape, join, timestamp
from localization.translations import Translations
from store.models import DeckRating
from store.results import GameCard, StorePage


def platforms(page: StorePage | None, translations: Translations) -> Markdown:
    """Return what the game runs on, with Valve's word on the Steam Deck."""
    if page is None:
        return Markdown("")
    deck = {
        DeckRating.VERIFIED: translations.gettext("Deck: verified"),
        DeckRating.PLAYABLE: translations.gettext("Deck: playable"),
        DeckRating.UNSUPPORTED: translations.gettext("Deck: no"),
    }
    on_deck = Markdown("") if page.deck_rating is None else deck[page.deck_rating]
    return join([Markdown(", ".join(page.platforms)), on_deck])


def playing_now(page: StorePage | None, translations: Translations) -> Markdown:
    """Return how many play the game, as of when Steam was asked last."""
    if page is None or page.players_now is None or page.players_counted_at is None:
        return Markdown("")
    counted = timestamp(page.players_counted_at, "R")
    players = bold(translations.number(page.players_now))
    return translations.gettext("{players}, counted {when}", players=players, when=counted)


def steam_rating(card: GameCard, translations: Translations) -> Markdown:
    """Steam's own rating, in words and in numbers, and Metacritic's score."""
    words = Markdown("") if card.steam_rating is None else bold(_in_words(card.steam_rating, translations))
    score = (
        Markdown("")
        if card.metascore is None
        else translations.gettext("Metascore {score}", score=bold(translations.number(card.metascore)))
    )
    return join([words, _share(card.page, translations), score], "\n")


def _share(page: StorePage | None, translations: Translations) -> Markdown:
    if page is None or page.rating_percent is None:
        return Markdown("")
    if not page.rating_count:
        return bold(translations.percent(page.rating_percent))
    positive = page.rating_percent * page.rating_count / 100
    return part_of_reviews(positive, page.rating_count, translations, is_bold=True)


def _in_words(rating: str, translations: Translations) -> Markdown:
    words = {
        "Overwhelmingly Positive": translations.gettext("Overwhelmingly positive"),
        "Very Positive": translations.gettext("Very positive"),
        "Positive": translations.gettext("Positive"),
        "Mostly Positive": translations.gettext("Mostly positive"),
        "Mixed": translations.gettext("Mixed"),
        "Mostly Negative": translations.gettext("Mostly negative"),
        "Negative": translations.gettext("Negative"),
        "Very Negative": translations.gettext("Very negative"),
        "Overwhelmingly Negative": translations.gettext("Overwhelmingly negative"),
    }
    return words.get(rating, escape(rating))
