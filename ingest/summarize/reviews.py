"""Reviews by game, developer and year."""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, extract, func, insert, literal, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from store.models import (
    UNKNOWN_YEAR,
    DeveloperReviewYear,
    Game,
    GameDeveloper,
    GameReviewYear,
    Review,
    ReviewYear,
    Sentiment,
    YearBasis,
)

_JUDGED = ("judged_negative", "judged_neutral", "judged_positive")
_OF_YEAR = ("negative", "neutral", "positive", *_JUDGED, "inferred")
_COUNTS = (*_OF_YEAR, "praised", "liked", "panned")


def write_game_review_years(connection: Connection) -> None:
    """Fill the review counts of games and of years from the reviews."""
    _write_games(connection)
    _write_years(connection)


def write_developer_review_years(connection: Connection) -> None:
    """Fill the review counts of developers from those of their games."""
    reviewed = table_of(GameReviewYear).c.year
    released = func.coalesce(table_of(Game).c.release_year, UNKNOWN_YEAR)
    _write_developers(connection, YearBasis.REVIEWED, reviewed)
    _write_developers(connection, YearBasis.RELEASED, released)


def _write_games(connection: Connection) -> None:
    review = table_of(Review).c
    negative, neutral, positive = (
        review.sentiment == value for value in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
    )
    counted = {
        "negative": negative,
        "neutral": neutral,
        "positive": positive,
        **{name: review.tone == sentiment for name, sentiment in zip(_JUDGED, Sentiment, strict=True)},
        "inferred": review.posted_inferred,
        "praised": and_(review.recommend, positive),
        "liked": and_(review.recommend, ~negative),
        "panned": and_(~review.recommend, negative),
    }
    year = func.coalesce(extract("year", review.posted), UNKNOWN_YEAR)
    rows = select(year, review.game_id, *(_count(counted[name]) for name in _COUNTS)).group_by(
        year, review.game_id
    )
    connection.execute(insert(table_of(GameReviewYear)).from_select(["year", "game_id", *_COUNTS], rows))


def _write_years(connection: Connection) -> None:
    by_game = table_of(GameReviewYear).c
    rows = select(by_game.year, *(func.sum(by_game[name]) for name in _OF_YEAR)).group_by(by_game.year)
    connection.execute(insert(table_of(ReviewYear)).from_select(["year", *_OF_YEAR], rows))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _write_developers(connection: Connection, basis: YearBasis, year: ColumnElement[Any]) -> None:
    by_game, credit, game = table_of(GameReviewYear), table_of(GameDeveloper), table_of(Game)
    target = table_of(DeveloperReviewYear)
    sums: dict[str, ColumnElement[int]] = {name: func.sum(by_game.c[name]) for name in _COUNTS}
    if basis is YearBasis.RELEASED:
        sums["inferred"] = literal(0)  # the year that a game was released in is not the review's
    rows = (
        select(
            literal(basis, target.c.basis.type),
            year,
            credit.c.developer_id,
            *sums.values(),
        )
        .select_from(by_game)
        .join(credit, credit.c.game_id == by_game.c.game_id)
        .join(game, game.c.id == by_game.c.game_id)
        .group_by(year, credit.c.developer_id)
    )
    connection.execute(insert(target).from_select(["basis", "year", "developer_id", *_COUNTS], rows))
