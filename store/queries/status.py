"""What the store holds, and how the runs that filled it went."""

from collections.abc import Mapping

from sqlalchemy import Integer, Result, bindparam, func, select
from sqlalchemy.orm import Session

from store.boundary.arguments import whole_number
from store.boundary.questions import question
from store.caches.answer_cache import kept
from store.catalogue.data_dates import data_dates
from store.dialect import is_one_of
from store.models import Developer, GameStats, Neighbours, RefreshRun, Refusal, RefusedUnit, RunSource
from store.results import DataStatus, Provenance, RunInfo, StoreCounts
from store.runs import RunAction, RunOutcome

# Runs that only train bring no data.
_BRING_DATA = is_one_of(RefreshRun.action, (RunAction.INGEST, RunAction.REFRESH))
_UP_TO_DATE = is_one_of(RefreshRun.outcome, (RunOutcome.APPLIED, RunOutcome.UNCHANGED))
_NEWEST = select(
    RefreshRun,
    select(func.coalesce(func.sum(RunSource.rejected), 0))
    .where(RunSource.run_id == RefreshRun.id)
    .scalar_subquery(),
    select(func.coalesce(func.sum(Refusal.count), 0))
    .where(Refusal.run_id == RefreshRun.id, Refusal.unit == RefusedUnit.VALUE)
    .scalar_subquery(),
).order_by(RefreshRun.id.desc())
_LAST = _NEWEST.limit(bindparam("runs", type_=Integer))
_APPLIED = _NEWEST.where(_BRING_DATA, RefreshRun.outcome == RunOutcome.APPLIED).limit(1)
_PROVENANCE = (
    select(RefreshRun.generated, RefreshRun.finished_at)
    .where(_BRING_DATA, _UP_TO_DATE)
    .order_by(RefreshRun.id.desc())
    .limit(1)
)
_COUNTS = select(
    *(
        select(func.count()).select_from(model).scalar_subquery()
        for model in (GameStats, Developer, Neighbours)
    )
)


@question(runs=whole_number("Runs are a whole number, 0 or more", least=0))
def data_status(session: Session, runs: int = 5) -> DataStatus:
    """Return what the store holds, the run it comes from, and the last `runs` runs, newest first.

    The counts of what a refresh replaces are those that the run recorded: counting millions of rows would
    take longer than any other answer.
    """
    applied = _run_infos(session.execute(_APPLIED))
    return DataStatus(
        counts=_counts(session, applied[0].counts.get("rows", {}) if applied else {}),
        applied=applied[0] if applied else None,
        refreshed_at=provenance(session).refreshed_at,
        runs=_run_infos(session.execute(_LAST, {"runs": runs})),
        dates=data_dates(session),
    )


@question()
@kept
def provenance(session: Session) -> Provenance:
    """Return what data the store holds, which days they cover, and when they were last found up to date."""
    row = session.connection().execute(_PROVENANCE).one_or_none()
    if row is None:
        return Provenance(False, None)
    return Provenance(row.generated, row.finished_at, data_dates(session))


def _counts(session: Session, rows: Mapping[str, int]) -> StoreCounts:
    stats, developers, neighbours = session.execute(_COUNTS).one()
    games = rows.get("games", 0)
    return StoreCounts(
        games=games,
        other_games=stats - games,
        developers=developers,
        players=rows.get("players", 0),
        owned_games=rows.get("owned_games", 0),
        reviews=rows.get("reviews", 0),
        neighbours=neighbours,
    )


def _run_infos(rows: Result[RefreshRun, int, int]) -> tuple[RunInfo, ...]:
    return tuple(_run_info(*row) for row in rows)


def _run_info(run: RefreshRun, rejected: int, unknown: int) -> RunInfo:
    return RunInfo(
        id=run.id,
        action=run.action,
        started_by=run.started_by,
        started_at=run.started_at,
        finished_at=run.finished_at,
        outcome=run.outcome,
        error=run.error,
        generated=run.generated,
        counts=run.counts,
        seconds=run.seconds,
        rejected=rejected,
        unknown=unknown,
    )
