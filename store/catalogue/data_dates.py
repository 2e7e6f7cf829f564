"""Where the data end."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.caches.session_cache import cached
from store.errors import OutsideData
from store.models import DataDates as Stored
from store.results.status import DataDates

_DATES = select(Stored.newest_release, Stored.newest_review, Stored.newest_page, Stored.as_of)


def data_dates(session: Session) -> DataDates:
    """Return what days the data tell of; all are unknown until a refresh has looked."""
    return cached(session, "data dates", partial(_read, session))


def require_within(session: Session, year: int) -> None:
    """Refuse a question about a year that begins after the data end.

    Raises:
        OutsideData: The data end before this year.
    """
    ends = data_dates(session).as_of
    if ends is not None and year > ends.year:
        raise OutsideData(str(year), ends)


def _read(session: Session) -> DataDates:
    row = session.connection().execute(_DATES).one_or_none()
    return DataDates() if row is None else DataDates(*row)
