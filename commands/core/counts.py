"""Counts that several cards show."""

from localization.markdown import Markdown
from localization.translations import Translations
from store.results import SentimentCounts


def reviews(count: int, translations: Translations) -> Markdown:
    """'1 review', '2 reviews'."""
    return translations.ngettext("{count} review", "{count} reviews", count)


def players(count: int, translations: Translations) -> Markdown:
    """'1 player', '2 players'."""
    return translations.ngettext("{count} player", "{count} players", count)


def owners(count: int, translations: Translations) -> Markdown:
    """The same, where none means that the libraries lack the game rather than that nobody has it."""
    return players(count, translations) if count else translations.gettext("nobody in these data")


def games(count: int, translations: Translations) -> Markdown:
    """'1 game', '2 games'."""
    return translations.ngettext("{count} game", "{count} games", count)


def tone(counts: SentimentCounts, translations: Translations) -> Markdown:
    """One line: how many reviews are positive, neutral and negative in tone."""
    return translations.gettext(
        "{positive} positive, {neutral} neutral, {negative} negative in tone",
        positive=translations.number(counts.positive),
        neutral=translations.number(counts.neutral),
        negative=translations.number(counts.negative),
    )
