"""The years that reviews are of."""

from datetime import MAXYEAR, MINYEAR

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from store.caches.answer_cache import kept
from store.catalogue.data_dates import require_within
from store.errors import NotFound
from store.models import UNKNOWN_YEAR, DeveloperReviewYear, GameReviewYear, ReviewYear, YearBasis
from store.results import ReviewDates

_MOST_SUGGESTIONS = 5

_KNOWN = {
    YearBasis.REVIEWED: select(GameReviewYear.year).where(GameReviewYear.year != UNKNOWN_YEAR),
    YearBasis.RELEASED: select(DeveloperReviewYear.year).where(
        DeveloperReviewYear.basis == YearBasis.RELEASED, DeveloperReviewYear.year != UNKNOWN_YEAR
    ),
}
_IS_KNOWN = {
    basis: years.where(years.selected_columns.year == bindparam("asked", type_=Integer)).limit(1)
    for basis, years in _KNOWN.items()
}
_DATES = select(ReviewYear.negative + ReviewYear.neutral + ReviewYear.positive, ReviewYear.inferred).where(
    ReviewYear.year == bindparam("asked", type_=Integer)
)


def require_reviews(session: Session, year: int, basis: YearBasis = YearBasis.REVIEWED) -> None:
    """Raise an error unless some reviews are of this year, by that basis.

    Raises:
        OutsideData: The data end before the year.
        NotFound: There are none; it has the nearest years that will do.
    """
    if _are_there(session, year, basis):
        return
    require_within(session, year)
    years = session.scalars(_KNOWN[basis].distinct())
    nearest = sorted(years, key=lambda known: (abs(known - year), known))[:_MOST_SUGGESTIONS]
    kind = "year" if basis is YearBasis.REVIEWED else "release year"
    raise NotFound(kind, str(year), tuple(str(known) for known in nearest))


def review_dates(session: Session, year: int) -> ReviewDates:
    """Return how sure the year is that the reviews posted in it were posted in."""
    found = session.connection().execute(_DATES, {"asked": year}).one_or_none()
    return ReviewDates(0, 0) if found is None else ReviewDates(*found)


@kept
def _are_there(session: Session, year: int, basis: YearBasis) -> bool:
    # A number that is no year may not even fit into SQLite's.
    is_year = MINYEAR <= year <= MAXYEAR
    return is_year and session.connection().scalar(_IS_KNOWN[basis], {"asked": year}) is not None
