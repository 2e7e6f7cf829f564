"""Which days the data cover, as opposed to when they were read."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class DataDates(Base):
    """The newest days that the data know, in one row; a refresh writes it."""

    __tablename__ = "data_dates"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1, doc="always 1")
    newest_release: Mapped[date | None] = mapped_column(
        doc="the last day on which games came out as usual, announcements left out; NULL if none is dated"
    )
    newest_review: Mapped[date | None] = mapped_column(doc="NULL where no review is dated")
    newest_page: Mapped[date | None] = mapped_column(
        doc="when a source last looked at a store page; NULL where none says it"
    )
    as_of: Mapped[date | None] = mapped_column(
        doc="the latest of these, where the data end; NULL if none is known"
    )
