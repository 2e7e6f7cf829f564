"""Counts that several cards show."""

from localization.markdown import Markdown
from localization.translations import Translations


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
