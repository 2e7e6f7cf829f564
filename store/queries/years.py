"""The years that reviews are of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import NotFound
from store.models import UNKNOWN_YEAR, DeveloperReviewYear, GameReviewYear, YearBasis

_MOST_SUGGESTIONS = 5


def require_reviews(session: Session, year: int, basis: YearBasis = YearBasis.REVIEWED) -> None:
    """Raise NotFound, with the nearest years that will do, unless reviews are of `year` by that basis."""
    years = _years_with_reviews(session, basis)
    if year not in years:
        nearest = sorted(years, key=lambda known: (abs(known - year), known))[:_MOST_SUGGESTIONS]
        raise NotFound("year", str(year), tuple(str(known) for known in nearest))


def _years_with_reviews(session: Session, basis: YearBasis) -> set[int]:
    if basis is YearBasis.REVIEWED:
        known = select(GameReviewYear.year)
    else:
        known = select(DeveloperReviewYear.year).where(DeveloperReviewYear.basis == basis)
    return set(session.scalars(known.distinct())) - {UNKNOWN_YEAR}
