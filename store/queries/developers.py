"""What the numbers say about developers."""

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.damage import damage_named
from store.errors import WrongChoice
from store.models import Developer, DeveloperReviewYear, DeveloperYear, NameKind, YearBasis
from store.names import named
from store.queries.years import require_reviews
from store.results import (
    DeveloperRanking,
    DeveloperReport,
    RankedDeveloper,
    SentimentCounts,
)
from store.results import DeveloperYear as ReleasesOfYear

PLACES = 3


def _ranked_by(count: InstrumentedAttribute[int]) -> Select[str, int]:
    table = DeveloperReviewYear
    return (
        select(Developer.name, count)
        .join(Developer, Developer.id == table.developer_id)
        .where(table.basis == bindparam("basis", type_=table.basis.type), table.year == _YEAR, count > 0)
        .order_by(count.desc(), Developer.name)
        .limit(PLACES)
    )


def _total(count: InstrumentedAttribute[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(count), 0)


_ID = bindparam("id", type_=Integer)
_YEAR = bindparam("year", type_=Integer)
_RELEASES = (
    select(DeveloperYear.year, DeveloperYear.items, DeveloperYear.free_items)
    .where(DeveloperYear.developer_id == _ID)
    .order_by(DeveloperYear.year.desc())  # the unknown year is 0
)
_PRAISED = _ranked_by(DeveloperReviewYear.praised)
_PANNED = _ranked_by(DeveloperReviewYear.panned)
_TONE = select(
    _total(DeveloperReviewYear.negative),
    _total(DeveloperReviewYear.neutral),
    _total(DeveloperReviewYear.positive),
).where(DeveloperReviewYear.developer_id == _ID, DeveloperReviewYear.basis == YearBasis.REVIEWED)


@damage_named
def developer(session: Session, name: str) -> DeveloperReport:
    """Return how many items a developer released each year and how many of them are free.

    Years come newest first, the unknown one (None) last.

    Raises:
        NotFound: No developer is called `name`.
    """
    developer_id, known_as = named(session, NameKind.DEVELOPER, name)
    years = session.connection().execute(_RELEASES, {"id": developer_id}).all()
    return DeveloperReport(
        known_as, tuple(ReleasesOfYear(year or None, items, free) for year, items, free in years)
    )


@damage_named
def best_developer_year(
    session: Session, year: int, basis: YearBasis | str = YearBasis.REVIEWED
) -> DeveloperRanking:
    """Return the three developers with most reviews that recommend a game and are positive.

    With the basis "reviewed" the reviews posted in `year` count, with "released" the reviews of the games
    released in it, whenever posted. Ties break by name.

    Raises:
        NotFound: No review is of that year.
        ValueError: The basis is neither of the two.
    """
    basis = _basis(basis)
    require_reviews(session, year, basis)
    return _ranking(session, year, basis, _PRAISED)


@damage_named
def users_worst_developer(session: Session, year: int) -> DeveloperRanking:
    """Return the three developers with most negative reviews that advise against a game, posted in `year`.

    Ties break by name.

    Raises:
        NotFound: No review was posted in that year.
    """
    require_reviews(session, year)
    return _ranking(session, year, YearBasis.REVIEWED, _PANNED)


@damage_named
def developer_reviews_analysis(session: Session, developer: str) -> SentimentCounts:
    """Return how many reviews of a developer's games are negative, neutral and positive, of all years.

    Raises:
        NotFound: No developer has that name.
    """
    developer_id, known_as = named(session, NameKind.DEVELOPER, developer)
    counts = session.connection().execute(_TONE, {"id": developer_id}).one()
    return SentimentCounts(known_as, *counts)


def _basis(basis: YearBasis | str) -> YearBasis:
    try:
        return YearBasis(basis)
    except ValueError:
        raise WrongChoice(f"basis must be “reviewed” or “released”, not {basis!r}.") from None


def _ranking(session: Session, year: int, basis: YearBasis, ranked_by: Select[str, int]) -> DeveloperRanking:
    ranked = session.connection().execute(ranked_by, {"year": year, "basis": basis}).all()
    return DeveloperRanking(
        RankedDeveloper(rank, name, reviews) for rank, (name, reviews) in enumerate(ranked, start=1)
    )
