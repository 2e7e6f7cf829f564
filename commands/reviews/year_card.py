"""The card of a year of reviews."""

from dataclasses import dataclass

from commands.core.card import Card, Field
from commands.core.counts import date_notes, reviews, unjudged_notes
from commands.core.games import game_link
from commands.core.rankings import developer_ranking
from commands.reviews.card import sentiment_fields
from localization.markdown import Markdown, bold, join
from localization.translations import Translations
from store.results import DeveloperRanking, GameRanking, SentimentCounts


@dataclass(frozen=True, slots=True)
class YearOfReviews:
    """What the reviews posted in a year say."""

    year: int
    tone: SentimentCounts
    most_recommended: GameRanking
    least_recommended: GameRanking
    worst_developers: DeveloperRanking


def year_card(of: YearOfReviews, translations: Translations) -> Card:
    """The games and developers that the reviews of a year praise and pan."""
    nobody = translations.gettext("no review says so")
    rankings = (
        (translations.gettext("Most recommended games"), _places(of.most_recommended, translations)),
        (translations.gettext("Least recommended games"), _places(of.least_recommended, translations)),
        (
            translations.gettext("Least recommended developers"),
            developer_ranking(of.worst_developers, translations),
        ),
    )
    return Card(
        title=translations.gettext("Reviews posted in {year}", year=translations.year(of.year)),
        lines=(reviews(of.tone.total, translations),),
        fields=(
            *sentiment_fields(of.tone, translations),
            *(Field(name, Markdown("\n".join(places)) if places else nobody) for name, places in rankings),
        ),
        notes=(
            translations.gettext(
                "Most: recommended and not negative in tone. Least: not recommended and negative in tone"
            ),
            *unjudged_notes(of.tone, translations),
            *date_notes(of.tone.dates, translations),
        ),
    )


def _places(ranking: GameRanking, translations: Translations) -> tuple[Markdown, ...]:
    return tuple(
        join(
            [
                Markdown(f"{bold(Markdown(f'{entry.rank}.'))} {game_link(entry.game)}"),
                reviews(entry.recommendations, translations),
            ]
        )
        for entry in ranking
    )
