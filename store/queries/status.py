"""What the store holds, and how the runs that filled it went."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.models import Developer, Game, GameStats, Neighbours, Player, RefreshRun, RunOutcome, RunSource
from store.results import DataStatus, RunInfo, StoreCounts

# The runs of training alone bring no data.
_BRING_DATA = ("ingest", "refresh")
_CURRENT = (RunOutcome.APPLIED, RunOutcome.UNCHANGED)


def data_status(session: Session, runs: int = 5) -> DataStatus:
    """Return what the store holds, the run it comes from, and the last `runs` runs, newest first."""
    newest = _runs().order_by(RefreshRun.id.desc())
    bring_data = newest.where(RefreshRun.action.in_(_BRING_DATA))
    applied = _run_infos(session, bring_data.where(RefreshRun.outcome == RunOutcome.APPLIED).limit(1))
    current = _run_infos(session, bring_data.where(RefreshRun.outcome.in_(_CURRENT)).limit(1))
    return DataStatus(
        counts=_counts(session),
        applied=applied[0] if applied else None,
        as_of=current[0].finished_at if current else None,
        runs=_run_infos(session, newest.limit(runs)),
    )


def _counts(session: Session) -> StoreCounts:
    owned_games, reviews = session.execute(
        select(func.sum(GameStats.owners), func.sum(GameStats.reviews))
    ).one()
    listed, all_games = session.execute(
        select(func.count(Game.id).filter(Game.listed), func.count(Game.id))
    ).one()
    return StoreCounts(
        games=listed,
        other_games=all_games - listed,
        developers=_count(session, Developer.id),
        players=_count(session, Player.id),
        owned_games=owned_games or 0,
        reviews=reviews or 0,
        neighbours=_count(session, Neighbours.game_id),
    )


def _count(session: Session, key: InstrumentedAttribute[int]) -> int:
    return session.scalar(select(func.count(key))) or 0


def _runs() -> Select[RefreshRun, int]:
    rejected = (
        select(func.coalesce(func.sum(RunSource.rejected), 0))
        .where(RunSource.run_id == RefreshRun.id)
        .scalar_subquery()
    )
    return select(RefreshRun, rejected)


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
