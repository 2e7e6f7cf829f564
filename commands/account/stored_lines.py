"""Lines about what is stored of a person, which cards of a linked player and of an own library share."""

from datetime import datetime

from localization.markdown import Markdown, timestamp
from localization.translations import Translations


def linked_line(moment: datetime, translations: Translations) -> Markdown:
    """Since when the link is there."""
    return translations.gettext("Linked {moment}", moment=timestamp(moment, "R"))


def hidden_and_tastes(hidden_games: int, tastes: int, translations: Translations) -> list[Markdown]:
    """Return how many games are hidden, and how many rated, each with where they are shown."""
    lines = []
    if hidden_games:
        lines.append(
            translations.ngettext(
                "{count} hidden game; {hidden} shows it",
                "{count} hidden games; {hidden} shows them",
                hidden_games,
                hidden=translations.command("hidden"),
            )
        )
    if tastes:
        lines.append(
            translations.ngettext(
                "{count} game of your taste; {taste} shows it",
                "{count} games of your taste; {taste} shows them",
                tastes,
                taste=translations.command("taste"),
            )
        )
    return lines


def how_to_undo(translations: Translations) -> Markdown:
    """Return where what is stored is shown, and how it is erased."""
    return translations.gettext(
        "{me} shows your data, {unlink} removes the link, {forget} erases everything about you.",
        me=translations.command("me"),
        unlink=translations.command("unlink"),
        forget=translations.command("forget-me"),
    )
