"""Reading the items file in Spark, whose workers parse and clean its lines by the project's own code.

Spark splits the file into lines; what it cannot split as the project does (other encodings, archives, other
packings than gzip) is read on this machine.
"""

import codecs
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.clean.rows import LibraryColumns
from ingest.parse.lines import Batch
from ingest.rejects import Rejected, Tally
from ingest.sources.files import is_plain_text
from ingest.sources.steam_files.libraries import LibraryCleaner, read_libraries
from ingest.sources.steam_files.reading import Reading
from spark.errors import explained

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# Spark takes these in a path for patterns, and these names for packed files.
_PATTERNS = frozenset("*?[]{}\\")
_PACKED_NAMES = (".bz2", ".deflate", ".lz4", ".snappy", ".zst", ".zstd")
_GZIP_NAME = ".gz"
# How many lines are sent to a worker in one batch, and how many libraries come back in one.
_LINES_TOGETHER = 512
_LIBRARIES_TOGETHER = 10_000
# A place is the number of Spark's part of the file, then that of the line in it, from 0.
_PLACE_BITS = 33
_IN_PART = (1 << _PLACE_BITS) - 1

_COLUMNS = (
    "place long, user_id string, steam_id string, items_count int, games array<int>, minutes array<int>,"
    " minutes_2weeks array<int>, titled array<int>, titles array<binary>, counts binary"
)


class SparkLibraries:
    """Reads an items file to the same columns as `ingest.sources.steam_files.libraries.read_libraries`."""

    def __init__(self, spark: "SparkSession") -> None:
        self._spark = spark

    def __call__(self, reading: Reading) -> Iterator[LibraryColumns]:
        """Yield the libraries of the whole file.

        Raises:
            SourceError: If the file cannot be read to its end.
            SparkError: Spark failed, or its workers do not see the file.
        """
        file = reading.file.file.absolute()
        if not _splits_as_ours(file):
            yield from read_libraries(reading)
            return
        with reading.file.read_elsewhere():
            with explained(f"read {file}, which all its workers must see"):
                table = self._lines(file).mapInArrow(_cleaned, _COLUMNS).toArrow()
            counts = _Counts.of(table["counts"].drop_null().to_pylist())
            reading.file.lines = counts.lines
            reading.tally.add(counts.tallies())
            reading.blank = counts.blank
            libraries = table.filter(table["user_id"].is_valid()).sort_by("place").drop_columns(["counts"])
            del table
        for start in range(0, libraries.num_rows, _LIBRARIES_TOGETHER):
            yield _columns(libraries.slice(start, _LIBRARIES_TOGETHER))

    def _lines(self, file: Path) -> "DataFrame":
        """Return the lines with their places, dealt to all workers, in ascending order on each."""
        from pyspark.sql.functions import col, monotonically_increasing_id

        lines = self._spark.read.text(file.as_uri(), lineSep="\n")
        lines = lines.select(monotonically_increasing_id().alias("place"), col("value"))
        workers = self._spark.sparkContext.defaultParallelism
        if lines.rdd.getNumPartitions() >= workers:
            return lines
        # A gzip file is one part, whatever its size.
        together = (col("place") / _LINES_TOGETHER).cast("long")
        return lines.repartition(2 * workers, together).sortWithinPartitions("place")


def _splits_as_ours(file: Path) -> bool:
    if _PATTERNS.intersection(str(file)) or file.suffix.lower() in _PACKED_NAMES:
        return False
    with file.open("rb") as stream:
        is_gzip = stream.read(2) == b"\x1f\x8b"
    return is_gzip == (file.suffix == _GZIP_NAME) and is_plain_text(file)


