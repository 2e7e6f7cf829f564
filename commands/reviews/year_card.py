"""The card of a year of reviews."""

from dataclasses import dataclass

from commands.core.cards.counts import date_notes, reviews
from commands.core.cards.rankings import developer_ranking, developer_shares, game_ranking, game_shares
from commands.core.replies.card import Card, Field
from localization.markdown import Markdown
from localization.translations import Translations
from store.results import DeveloperRanking, DeveloperShares, GameRanking, GameShares, SentimentCounts


@dataclass(frozen=True, slots=True)
class YearOfReviews:
    """What the reviews posted in a year say."""

    year: int
    tone: SentimentCounts
    games: GameShares
    developers: DeveloperShares
    most_recommended: GameRanking
    least_recommended: GameRanking
    worst_developers: DeveloperRanking


def year_card(of: YearOfReviews, translations: Translations) -> Card:
    """Show the games and developers that the reviews of a year love and do not, by share and by number."""
    rankings = (
        (translations.gettext("Loved"), game_shares(of.games.best, translations)),
        (translations.gettext("Least loved"), game_shares(of.games.worst, translations)),
        (translations.gettext("Loved developers"), developer_shares(of.developers.best, translations)),
        (translations.gettext("Least loved developers"), developer_shares(of.developers.worst, translations)),
        (
            translations.gettext("Most recommended, by number"),
            game_ranking(of.most_recommended, translations),
        ),
        (
            translations.gettext("Least recommended, by number"),
            game_ranking(of.least_recommended, translations),
        ),
        (
            translations.gettext("Least recommended developers, by number"),
            developer_ranking(of.worst_developers, translations),
        ),
    )
    return Card(
        title=translations.gettext("Reviews posted in {year}", year=translations.year(of.year)),
        lines=(reviews(of.tone.total, translations),),
        fields=tuple(Field(name, Markdown("\n".join(places))) for name, places in rankings if places),
        notes=date_notes(of.tone.dates, translations),
    )
