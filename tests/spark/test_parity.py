"""A refresh by Spark leaves the store that a refresh by this process leaves."""

from math import isclose
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from spark import SparkEngine
from store import Database
from store.models import Neighbours
from tests.spark.stores import filled, tables

pytestmark = pytest.mark.slow

_REAL_FILES = ("steam_games_literal.json.gz", "user_reviews.json.gz", "users_items.json.gz")


def _require_same(here: Database, there: Database) -> None:
    ours, theirs = tables(here), tables(there)
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        # By what differs alone: of tables with a hundred thousand rows the whole would be shown otherwise.
        assert (name, sorted(rows - theirs[name])[:3], sorted(theirs[name] - rows)[:3]) == (name, [], [])
    ours_near, theirs_near = _neighbours(here), _neighbours(there)
    assert ours_near.keys() == theirs_near.keys()
    for game, weights in ours_near.items():
        others = theirs_near[game]
        # Only what ties with the last of the list may be another game.
        least = min(map(abs, weights.values()), default=0.0)
        for neighbour in weights.keys() | others.keys():
            ours_here, theirs_here = (some.get(neighbour, least) for some in (weights, others))
            assert isclose(abs(ours_here), abs(theirs_here), rel_tol=1e-3, abs_tol=1e-6), (game, neighbour)


def _neighbours(store: Database) -> dict[int, dict[int, float]]:
    with store.reader(seconds=60) as session:
        return {
            row.game_id: dict(
                zip(
                    np.frombuffer(row.neighbour_indices, "<i4").tolist(),
                    np.frombuffer(row.weights, "<f4").tolist(),
                    strict=True,
                )
            )
            for row in session.scalars(select(Neighbours))
        }


def test_the_sample_gives_the_same_store(
    engine: SparkEngine, sample_data: Path, sample_store: Database, tmp_path: Path
) -> None:
    _require_same(sample_store, filled(tmp_path / "spark.sqlite3", [sample_data], engine))


def test_the_real_files_give_the_same_store(
    engine: SparkEngine, real_data: Path, real_store: Database, tmp_path: Path
) -> None:
    files = [real_data / name for name in _REAL_FILES]
    _require_same(real_store, filled(tmp_path / "spark.sqlite3", files, engine))


def test_neighbourhoods_are_the_same_too(engine: SparkEngine, sample_data: Path, tmp_path: Path) -> None:
    here = filled(tmp_path / "local.sqlite3", [sample_data], None, "neighbourhood")
    there = filled(tmp_path / "spark.sqlite3", [sample_data], engine, "neighbourhood")
    _require_same(here, there)
