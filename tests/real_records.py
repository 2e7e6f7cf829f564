"""The real files as Python itself reads their lines, which takes seconds: read once for all tests."""

import ast
import gzip
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.side_by_side import made_once

Record = dict[str, Any]
# Gives the records of a file of Python literals, by its name without `.json.gz`, in the order of its lines.
ReadRecords = Callable[[str], list[Record]]

_RECORDS = "records.pickle"


@pytest.fixture(scope="session")
def real_records(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadRecords:
    """Reads a real file by `ast.literal_eval`, every line of it."""

    def read(name: str) -> list[Record]:
        folder = made_once(
            tmp_path_factory, f"real-{name}", partial(_evaluate, real_data / f"{name}.json.gz")
        )
        records: list[Record] = pickle.loads((folder / _RECORDS).read_bytes())
        return records

    return read


def _evaluate(file: Path, folder: Path) -> None:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [ast.literal_eval(line) for line in lines]
    (folder / _RECORDS).write_bytes(pickle.dumps(records))
