"""Which days the data cover."""

from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import table_of
from ingest.clean.catalogue_day import catalogue_day
from store.models import DataDates, Game, Review, StorePage


def write_data_dates(connection: Connection) -> None:
    """Fill the newest days of releases, reviews and store pages; none is after today."""
    today = datetime.now(UTC).date()
    game, review, page = table_of(Game).c, table_of(Review).c, table_of(StorePage).c
    released = connection.execute(
        select(game.release_date, func.count())
        .where(game.listed, game.release_date.is_not(None))
        .group_by(game.release_date)
    )
    newest_release = catalogue_day(dict(released.all()), today)
    newest_review = connection.scalar(select(func.max(review.posted)).where(review.posted <= today))
    checked = connection.scalar(select(func.max(page.checked_at)))
    newest_page = None if checked is None else min(checked.date(), today)
    days = [day for day in (newest_release, newest_review, newest_page) if day is not None]
    target = table_of(DataDates)
    connection.execute(delete(target))
    connection.execute(
        insert(target).values(
            id=1,
            newest_release=newest_release,
            newest_review=newest_review,
            newest_page=newest_page,
            as_of=max(days, default=None),
        )
    )
