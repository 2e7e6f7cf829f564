"""What the reviews of a year say."""

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.models import Game, GameReviewYear
from store.queries.game_refs import game_ref
from store.queries.years import require_reviews
from store.results import GameRanking, RankedGame, SentimentCounts

PLACES = 3


def users_recommend(session: Session, year: int) -> GameRanking:
    """Return the three games with most reviews posted in `year` that recommend them and are not negative.

    Ties break by title.

    Raises NotFound if no review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, GameReviewYear.liked)


def users_not_recommend(session: Session, year: int) -> GameRanking:
    """Return the three games with most reviews posted in `year` that advise against them and are negative.

    Ties break by title.

    Raises NotFound if no review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, GameReviewYear.panned)


def sentiment_analysis(session: Session, year: int) -> SentimentCounts:
    """Return how many reviews posted in `year` are negative, neutral and positive.

    Raises NotFound if no review was posted in that year.
    """
    require_reviews(session, year)
    table = GameReviewYear
    negative, neutral, positive = session.execute(
        select(func.sum(table.negative), func.sum(table.neutral), func.sum(table.positive)).where(
            table.year == year
        )
    ).one()
    return SentimentCounts(year, negative, neutral, positive)


def _ranking(session: Session, year: int, count: InstrumentedAttribute[int]) -> GameRanking:
    ranked = session.execute(
        select(Game, count)
        .join(Game, Game.id == GameReviewYear.game_id)
        .where(GameReviewYear.year == year, count > 0)
        .order_by(count.desc(), Game.title.is_(None), Game.title, Game.id)
        .limit(PLACES)
    )
    return GameRanking(
        RankedGame(rank, game_ref(game), reviews) for rank, (game, reviews) in enumerate(ranked, start=1)
    )
