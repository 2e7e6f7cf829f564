"""What the state of the data says of a store that is published elsewhere."""

from dataclasses import replace
from datetime import datetime

from commands.core.replies.card import Card, Field
from commands.core.services.published import PublishedState
from localization.markdown import Markdown, bold, escape, timestamp
from localization.translations import Translations

# How much of the reason of a failure is shown.
_REASON = 400


def with_published(card: Card, state: PublishedState | None, translations: Translations) -> Card:
    """Say which published store serves, and how the last look for a newer one ended, if it is one."""
    if state is None:
        return card
    lines = [
        translations.gettext("published {moment}", moment=_moment(state.published_at, translations)),
        translations.gettext(
            "last looked for a newer one {moment}", moment=_moment(state.looked_at, translations)
        ),
    ]
    if state.problem is not None:
        lines.append(bold(translations.gettext("No newer one can be served.")))
        lines.extend([escape(state.problem, _REASON)] if state.problem else [])
    field = Field(translations.gettext("Published elsewhere"), Markdown("\n".join(lines)))
    return replace(card, fields=(*card.fields, field))


def with_look(card: Card, state: PublishedState | None, translations: Translations) -> Card:
    """Say of a refresh that it reads nothing itself, where the store is published elsewhere."""
    if state is None:
        return card
    line = translations.gettext("The data are published elsewhere; the newest of them are looked for.")
    return replace(card, lines=(*card.lines, line))


def _moment(moment: datetime | None, translations: Translations) -> Markdown:
    return translations.gettext("never") if moment is None else timestamp(moment, "R")
