"""Cards about which games a person likes and which not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commands.core.cards.games import game_link
from commands.core.replies.card import Accent, Card
from localization.markdown import Markdown, escape_title, join, timestamp
from localization.translations import Translations
from store.results import GameRef

# How many of the lines that were not understood are named.
_MOST_UNKNOWN = 5


@dataclass(frozen=True, slots=True)
class GameOfTaste:
    """A game that a person likes, or does not, and since when that is known."""

    game: GameRef
    likes: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What has just changed: titles that are liked now, that are not, that are removed, and unknown names."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


NO_CHANGE = Change()


def taste_card(page: Sequence[GameOfTaste], count: int, change: Change, translations: Translations) -> Card:
    """Show some of the `count` games of a person's taste, after what has just changed."""
    lines = list(_changes(change, translations))
    if not count:
        lines.append(
            translations.gettext(
                "You have not said which games you like. {like} or 👍 under a game does; then suggestions are"
                " yours without a Steam account.",
                like=translations.command("taste"),
            )
        )
    if lines and page:
        lines.append(Markdown(""))
    return Card(
        accent=Accent.PLAYER,
        title=translations.gettext("Your taste"),
        lines=(*lines, *(_line(entry) for entry in page)),
        notes=(translations.gettext("What you do not like is never suggested"),),
    )


def noted(title: str, translations: Translations, *, likes: bool) -> Markdown:
    """Say that a game was noted, and where that is shown and undone."""
    name = escape_title(title)
    taste = translations.command("taste")
    if likes:
        return translations.gettext(
            "👍 {title} counts for you from now on. {taste} shows and removes it.", title=name, taste=taste
        )
    return translations.gettext(
        "👎 {title} is never suggested to you again. {taste} shows and removes it.", title=name, taste=taste
    )


def _changes(change: Change, translations: Translations) -> Sequence[Markdown]:
    lines = []
    if change.liked:
        lines.append(
            translations.gettext("Noted: you like {games}.", games=_listing(change.liked, translations))
        )
    if change.disliked:
        lines.append(
            translations.gettext(
                "Noted: you do not like {games}.", games=_listing(change.disliked, translations)
            )
        )
    if change.removed:
        lines.append(translations.gettext("Removed: {games}.", games=_listing(change.removed, translations)))
    if change.unknown:
        lines.append(
            translations.gettext(
                "Not found: {names}.", names=_listing(change.unknown[:_MOST_UNKNOWN], translations)
            )
        )
        left_out = len(change.unknown) - _MOST_UNKNOWN
        if left_out > 0:
            lines.append(
                translations.ngettext(
                    "{count} more line was not understood.",
                    "{count} more lines were not understood.",
                    left_out,
                )
            )
    return lines


def _listing(titles: Sequence[str], translations: Translations) -> Markdown:
    return translations.listing([escape_title(title, 100) for title in titles])


def _line(entry: GameOfTaste) -> Markdown:
    thumb = Markdown("👍" if entry.likes else "👎")
    return join([Markdown(f"{thumb} {game_link(entry.game)}"), timestamp(entry.since, "d")])
