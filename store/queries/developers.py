"""What the numbers say about developers."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.models import Developer, DeveloperReviewYear, DeveloperYear, NameKind, YearBasis
from store.names import resolve
from store.queries.years import require_reviews
from store.results import (
    DeveloperRanking,
    DeveloperReport,
    RankedDeveloper,
    SentimentCounts,
)
from store.results import DeveloperYear as ReleasesOfYear

PLACES = 3


def developer(session: Session, name: str) -> DeveloperReport:
    """Return how many items a developer released each year and how many of them are free.

    Years come newest first, the unknown one (None) last.

    Raises NotFound if no developer is called `name`.
    """
    found = _developer(session, name)
    years = session.scalars(
        select(DeveloperYear)
        .where(DeveloperYear.developer_id == found.id)
        .order_by(DeveloperYear.year.desc())  # the unknown year is 0
    )
    return DeveloperReport(
        found.name, tuple(ReleasesOfYear(y.year or None, y.items, y.free_items) for y in years)
    )


def best_developer_year(
    session: Session, year: int, basis: YearBasis | str = YearBasis.REVIEWED
) -> DeveloperRanking:
    """Return the three developers with most reviews that recommend a game and are positive.

    With the basis "reviewed" the reviews posted in `year` count, with "released" the reviews of the games
    released in it, whenever posted. Ties break by name.

    Raises NotFound if no review is of that year, ValueError if the basis is neither of the two.
    """
    basis = _basis(basis)
    require_reviews(session, year, basis)
    return _ranking(session, year, basis, DeveloperReviewYear.praised)


def users_worst_developer(session: Session, year: int) -> DeveloperRanking:
    """Return the three developers with most negative reviews that advise against a game, posted in `year`.

    Ties break by name.

    Raises NotFound if no review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, YearBasis.REVIEWED, DeveloperReviewYear.panned)


def developer_reviews_analysis(session: Session, developer: str) -> SentimentCounts:
    """Return how many reviews of a developer's games are negative, neutral and positive, of all years.

    Raises NotFound if no developer has that name.
    """
    found = _developer(session, developer)
    table = DeveloperReviewYear
    counts = session.execute(
        select(_total(table.negative), _total(table.neutral), _total(table.positive)).where(
            table.developer_id == found.id, table.basis == YearBasis.REVIEWED
        )
    ).one()
    return SentimentCounts(found.name, *counts)


def _developer(session: Session, name: str) -> Developer:
    return session.get_one(Developer, resolve(session, NameKind.DEVELOPER, name))


def _basis(basis: YearBasis | str) -> YearBasis:
    try:
        return YearBasis(basis)
    except ValueError:
        raise ValueError(f"basis must be “reviewed” or “released”, not {basis!r}.") from None


def _ranking(
    session: Session, year: int, basis: YearBasis, count: InstrumentedAttribute[int]
) -> DeveloperRanking:
    ranked = session.execute(
        select(Developer.name, count)
        .join(Developer, Developer.id == DeveloperReviewYear.developer_id)
        .where(DeveloperReviewYear.basis == basis, DeveloperReviewYear.year == year, count > 0)
        .order_by(count.desc(), Developer.name)
        .limit(PLACES)
    )
    return DeveloperRanking(
        RankedDeveloper(rank, name, reviews) for rank, (name, reviews) in enumerate(ranked, start=1)
    )


def _total(count: InstrumentedAttribute[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(count), 0)
