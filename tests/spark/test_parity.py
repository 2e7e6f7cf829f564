"""A refresh by Spark leaves the store of a refresh by this process.

`test_cluster` has the sample, and the other solver.
"""

from pathlib import Path

import pytest

from spark import SparkEngine
from store import Database
from tests.spark.stores import filled, require_same

pytestmark = pytest.mark.slow

_REAL_FILES = ("steam_games_literal.json.gz", "user_reviews.json.gz", "users_items.json.gz")


def test_the_real_files_give_the_same_store(
    engine: SparkEngine, real_data: Path, real_store: Database, tmp_path: Path
) -> None:
    files = [real_data / name for name in _REAL_FILES]
    require_same(real_store, filled(tmp_path / "spark.sqlite3", files, engine))
