"""A refresh by Spark leaves the store of a refresh by this process.

`test_cluster` has generated files, and the other solver.
"""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from spark import SparkEngine
from tests.spark.stores import filled, require_same

pytestmark = pytest.mark.slow

# How many lines of each real file: the games that these players own are still some blocks of the matrix.
_LINES = {
    "steam_games_literal.json.gz": 2000,
    "user_reviews.json.gz": 500,
    "users_items.json.gz": 1000,
}


@pytest.fixture
def real_files(real_data: Path, tmp_path: Path) -> list[Path]:
    """The beginnings of the real files. Of the items file `test_libraries` reads every line."""
    return [_beginning(real_data / name, lines, tmp_path) for name, lines in _LINES.items()]


def _beginning(file: Path, lines: int, folder: Path) -> Path:
    with gzip.open(file, "rb") as whole, gzip.open(folder / file.name, "wb", compresslevel=1) as part:
        part.writelines(islice(whole, lines))
    return folder / file.name


def test_real_files_give_the_same_store(engine: SparkEngine, real_files: list[Path], tmp_path: Path) -> None:
    here = filled(tmp_path / "here.sqlite3", real_files, None)
    require_same(here, filled(tmp_path / "spark.sqlite3", real_files, engine))
