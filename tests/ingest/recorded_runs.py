"""What a store says of its runs, and how much it holds."""

from sqlalchemy import func, select

from store import Database
from store.models import (
    RefreshRun,
    RunOutcome,
)


def count(database: Database, model: type) -> int:
    with database.reader() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def outcomes(database: Database) -> list[RunOutcome]:
    with database.reader() as session:
        return list(session.scalars(select(RefreshRun.outcome).order_by(RefreshRun.id)))


def last_run(database: Database) -> RefreshRun:
    with database.reader() as session:
        run = session.scalars(select(RefreshRun).order_by(RefreshRun.id.desc()).limit(1)).one()
        session.expunge(run)
        return run
