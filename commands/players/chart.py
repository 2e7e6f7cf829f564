"""Charts of a person's own library."""

from charts.labels import alt, filename, plain, whole_hours
from charts.specs import HorizontalBar, HorizontalBarChart
from localization.markdown import Markdown, join
from localization.translations import Texts
from store.results import GenreShare, LibraryByGenre

_MOST_GENRES = 8
_IN_WORDS = 3


def library_by_genre(library: LibraryByGenre, texts: Texts) -> HorizontalBarChart:
    """Show the genres with most hours, with hours and games of each. The library needs a genre at least."""
    shown = library.genres[:_MOST_GENRES]
    player = plain(library.user_id)
    games = texts.ngettext("{count} game", "{count} games", library.games)
    hours = whole_hours(library.hours, texts)
    return HorizontalBarChart(
        title=texts.gettext("Library of {player} by genre", player=player),
        subtitle=join([games, hours, texts.gettext("each game in all its genres")]),
        alt=alt(
            texts.gettext(
                "Bar chart: library of {player}, {games}, {hours}.",
                player=player,
                games=games,
                hours=hours,
            ),
            texts.gettext(
                "Most played: {genres}.",
                genres=texts.listing([_in_words(entry, texts) for entry in shown[:_IN_WORDS]]),
            ),
        ),
        filename=filename("library", library.user_id),
        bars=tuple(HorizontalBar(plain(entry.genre), entry.hours, _figures(entry, texts)) for entry in shown),
    )


def _figures(entry: GenreShare, texts: Texts) -> Markdown:
    hours = whole_hours(entry.hours, texts)
    games = texts.ngettext("{count} game", "{count} games", entry.games)
    return join([hours, games])


def _in_words(entry: GenreShare, texts: Texts) -> Markdown:
    return Markdown(f"{plain(entry.genre)} ({_figures(entry, texts)})")
