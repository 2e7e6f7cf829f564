"""What the reviews of a year say."""

from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.boundary.arguments import YEAR
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import REF_COLUMNS, ref
from store.models import Game, GameReviewYear, ReviewYear
from store.queries.years import require_reviews, review_dates
from store.results import GameRanking, RankedGame, SentimentCounts

PLACES = 3


def _ranked_by(count: InstrumentedAttribute[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(*REF_COLUMNS, count)
        .join(Game, Game.id == GameReviewYear.game_id)
        .where(GameReviewYear.year == _YEAR, count > 0)
        .order_by(count.desc(), Game.title.is_(None), Game.title, Game.id)
        .limit(PLACES)
    )


_YEAR = bindparam("year", type_=Integer)
_LIKED = _ranked_by(GameReviewYear.liked)
_PANNED = _ranked_by(GameReviewYear.panned)
_TONE = select(
    *(ReviewYear.negative, ReviewYear.neutral, ReviewYear.positive),
    *(ReviewYear.judged_negative, ReviewYear.judged_neutral, ReviewYear.judged_positive),
    ReviewYear.inferred,
).where(ReviewYear.year == _YEAR)


@question(year=YEAR)
@kept
def users_recommend(session: Session, year: int) -> GameRanking:
    """Return the three games with most reviews posted in `year` that recommend them and are not negative.

    Ties break by title.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, _LIKED)


@question(year=YEAR)
@kept
def users_not_recommend(session: Session, year: int) -> GameRanking:
    """Return the three games with most reviews posted in `year` that advise against them and are negative.

    Ties break by title.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, _PANNED)


@question(year=YEAR)
@kept
def sentiment_analysis(session: Session, year: int) -> SentimentCounts:
    """Return how many reviews posted in `year` are negative, neutral and positive.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    return SentimentCounts.of(year, session.connection().execute(_TONE, {"year": year}).one())


def _ranking(session: Session, year: int, ranked_by: Select[*tuple[Any, ...]]) -> GameRanking:
    ranked = session.connection().execute(ranked_by, {"year": year}).all()
    return GameRanking(
        (RankedGame(rank, ref(*game), reviews) for rank, (*game, reviews) in enumerate(ranked, start=1)),
        review_dates(session, year),
    )
