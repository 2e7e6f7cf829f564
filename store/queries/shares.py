"""Which games and developers the reviews of a year like most, and least, by a share rather than a count."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from store.boundary.arguments import YEAR, choice
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.game_refs import REF_COLUMNS, ref
from store.models import Developer, DeveloperReviewYear, Game, GameReviewYear, YearBasis
from store.queries.years import require_reviews
from store.results import (
    ClearReviews,
    DeveloperShare,
    DeveloperShares,
    GameShare,
    GameShares,
)

PLACES = 3
# Who has fewer reviews than these that leave no doubt is not ranked by their share.
FEWEST_CLEAR_REVIEWS = 20
# What 99% like is not among the least loved, though others may be liked by all.
_TIMES_THE_ODDS = 2

_YEAR = bindparam("year", type_=Integer)
_BASIS = bindparam("basis", type_=DeveloperReviewYear.basis.type)
# The clear reviews of the whole year: what a share is compared with.
_LIKED = bindparam("all_liked", type_=Integer)
_CLEAR = bindparam("all_clear", type_=Integer)


def _total(table: type[GameReviewYear | DeveloperReviewYear]) -> Select[int, int]:
    return select(
        func.coalesce(func.sum(table.liked), 0), func.coalesce(func.sum(table.liked + table.panned), 0)
    ).where(table.year == _YEAR)


def _ranked(
    found: Select[*tuple[Any, ...]], table: type[GameReviewYear | DeveloperReviewYear], *, best: bool
) -> Select[*tuple[Any, ...]]:
    clear = table.liked + table.panned
    share = 1.0 * table.liked / clear
    # In whole numbers, so that who has just the year's share is neither.
    loved = table.liked * _CLEAR > _LIKED * clear
    unloved = table.panned * _LIKED > _TIMES_THE_ODDS * (_CLEAR - _LIKED) * table.liked
    return (
        found.add_columns(table.liked, table.panned)
        .where(table.year == _YEAR, clear >= FEWEST_CLEAR_REVIEWS, loved if best else unloved)
        .order_by(share.desc() if best else share, clear.desc())
        .limit(PLACES)
    )


_GAMES = select(*REF_COLUMNS).join_from(Game, GameReviewYear, GameReviewYear.game_id == Game.id)
_DEVELOPERS = (
    select(Developer.name)
    .join_from(Developer, DeveloperReviewYear, DeveloperReviewYear.developer_id == Developer.id)
    .where(DeveloperReviewYear.basis == _BASIS)
)
_OF_GAMES = _total(GameReviewYear)
_OF_DEVELOPERS = _total(DeveloperReviewYear).where(DeveloperReviewYear.basis == _BASIS)
_BEST_GAMES = _ranked(_GAMES, GameReviewYear, best=True).order_by(Game.title, Game.id)
_WORST_GAMES = _ranked(_GAMES, GameReviewYear, best=False).order_by(Game.title, Game.id)
_BEST_DEVELOPERS = _ranked(_DEVELOPERS, DeveloperReviewYear, best=True).order_by(Developer.name)
_WORST_DEVELOPERS = _ranked(_DEVELOPERS, DeveloperReviewYear, best=False).order_by(Developer.name)


@question(year=YEAR)
@kept
def game_shares(session: Session, year: int) -> GameShares:
    """Return the three games that the largest share of the reviews posted in `year` like, and the smallest.

    A review counts that either recommends the game and is not negative, or advises against it and is. A game
    with fewer than 20 of these is left out. The best are liked more than usual in the year; of the worst the
    odds of being panned are more than twice the usual. Of equal shares that of more reviews comes first, then
    the title.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    best, worst = _both_ends(session, {"year": year}, _OF_GAMES, _BEST_GAMES, _WORST_GAMES)
    return GameShares(tuple(map(_game, best)), tuple(map(_game, worst)))


@question(year=YEAR, basis=choice(YearBasis, "basis must be"))
@kept
def developer_shares(
    session: Session, year: int, basis: YearBasis | str = YearBasis.REVIEWED
) -> DeveloperShares:
    """Return the three developers of whose reviews the largest share like their games, and the smallest.

    Reviews count as in `game_shares`, and years as in `best_developer_year`.

    Raises:
        NotFound: No review is of that year.
        WrongArgument: The basis is neither of the two.
    """
    basis = YearBasis(basis)
    require_reviews(session, year, basis)
    asked = {"year": year, "basis": basis}
    best, worst = _both_ends(session, asked, _OF_DEVELOPERS, _BEST_DEVELOPERS, _WORST_DEVELOPERS)
    return DeveloperShares(tuple(map(_developer, best)), tuple(map(_developer, worst)))


def _both_ends(
    session: Session,
    asked: dict[str, Any],
    of_all: Select[int, int],
    best: Select[*tuple[Any, ...]],
    worst: Select[*tuple[Any, ...]],
) -> tuple[Sequence[Row[*tuple[Any, ...]]], Sequence[Row[*tuple[Any, ...]]]]:
    connection = session.connection()
    liked, clear = connection.execute(of_all, asked).one()
    with_usual = {**asked, "all_liked": liked, "all_clear": clear}
    return connection.execute(best, with_usual).all(), connection.execute(worst, with_usual).all()


def _game(row: Row[*tuple[Any, ...]]) -> GameShare:
    *game, liked, panned = row
    return GameShare(ref(*game), ClearReviews(liked, panned))


def _developer(row: Row[*tuple[Any, ...]]) -> DeveloperShare:
    return DeveloperShare(row[0], ClearReviews(row[1], row[2]))
