"""What every refresh read, did and refused."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base, UtcDateTime, text_enum
from store.runs import RefusedUnit, RunOutcome


class RefreshRun(Base):
    """One run of ingest, training, or both."""

    __tablename__ = "refresh_runs"

    id: Mapped[int] = mapped_column(primary_key=True, doc="counts runs from 1")
    action: Mapped[str] = mapped_column(doc="a `RunAction`")
    started_by: Mapped[str] = mapped_column(doc="a `RunStarter`")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, doc="UTC")
    finished_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, doc="UTC; NULL while it is under way, or if it died"
    )
    outcome: Mapped[RunOutcome] = mapped_column(text_enum(RunOutcome), doc="how it ended")
    error: Mapped[str | None] = mapped_column(doc="why it failed, in a sentence; NULL where it did not")
    generated: Mapped[bool] = mapped_column(doc="whether the sources say that they are generated sample data")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, doc="rows by table, and what changed")
    seconds: Mapped[dict[str, Any]] = mapped_column(JSON, doc="seconds by `TimedStage`")


class RunSource(Base):
    """A file that a run read."""

    __tablename__ = "run_sources"

    run_id: Mapped[int] = mapped_column(ForeignKey("refresh_runs.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True, doc="the input's name, such as 'games'")
    location: Mapped[str] = mapped_column(doc="path or address")
    size: Mapped[int] = mapped_column(doc="bytes as stored")
    modified_ns: Mapped[int] = mapped_column(doc="modification time, nanoseconds since the epoch")
    sha256: Mapped[str] = mapped_column(doc="of the file as stored, in hexadecimal digits")
    lines: Mapped[int] = mapped_column(doc="lines that it has")
    rejected: Mapped[int] = mapped_column(doc="lines and records that could not be used")


class Refusal(Base):
    """How much of one kind a run could not use of a file: lines, records, or values of one field."""

    __tablename__ = "refusals"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: Mapped[int] = mapped_column(ForeignKey("refresh_runs.id", ondelete="CASCADE"), primary_key=True)
    file: Mapped[str] = mapped_column(primary_key=True, doc="name of the file")
    unit: Mapped[RefusedUnit] = mapped_column(
        text_enum(RefusedUnit), primary_key=True, doc="what was refused: a line, a record or a value"
    )
    field: Mapped[str] = mapped_column(primary_key=True, doc="empty for lines and records")
    reason: Mapped[str] = mapped_column(primary_key=True, doc="why")
    count: Mapped[int] = mapped_column(doc="how many")


class Reject(Base):
    """A line, or a record of a line, that could not be used, and why; the first ones of each kind."""

    __tablename__ = "rejects"

    id: Mapped[int] = mapped_column(primary_key=True, doc="the store's own number")
    run_id: Mapped[int] = mapped_column(ForeignKey("refresh_runs.id", ondelete="CASCADE"), index=True)
    file: Mapped[str] = mapped_column(doc="name of the file")
    line: Mapped[int] = mapped_column(doc="from 1")
    record: Mapped[int | None] = mapped_column(
        doc="place within the line's list, from 1; NULL is the whole line"
    )
    reason: Mapped[str] = mapped_column(doc="why it could not be used")
    excerpt: Mapped[str] = mapped_column(doc="the first 200 characters")
