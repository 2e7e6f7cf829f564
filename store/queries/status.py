"""What the store holds, and how the runs that filled it went."""

from collections.abc import Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.models import Developer, GameStats, Neighbours, RefreshRun, RunOutcome, RunSource
from store.results import DataStatus, RunInfo, StoreCounts

# The runs of training alone bring no data.
_BRING_DATA = ("ingest", "refresh")
_RUNS = select(
    RefreshRun,
    select(func.coalesce(func.sum(RunSource.rejected), 0))
    .where(RunSource.run_id == RefreshRun.id)
    .scalar_subquery(),
)
_CURRENT = (RunOutcome.APPLIED, RunOutcome.UNCHANGED)


def data_status(session: Session, runs: int = 5) -> DataStatus:
    """Return what the store holds, the run it comes from, and the last `runs` runs, newest first.

    What a refresh replaces as a whole is counted as the run counted it, since counting millions of rows anew
    would take longer than any other answer.
    """
    newest = _RUNS.order_by(RefreshRun.id.desc())
    bring_data = newest.where(RefreshRun.action.in_(_BRING_DATA))
    applied = _run_infos(session, bring_data.where(RefreshRun.outcome == RunOutcome.APPLIED).limit(1))
    current = _run_infos(session, bring_data.where(RefreshRun.outcome.in_(_CURRENT)).limit(1))
    return DataStatus(
        counts=_counts(session, applied[0].counts.get("rows", {}) if applied else {}),
        applied=applied[0] if applied else None,
        as_of=current[0].finished_at if current else None,
        runs=_run_infos(session, newest.limit(runs)),
    )


def _counts(session: Session, rows: Mapping[str, int]) -> StoreCounts:
    games = rows.get("games", 0)
    return StoreCounts(
        games=games,
        other_games=_count(session, GameStats.game_id) - games,
        developers=_count(session, Developer.id),
        players=rows.get("players", 0),
        owned_games=rows.get("owned_games", 0),
        reviews=rows.get("reviews", 0),
        neighbours=_count(session, Neighbours.game_id),
    )


def _count(session: Session, key: InstrumentedAttribute[int]) -> int:
    return session.scalar(select(func.count(key))) or 0


def _run_infos(session: Session, statement: Select[RefreshRun, int]) -> tuple[RunInfo, ...]:
    return tuple(_run_info(run, rejected) for run, rejected in session.execute(statement))


def _run_info(run: RefreshRun, rejected: int) -> RunInfo:
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
    )