def _cleaned(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
    """Clean lines, which come in the order of their places; runs on a worker.

    The last row has what was counted.
    """
    import pyarrow as pa
    from pyspark.serializers import CPickleSerializer

    tally = Tally()
    cleaner = LibraryCleaner(tally)
    last: dict[int, int] = {}
    form = _form()
    for batch in batches:
        places = batch.column(0).to_pylist()
        # As bytes: a line may be no UTF-8.
        lines = batch.column(1).cast(pa.binary()).to_pylist()
        rows = []
        for place, line in zip(places, lines, strict=True):
            last[place >> _PLACE_BITS] = place & _IN_PART
            columns = cleaner.columns_of(Batch(place, [line.removeprefix(codecs.BOM_UTF8)]))
            rows += _rows(place, columns)
        yield pa.RecordBatch.from_pylist(rows, form)
    counts = CPickleSerializer().dumps((tally, cleaner.blank, last))
    yield pa.RecordBatch.from_pylist([{"place": 0, "counts": counts}], form)


def _form() -> "pa.Schema":
    """Return the columns that `_cleaned` makes, as Arrow has them."""
    import pyarrow as pa

    ints = pa.list_(pa.int32())
    return pa.schema(
        {
            "place": pa.int64(),
            "user_id": pa.string(),
            "steam_id": pa.string(),
            "items_count": pa.int32(),
            "games": ints,
            "minutes": ints,
            "minutes_2weeks": ints,
            "titled": ints,
            "titles": pa.list_(pa.binary()),
            "counts": pa.binary(),
        }
    )


def _rows(place: int, columns: LibraryColumns) -> list[dict[str, Any]]:
    """Return the row of the library of one line, none where the line has none."""
    return [
        {
            "place": place,
            "user_id": user_id,
            "steam_id": steam_id,
            "items_count": count,
            "games": np.array(columns.games, np.int32),
            "minutes": np.array(columns.minutes, np.int32),
            "minutes_2weeks": np.array(columns.minutes_2weeks, np.int32),
            "titled": list(columns.titles),
            # As bytes: a title may hold half a character.
            "titles": [title.encode(errors="surrogatepass") for title in columns.titles.values()],
        }
        for user_id, steam_id, count in zip(
            columns.user_ids, columns.steam_ids, columns.items_counts, strict=True
        )
    ]


@dataclass(frozen=True, slots=True)
class _Counts:
    """What each worker counted: its tally, blank lines, and the last line that it met of each part."""

    parts: list[tuple[Tally, int, dict[int, int]]]

    @classmethod
    def of(cls, packed: list[bytes]) -> "_Counts":
        from pyspark.serializers import CPickleSerializer

        return cls([CPickleSerializer().loads(part) for part in packed])

    @property
    def blank(self) -> int:
        return sum(blank for _, blank, _ in self.parts)

    @property
    def lines(self) -> int:
        return sum(self._sizes())

    def tallies(self) -> Iterator[Tally]:
        """Yield the tallies, with the numbers of lines in place of places."""
        before = [0, *accumulate(self._sizes())]
        for tally, _, _ in self.parts:
            rejects = [
                Rejected(
                    before[entry.line >> _PLACE_BITS] + (entry.line & _IN_PART) + 1,
                    entry.record,
                    entry.reason,
                    entry.excerpt,
                )
                for entry in tally.rejects
            ]
            yield Tally(tally.lines, tally.records, rejects, tally.counts)

    def _sizes(self) -> list[int]:
        """Return the number of lines of each of Spark's parts of the file."""
        last: dict[int, int] = {}
        for _, _, of_worker in self.parts:
            for part, line in of_worker.items():
                last[part] = max(line, last.get(part, 0))
        return [last[part] + 1 if part in last else 0 for part in range(max(last, default=-1) + 1)]


def _columns(libraries: "pa.Table") -> LibraryColumns:
    """Return rows of Spark's table as the columns that staging takes."""
    libraries = libraries.combine_chunks()
    titles: dict[int, str] = {}
    titled, texts = (libraries[name].combine_chunks().flatten().to_pylist() for name in ("titled", "titles"))
    for app, title in zip(titled, texts, strict=True):
        titles.setdefault(app, title.decode(errors="surrogatepass"))
    return LibraryColumns(
        user_ids=libraries["user_id"].to_pylist(),
        steam_ids=libraries["steam_id"].to_pylist(),
        items_counts=_numbers(libraries["items_count"].combine_chunks()),
        sizes=_numbers(libraries["games"].combine_chunks().value_lengths()),
        games=_numbers(libraries["games"].combine_chunks().flatten()),
        minutes=_numbers(libraries["minutes"].combine_chunks().flatten()),
        minutes_2weeks=_numbers(libraries["minutes_2weeks"].combine_chunks().flatten()),
        titles=titles,
    )


def _numbers(values: "pa.Array") -> "array[int]":
    numbers = array("i")
    numbers.frombytes(values.to_numpy(zero_copy_only=False).astype(np.int32).tobytes())
    return numbers
