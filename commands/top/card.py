"""The card of a list of games, best first."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.core.cards.counts import part_of_reviews, players, unknown
from commands.core.cards.filters_line import filters_line
from commands.core.cards.games import game_link
from commands.core.cards.rankings import recommended_by
from commands.core.replies.card import Card
from localization.markdown import Markdown, bold, join, unbroken
from localization.translations import Translations
from store.queries import Filters
from store.results import StorePage, TopBy, TopGame, TopGames


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of games, and the store pages that it goes by, by app id."""

    top: TopGames
    pages: Mapping[int, StorePage]


def top_games(listed: Listed, filters: Filters, translations: Translations) -> Card:
    """Show the games of a list by place, with what they are ranked by and the filters that they meet."""
    found = listed.top
    titles = {
        TopBy.RECOMMENDED: translations.gettext("Most recommended games"),
        TopBy.GEMS: translations.gettext("Hidden gems"),
        TopBy.HOURS: translations.gettext("Games played most"),
        TopBy.OWNERS: translations.gettext("Most owned games"),
    }
    year = (
        translations.gettext("released in {year}", year=translations.year(found.year))
        if found.year
        else Markdown("")
    )
    head = join([filters_line(filters, translations), year])
    none = (
        translations.gettext("No game fits all of this; loosen or drop one of the filters.")
        if head
        else translations.gettext("No game fits this.")
    )
    nothing = () if found.games else (none,)
    return Card(
        title=titles[found.by],
        lines=(*((head, Markdown("")) if head else ()), *nothing),
        rows=tuple(
            _place(entry, found.by, listed.pages.get(entry.game.id), translations) for entry in found.games
        ),
        notes=_notes(found, translations),
    )


def _place(entry: TopGame, by: TopBy, page: StorePage | None, translations: Translations) -> Markdown:
    recommended = recommended_by(entry, translations)
    # Some games are reviewed by many and in no library of the data.
    owners = players(entry.owners, translations) if entry.owners else Markdown("")
    hours = unknown(translations) if entry.hours is None else translations.hours(entry.hours)
    facts = {
        TopBy.RECOMMENDED: (recommended, owners),
        TopBy.GEMS: (_rated_on_steam(page, translations) or recommended, owners),
        TopBy.HOURS: (hours, owners),
        TopBy.OWNERS: (owners, recommended),
    }
    rank = bold(Markdown(f"{entry.rank}."))
    return join([Markdown(f"{rank} {game_link(entry.game)}"), *facts[by]])


def _rated_on_steam(page: StorePage | None, translations: Translations) -> Markdown:
    """Steam's own rating; empty where it is not known."""
    if page is None or page.rating_percent is None or not page.rating_count:
        return Markdown("")
    positive = page.rating_percent * page.rating_count / 100
    return translations.gettext(
        "{part} on Steam", part=unbroken(part_of_reviews(positive, page.rating_count, translations))
    )


def _notes(found: TopGames, translations: Translations) -> tuple[str, ...]:
    if found.most_owners is None:
        return ()
    return (
        translations.gettext("Owned by {players} at most", players=players(found.most_owners, translations)),
    )
