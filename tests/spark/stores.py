"""Whole stores, for comparing what two engines made of the same files."""

from math import isclose
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from bot.refresh.request import RefreshRequest
from bot.refresh.run import refresh_store
from spark import SparkEngine
from store import Database
from store.models import Base, Neighbours
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


def _tables(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """Return every row of every table that a refresh fills but for those of weights."""
    with database.reader(seconds=600) as session:
        return {
            table.name: set(map(tuple, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in _LEFT_OUT
        }


def require_same(here: Database, there: Database) -> None:
    """Compare every row, and weights but for their last digits."""
    ours, theirs = _tables(here), _tables(there)
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        missing, added = rows - theirs[name], theirs[name] - rows
        assert not missing | added, (name, sorted(map(repr, missing))[:3], sorted(map(repr, added))[:3])
    ours_near, theirs_near = _neighbours(here), _neighbours(there)
    assert ours_near.keys() == theirs_near.keys()
    for game, ours_of_game in ours_near.items():
        theirs_of_game = theirs_near[game]
        if not _is_the_same_list(ours_of_game, theirs_of_game):
            _require_like_list(
                game, *(dict(zip(*some, strict=True)) for some in (ours_of_game, theirs_of_game))
            )


def _is_the_same_list(ours: tuple[list[int], list[float]], theirs: tuple[list[int], list[float]]) -> bool:
    return ours[0] == theirs[0] and np.allclose(ours[1], theirs[1], rtol=1e-3, atol=1e-6)


def _require_like_list(game: int, ours: dict[int, float], theirs: dict[int, float]) -> None:
    # Only what ties with the last of the list may be another game.
    least = min(map(abs, ours.values()), default=0.0)
    for neighbour in ours.keys() | theirs.keys():
        ours_here, theirs_here = (some.get(neighbour, least) for some in (ours, theirs))
        assert isclose(abs(ours_here), abs(theirs_here), rel_tol=1e-3, abs_tol=1e-6), (game, neighbour)


def _neighbours(store: Database) -> dict[int, tuple[list[int], list[float]]]:
    with store.reader(seconds=60) as session:
        return {
            row.game_id: (
                np.frombuffer(row.neighbour_indices, "<i4").tolist(),
                np.frombuffer(row.weights, "<f4").tolist(),
            )
            for row in session.scalars(select(Neighbours))
        }
