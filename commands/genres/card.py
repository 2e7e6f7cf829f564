"""Cards about genres."""

from commands.core.card import Card
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import GenreChampion, GenreTopYear, YearHours
from store.visibility import Visibility

_OF_EVERYBODY = Visibility(frozenset())


def genre(
    champion: GenreChampion,
    top: GenreTopYear,
    translations: Translations,
    *,
    visibility: Visibility = _OF_EVERYBODY,
) -> Card:
    """Who played a genre most, by the release year of the games, and the year that everybody played most.

    Nothing is shown of a champion who may not be shown.
    """
    everybody = translations.gettext(
        "Over all players, games released in {year} were played most: {hours}",
        year=bold(translations.year(top.year)),
        hours=translations.hours(top.hours),
    )
    notes = (translations.gettext("A game counts in full for each of its genres"),)
    if visibility.hides(champion.user_id):
        nobody = (
            translations.gettext("Whoever has played most keeps that private.")
            if visibility.is_known
            else translations.gettext("Whoever has played most is not named just now.")
        )
        return Card(title=escape(champion.genre), lines=(nobody, everybody), notes=notes)
    return Card(
        title=escape(champion.genre),
        lines=(
            translations.gettext(
                "{player} has played most: {hours}",
                player=bold(escape(champion.user_id)),
                hours=bold(translations.hours(champion.hours)),
            ),
            everybody,
            Markdown(""),
            translations.gettext("Hours of {player} by release year:", player=escape(champion.user_id)),
        ),
        rows=tuple(_year(entry, translations) for entry in champion.by_release_year),
        notes=notes,
    )


def _year(entry: YearHours, translations: Translations) -> Markdown:
    return join([bold(translations.year(entry.year)), translations.hours(entry.hours)])
