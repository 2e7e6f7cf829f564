"""Spark reads an items file to the same columns as this process, whatever is in it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from ingest.clean.rows import LibraryColumns
from ingest.rejects import KEPT_OF_A_KIND
from ingest.sources.source import InputRead, Kind
from ingest.sources.steam_files.libraries import ReadLibraries, read_libraries
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.source_file import SourceFile
from ingest.stage.libraries import MergedLibraries, merge_libraries
from spark import SparkEngine, SparkError
from store.runs import SilentProgress
from tests.ingest.raw_files import item, owner

pytestmark = pytest.mark.slow

SOUND = [
    str(owner(f"user{number}", *(item(10 + game, number) for game in range(number % 7))))
    for number in range(3000)
]
ODD = [
    "",
    "   ",
    "not a record",
    "{'user_id': 'nobody'}",
    str(owner("", item(10))),
    str(owner("again", item(20, 5))),
    str(owner("again", item(20, 9), item(30), steam_id="", items_count=7)),
    str(owner("of no app", {"item_name": "Nameless"}, item(10))),
    str(owner("long ago", item(10, 10**9))),
    str(
        owner(
            "ñandú",
            item(40, 1, item_name="Ñ"),
            item(50, item_name="half \ud800".encode(errors="replace").decode()),
        )
    ),
    '{"user_id": "json", "items_count": 1, "steam_id": "x", "items": [{"item_id": "60", "item_name": "J"}]}',
    "\ufeff" + str(owner("marked", item(70))),
]


@dataclass
class Read:
    columns: MergedLibraries
    record: InputRead


def _read(file: Path, by: ReadLibraries) -> Read:
    reading = Reading("items", Kind.OWNED_GAMES, SourceFile(file, SilentProgress()))
    parts: list[LibraryColumns] = list(by(reading))
    return Read(merge_libraries(parts), reading.done())


def _require_same(file: Path, engine: SparkEngine) -> None:
    here, there = _read(file, read_libraries), _read(file, engine.read_libraries)
    assert there.record == here.record
    assert list(there.columns.players.user_ids) == list(here.columns.players.user_ids)
    for name in ("steam_ids", "items_counts", "fingerprints"):
        np.testing.assert_array_equal(
            getattr(there.columns.players, name), getattr(here.columns.players, name)
        )
    for name in ("player", "game", "minutes", "minutes_2weeks"):
        assert (
            getattr(there.columns.libraries, name).tolist() == getattr(here.columns.libraries, name).tolist()
        )
    assert (there.columns.titles, there.columns.repeated) == (here.columns.titles, here.columns.repeated)


def _file(folder: Path, name: str, lines: list[str], end: str = "\n") -> Path:
    content = "".join(line + end for line in lines).encode()
    file = folder / name
    file.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return file


@pytest.mark.parametrize("name", ["users_items.json", "users_items.json.gz"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sound_and_odd_lines_give_the_same_columns_and_rejects(
    name: str, end: str, engine: SparkEngine, tmp_path: Path
) -> None:
    lines = SOUND[:1500] + ODD + SOUND[1500:] + ODD
    _require_same(_file(tmp_path, name, lines, end), engine)


def test_the_real_file_gives_the_same_columns(engine: SparkEngine, real_data: Path) -> None:
    _require_same(real_data / "users_items.json.gz", engine)


def test_of_many_rejects_the_same_ones_are_kept(engine: SparkEngine, tmp_path: Path) -> None:
    lines = [
        f"no record {number}" if number % 2 else SOUND[number] for number in range(2 * KEPT_OF_A_KIND + 500)
    ]
    _require_same(_file(tmp_path, "users_items.json.gz", lines), engine)


def test_a_line_that_is_no_utf8_spoils_itself_alone(engine: SparkEngine, tmp_path: Path) -> None:
    file = _file(tmp_path, "users_items.json", SOUND[:10])
    file.write_bytes(file.read_bytes() + b"{'user_id': '\xff\xfe', 'items': []}\n" + SOUND[11].encode())
    _require_same(file, engine)


def test_a_file_in_many_parts_is_put_together_in_its_order(engine: SparkEngine, tmp_path: Path) -> None:
    file = _file(tmp_path, "users_items.json", (SOUND + ODD) * 10)
    spark = engine.read_libraries._spark
    before = spark.conf.get("spark.sql.files.maxPartitionBytes")
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(file.stat().st_size // 7))
    try:
        _require_same(file, engine)
    finally:
        spark.conf.set("spark.sql.files.maxPartitionBytes", before)


@pytest.mark.parametrize(
    ("name", "encoding"), [("users_items.json", "utf-16"), ("a[1]{2}.json", "utf-8"), ("gzip.json", "gzip")]
)
def test_what_spark_would_split_otherwise_is_read_here(
    name: str, encoding: str, engine: SparkEngine, tmp_path: Path
) -> None:
    text = "\n".join(SOUND[:20])
    file = tmp_path / name
    file.write_bytes(gzip.compress(text.encode()) if encoding == "gzip" else text.encode(encoding))
    _require_same(file, engine)


def test_a_file_cut_off_is_one_sentence(engine: SparkEngine, tmp_path: Path) -> None:
    file = _file(tmp_path, "users_items.json.gz", SOUND)
    file.write_bytes(file.read_bytes()[:-4000])
    with pytest.raises(SparkError, match=r"Spark could not read .*users_items"):
        _read(file, engine.read_libraries)
