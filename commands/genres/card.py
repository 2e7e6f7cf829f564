"""Cards about genres."""

from dataclasses import dataclass

from commands.core.card import Card
from commands.core.games import game_link
from commands.core.rankings import places, recommended_by
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import GenreChampion, GenreTopYear, TopGame, YearHours
from store.visibility import Visibility

_OF_EVERYBODY = Visibility(frozenset())
# How many of the champion's years are shown.
_YEARS = 3


@dataclass(frozen=True, slots=True)
class GenreFacts:
    """A genre's best games, who played it most, and the release year that everybody played most."""

    best: tuple[TopGame, ...]
    champion: GenreChampion
    top: GenreTopYear


def genre(found: GenreFacts, translations: Translations, *, visibility: Visibility = _OF_EVERYBODY) -> Card:
    """The best games of a genre, the year of it that was played most, and the most that anybody played.

    Nothing is shown of a champion who may not be shown, and nobody is named by a mere number.
    """
    best = places((game_link(entry.game), recommended_by(entry, translations)) for entry in found.best)
    return Card(
        title=escape(found.champion.genre),
        lines=(
            *best,
            Markdown(""),
            translations.gettext(
                "Most played: games of {year} ({hours} of all players)",
                year=bold(translations.year(found.top.year)),
                hours=translations.hours(found.top.hours),
            ),
            *_record(found.champion, visibility, translations),
        ),
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
        translations.gettext("of which {years}", years=join([_year(entry, translations) for entry in most])),
    )


def _year(entry: YearHours, translations: Translations) -> Markdown:
    hours = translations.hours(entry.hours)
    return translations.gettext("{year}: {hours}", year=translations.year(entry.year), hours=hours)
