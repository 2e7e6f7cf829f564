"""Rankings that several cards show."""

from collections.abc import Iterable

from commands.core.cards.counts import part_of_reviews, reviews
from commands.core.cards.games import game_link
from localization.markdown import Markdown, bold, escape, join, unbroken
from localization.translations import Translations
from store.results import (
    ClearReviews,
    DeveloperRanking,
    DeveloperShare,
    GameRanking,
    GameShare,
    LovedGame,
    TopGame,
)


def developer_ranking(ranking: DeveloperRanking, translations: Translations) -> tuple[Markdown, ...]:
    """Return a line per place: rank, developer, and the reviews that count."""
    return places(
        (escape(entry.developer), reviews(entry.recommendations, translations)) for entry in ranking
    )


def game_ranking(ranking: GameRanking, translations: Translations) -> tuple[Markdown, ...]:
    """Return a line per place: rank, game, and the reviews that count."""
    return places((game_link(entry.game), reviews(entry.recommendations, translations)) for entry in ranking)


def developer_shares(found: Iterable[DeveloperShare], translations: Translations) -> tuple[Markdown, ...]:
    """Return a line per place: rank, developer, and the share that recommends its games."""
    return places((escape(entry.developer), _share(entry.reviews, translations)) for entry in found)


def game_shares(found: Iterable[GameShare], translations: Translations) -> tuple[Markdown, ...]:
    """Return a line per place: rank, game, and the share that recommends it."""
    return places((game_link(entry.game), _share(entry.reviews, translations)) for entry in found)


def best_games(found: Iterable[LovedGame], translations: Translations) -> tuple[Markdown, ...]:
    """Return a line per place: rank, game, and the share of reviews that recommend it, where it has any."""
    return places((game_link(entry.game), recommended_by(entry, translations)) for entry in found)


def recommended_by(entry: LovedGame | TopGame, translations: Translations) -> Markdown:
    """Return how many of its reviews recommend a game; nothing where nobody reviewed it."""
    if not entry.reviews:
        return Markdown("")
    return unbroken(part_of_reviews(entry.recommended, entry.reviews, translations))


def places(entries: Iterable[tuple[Markdown, Markdown]]) -> tuple[Markdown, ...]:
    """Return a line per place: rank, what holds it, and the figure that it goes by."""
    return tuple(
        join([Markdown(f"{bold(Markdown(f'{rank}.'))} {name}"), figure])
        for rank, (name, figure) in enumerate(entries, start=1)
    )


def _share(found: ClearReviews, translations: Translations) -> Markdown:
    return unbroken(part_of_reviews(found.liked, found.total, translations))
