"""What the state of the data says of what people stored."""

from dataclasses import replace

from commands.core.replies.card import Card
from localization.markdown import bold
from localization.translations import Translations


def with_user_data_problem(card: Card, problem: str | None, translations: Translations) -> Card:
    """Say first that what people stored cannot be used, if so; the reason names files of the machine."""
    if problem is None:
        return card
    line = bold(
        translations.gettext(
            "What people stored cannot be used, so no player is shown; `nextplay doctor` says what to do."
        )
    )
    return replace(card, lines=(line, *card.lines))
