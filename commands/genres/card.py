"""Cards about genres."""

from dataclasses import dataclass

from commands.core.cards.described import described
from commands.core.cards.games import game_link
from commands.core.cards.rankings import places, recommended_by
from commands.core.replies.card import Card
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import GenreChampion, GenreTopYear, TopGame, YearHours
from store.visibility import Visibility

_OF_EVERYBODY = Visibility(frozenset())
# How many of the champion's years are shown.
_YEARS = 3


@dataclass(frozen=True, slots=True)
class Played:
    """Who played a genre most, and the release year that everybody played most."""

    champion: GenreChampion
    top: GenreTopYear


@dataclass(frozen=True, slots=True)
class GenreFacts:
    """The best games of a genre or tag, and what is played of it.

    Who played it most is known of a genre (`played`), of a tag its games played most. `guessed` tells whether
    that it was asked for is a guess.
    """

    genre: str
    guessed: bool
    best: tuple[TopGame, ...]
    most_played: tuple[TopGame, ...] = ()
    played: Played | None = None


def genre(found: GenreFacts, translations: Translations, *, visibility: Visibility = _OF_EVERYBODY) -> Card:
    """Show the best games of a genre, the year of it that was played most, and the most that anybody played.

    Of a tag: its best games, and those played most. Nothing is shown of a champion who may not be shown, and
    nobody is named by a mere number.
    """
    best = places((game_link(entry.game), recommended_by(entry, translations)) for entry in found.best)
    return Card(
        title=described(found.genre, translations),
        lines=(*best, Markdown(""), *_played(found, visibility, translations)),
    )


def _played(found: GenreFacts, visibility: Visibility, translations: Translations) -> tuple[Markdown, ...]:
    if found.played is None:
        hours = ((entry.game, entry.hours) for entry in found.most_played if entry.hours is not None)
        most = places((game_link(game), translations.hours(played)) for game, played in hours)
        return (bold(translations.gettext("Games played most")), *most) if most else ()
    return (
        translations.gettext(
            "Most played: games of {year} ({hours} in all)",
            year=bold(translations.year(found.played.top.year)),
            hours=translations.hours(found.played.top.hours),
        ),
        *_record(found.played.champion, visibility, translations),
    )


def _record(
    champion: GenreChampion, visibility: Visibility, translations: Translations
) -> tuple[Markdown, ...]:
    if visibility.hides(champion.user_id):
        return (
            translations.gettext("Whoever has played most keeps that private.")
            if visibility.is_known
            else translations.gettext("Whoever has played most is not named just now."),
        )
    hours = bold(translations.hours(champion.hours))
    most = sorted(champion.by_release_year, key=lambda entry: -entry.hours)[:_YEARS]
    return (
        translations.gettext("Record of one player: {hours}", hours=hours)
        if champion.user_id.isdecimal()
        else translations.gettext(
            "Record: {hours}, by {player}", hours=hours, player=escape(champion.user_id)
        ),
        translations.gettext(
            "Mostly in games of {years}", years=join([_year(entry, translations) for entry in most])
        ),
    )


def _year(entry: YearHours, translations: Translations) -> Markdown:
    hours = translations.hours(entry.hours)
    return translations.gettext("{year}: {hours}", year=translations.year(entry.year), hours=hours)
