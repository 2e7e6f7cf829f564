"""The chart of a player's library by genre."""

from sqlalchemy.orm import Session

from charts.labels import alt, filename, plain, whole_hours
from charts.specs import HorizontalBar, HorizontalBarChart, Spec
from commands.core.cards.described import in_chart
from localization.markdown import Markdown, join
from localization.translations import Translations
from store import queries
from store.results import GenreShare, LibraryByGenre, UserData

_MOST_GENRES = 8
_IN_WORDS = 3


def library_chart(session: Session, data: UserData, translations: Translations) -> Spec | None:
    """Return the chart of a player's library by genre; None if no game of it was played."""
    found = queries.library_by_genre(session, data.user_id)
    return library_by_genre(found, translations) if found.genres and found.hours else None


def library_by_genre(library: LibraryByGenre, translations: Translations) -> HorizontalBarChart:
    """Show the genres with most hours, with hours and games of each. The library needs a genre at least."""
    assert library.games is not None
    assert library.hours is not None
    shown = library.genres[:_MOST_GENRES]
    player = plain(library.user_id)
    games = translations.ngettext("{count} game", "{count} games", library.games)
    hours = whole_hours(library.hours, translations)
    return HorizontalBarChart(
        title=translations.gettext("Library of {player} by genre", player=player),
        subtitle=join([games, hours, translations.gettext("each game in all its genres")]),
        alt=alt(
            translations.gettext(
                "Bar chart: library of {player}, {games}, {hours}.",
                player=player,
                games=games,
                hours=hours,
            ),
            translations.gettext(
                "Most played: {genres}.",
                genres=translations.listing([_in_words(entry, translations) for entry in shown[:_IN_WORDS]]),
            ),
        ),
        filename=filename("library", library.user_id),
        bars=tuple(
            HorizontalBar(in_chart(entry.genre, translations), entry.hours, _figures(entry, translations))
            for entry in shown
        ),
    )


def _figures(entry: GenreShare, translations: Translations) -> Markdown:
    hours = whole_hours(entry.hours, translations)
    games = translations.ngettext("{count} game", "{count} games", entry.games)
    return join([hours, games])


def _in_words(entry: GenreShare, translations: Translations) -> Markdown:
    return Markdown(f"{in_chart(entry.genre, translations)} ({_figures(entry, translations)})")
