"""Where the data end."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.caches.answer_cache import kept
from store.errors import OutsideData
from store.models import DataDates as Stored
from store.results.status import DataDates

_DATES = select(Stored.newest_release, Stored.newest_review, Stored.newest_page, Stored.as_of)


@kept
def data_dates(session: Session) -> DataDates:
    """Return which days the data cover; all are unknown until a refresh has looked."""
    row = session.connection().execute(_DATES).one_or_none()
    return DataDates() if row is None else DataDates(*row)


def require_within(session: Session, year: int) -> None:
    """Refuse a question about a year that begins after the data end.

    Raises:
        OutsideData: The data end before this year.
    """
    ends = data_dates(session).as_of
    if ends is not None and year > ends.year:
        raise OutsideData(str(year), ends)
