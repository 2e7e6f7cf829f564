"""The files that the data come from."""

from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import Reject, RunSource
from store.results import RunInfo


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """A raw file of the run: `size` in bytes, and how many lines and records were rejected."""

    role: str
    name: str
    size: int
    lines: int
    rejected: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RejectCount:
    """Why lines or records of a file were rejected, and how many."""

    reason: str
    file: str
    count: int


def read_sources(session: Session, run: RunInfo) -> tuple[SourceSummary, ...]:
    """Return the files of a run."""
    sources = session.scalars(select(RunSource).where(RunSource.run_id == run.id).order_by(RunSource.role))
    return tuple(
        # The folder is of no interest to a reader, and may be private.
        SourceSummary(s.role, PurePath(s.location).name, s.size, s.lines, s.rejected, s.sha256)
        for s in sources
    )


def read_reject_counts(session: Session, run: RunInfo) -> tuple[RejectCount, ...]:
    """Return why lines and records of a run were rejected, the most frequent reason first."""
    counted = session.execute(
        select(Reject.reason, Reject.file, func.count())
        .where(Reject.run_id == run.id)
        .group_by(Reject.reason, Reject.file)
        .order_by(func.count().desc(), Reject.file, Reject.reason)
    )
    return tuple(RejectCount(*row) for row in counted)
