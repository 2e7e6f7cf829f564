"""Counts that several cards show."""

from localization.markdown import Markdown
from localization.translations import Texts


def reviews(count: int, texts: Texts) -> Markdown:
    """'1 review', '2 reviews'."""
    return texts.ngettext("{count} review", "{count} reviews", count)


def players(count: int, texts: Texts) -> Markdown:
    """'1 player', '2 players'."""
    return texts.ngettext("{count} player", "{count} players", count)


def owners(count: int, texts: Texts) -> Markdown:
    """The same, where none means that the libraries lack the game rather than that nobody has it."""
    return players(count, texts) if count else texts.gettext("nobody in these data")


def games(count: int, texts: Texts) -> Markdown:
    """'1 game', '2 games'."""
    return texts.ngettext("{count} game", "{count} games", count)
