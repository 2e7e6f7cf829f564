"""A card about the games that a person hid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.core.cards.games import game_link
from commands.core.replies.card import Accent, Card
from localization.markdown import Markdown, escape_title, join, timestamp
from localization.translations import Translations
from store.results import GameRef


@dataclass(frozen=True, slots=True)
class Hidden:
    """A game that a person hid, and when."""

    game: GameRef
    since: datetime


def hidden_games(
    page: Sequence[Hidden], count: int, brought_back: Sequence[str], translations: Translations
) -> Card:
    """Show some of the `count` games that a person hid, after saying which were brought back just now."""
    lines = []
    if brought_back:
        titles = translations.listing([escape_title(title) for title in brought_back])
        lines.append(translations.gettext("May be suggested to you again: {games}.", games=titles))
    if not count:
        lines.append(
            translations.gettext(
                "You have hidden no game. “{button}” under a suggestion hides one.",
                button=translations.gettext("Not for me"),
            )
        )
    return Card(
        accent=Accent.PLAYER,
        title=translations.gettext("Games hidden from you"),
        lines=(*lines, *(_line(entry) for entry in page)),
    )


def _line(entry: Hidden) -> Markdown:
    return join([game_link(entry.game), timestamp(entry.since, "d")])
