"""What data an answer rests on, and how old they are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.texts import Texts
from store.models import RefreshRun, RunOutcome


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the data come from; `refreshed_at` is when they were last found up to date, None is never."""

    generated: bool
    refreshed_at: datetime | None


def provenance(session: Session) -> Provenance:
    """Read it from the last run that left the data up to date."""
    good = (RunOutcome.APPLIED, RunOutcome.UNCHANGED)
    newest = (
        select(RefreshRun.generated, RefreshRun.finished_at)
        .where(RefreshRun.outcome.in_(good), RefreshRun.finished_at.is_not(None))
        .order_by(RefreshRun.id.desc())
        .limit(1)
    )
    row = session.execute(newest).one_or_none()
    return Provenance(False, None) if row is None else Provenance(row.generated, row.finished_at)


def footer(source: Provenance, texts: Texts, now: datetime) -> str:
    """Say it in a few plain words."""
    if source.refreshed_at is None:
        if source.generated:
            return texts.gettext("From generated sample data")
        return texts.gettext("From Steam data")
    ago = texts.ago(now - source.refreshed_at)
    if source.generated:
        return texts.gettext("From generated sample data, refreshed {ago}", ago=ago)
    return texts.gettext("From Steam data, refreshed {ago}", ago=ago)
