"""Whole stores, for comparing what two engines made of the same files."""

from pathlib import Path

from sqlalchemy import select

from bot.refresh.request import RefreshRequest
from bot.refresh.run import refresh_store
from spark import SparkEngine
from store import Database
from store.models import Base
from store.runs import SilentProgress

# When a run was, and how long it took; and what follows from weights, whose last digits may differ.
_LEFT_OUT = (
    *("refresh_runs", "alembic_version"),
    *("neighbours", "scored_games", "precomputed_scores", "similar_games"),
)


def filled(
    file: Path, sources: list[Path], engine: SparkEngine | None, solver: str | None = None
) -> Database:
    """Fill a store from the raw files by an engine."""
    request = RefreshRequest(
        database=file,
        sources=tuple(map(str, sources)),
        backup_folder=file.with_name("backups"),
        backups_kept=1,
        max_reject_percent=5.0,
        crawl_year=2016,
        anonymous_players=200_000,
    )
    refresh_store(request, request.sources, progress=SilentProgress(), engine=engine, solver=solver)
    return Database(file)


def tables(database: Database) -> dict[str, set[str]]:
    """Return every row, as text, of every table that a refresh fills but for those of weights."""
    with database.reader(seconds=600) as session:
        return {
            table.name: {repr(tuple(row)) for row in session.execute(select(table))}
            for table in Base.metadata.sorted_tables
            if table.name not in _LEFT_OUT
        }
