"""Rankings that several cards show."""

from commands.core.counts import reviews
from localization.markdown import Markdown, bold, escape, join
from localization.translations import Translations
from store.results import DeveloperRanking


def developer_ranking(ranking: DeveloperRanking, translations: Translations) -> tuple[Markdown, ...]:
    """One line a place: rank, developer, and the reviews that count."""
    return tuple(
        join(
            [
                Markdown(f"{bold(Markdown(f'{entry.rank}.'))} {escape(entry.developer)}"),
                reviews(entry.recommendations, translations),
            ]
        )
        for entry in ranking
    )
