"""Cards about genres."""

from commands.core.card import Card
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Texts
from store.results import GenreChampion, GenreTopYear, YearHours


def genre(champion: GenreChampion, top: GenreTopYear, texts: Texts, *, is_private: bool = False) -> Card:
    """Who played a genre most, by the release year of the games, and the year that everybody played most.

    Nothing is shown of a champion who is private.
    """
    everybody = texts.gettext(
        "Over all players, games released in {year} were played most: {hours}",
        year=bold(texts.year(top.year)),
        hours=texts.hours(top.hours),
    )
    notes = (texts.gettext("A game counts in full for each of its genres"),)
    if is_private:
        nobody = texts.gettext("Whoever has played most keeps that private.")
        return Card(title=escape(champion.genre), lines=(nobody, everybody), notes=notes)
    return Card(
        title=escape(champion.genre),
        lines=(
            texts.gettext(
                "{player} has played most: {hours}",
                player=bold(escape(champion.user_id)),
                hours=bold(texts.hours(champion.hours)),
            ),
            everybody,
            Markdown(""),
            texts.gettext("Hours of {player} by release year:", player=escape(champion.user_id)),
        ),
        rows=tuple(_year(entry, texts) for entry in champion.by_release_year),
        notes=notes,
    )


def _year(entry: YearHours, texts: Texts) -> Markdown:
    return join([bold(texts.year(entry.year)), texts.hours(entry.hours)])
