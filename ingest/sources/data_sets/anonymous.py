"""Reading the libraries of anonymous players: tens of millions of short numeric records."""

import io
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.clean.fields import Fields
from ingest.clean.playtime import most_minutes
from ingest.clean.rows import AnonymousColumns
from ingest.clean.text import require_all_digits
from ingest.parse import fields as rules
from ingest.parse.fields import LARGEST_APP_ID, UnusableValue
from ingest.parse.lines import Batch
from ingest.sources.data_sets.csv_rows import CsvRows
from ingest.sources.data_sets.mapping import Mapping, Unit
from ingest.sources.data_sets.rows import reader_of
from ingest.sources.data_sets.values import FieldValues
from ingest.sources.steam_files.reading import Reading

UInt64 = NDArray[np.uint64]

_UNKNOWN = -1
# What splitmix64 adds for each further number.
_GOLDEN_RATIO = 0x9E3779B97F4A7C15
_MINUTES = 60


def read_anonymous(reading: Reading, mapping: Mapping) -> Iterator[AnonymousColumns]:
    """Yield what people own, some megabytes of records at a time.

    Raises:
        SourceError: If the file cannot be read to its end, or its columns are not those of its header.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    rows = reader_of(reading, mapping)
    people = _People(reading, mapping)
    for batch in reading.batches():
        columns = people.at_once(rows, batch) if isinstance(rows, CsvRows) else None
        yield people.one_by_one(rows.read(batch)) if columns is None else columns
    yield people.one_by_one(rows.end())
    reading.blank = rows.blank


class _People:
    """Turns the records of one file into columns."""

    def __init__(self, reading: Reading, mapping: Mapping) -> None:
        self._tally = reading.tally
        self._values = FieldValues(mapping)
        self._columns = mapping.columns
        self._delimiter = mapping.delimiter
        self._start = np.uint64((crc32(mapping.name.encode()) + 1) * _GOLDEN_RATIO % 2**64)
        self._most = most_minutes(datetime.now(UTC).date())

    def at_once(self, rows: CsvRows, batch: Batch) -> AnonymousColumns | None:
        """Return the columns of a batch in which every row is as it should be, else None."""
        names = rows.names
        used = [column.source for column in self._columns.values()]
        text = b"\n".join(batch.lines)
        is_plain = not any(column.list or column.unknown for column in self._columns.values())
        if not names or not is_plain or b'"' in text:
            return None
        try:
            table = pd.read_csv(
                io.BytesIO(text),
                sep=self._delimiter,
                header=None,
                names=names,
                usecols=used,
                dtype={self._columns["user"].source: "uint64", self._columns["game"].source: "int64"},
                keep_default_na=False,
            )
        except (ValueError, OverflowError):  # a row that is not: each is looked at by itself
            return None
        # A first row with too many cells would shift all others.
        columns = self._from_table(table) if isinstance(table.index, pd.RangeIndex) else None
        if columns is not None:
            self._tally.lines += len(table)
            rows.blank += len(batch.lines) - len(table)
        return columns

    def _from_table(self, table: "pd.DataFrame") -> AnonymousColumns | None:
        games = table[self._columns["game"].source].to_numpy()
        minutes = np.zeros(len(table), np.int64)
        recommends = np.full(len(table), _UNKNOWN, np.int8)
        if "playtime" in self._columns:
            column = self._columns["playtime"]
            played = table[column.source].to_numpy()
            if played.dtype.kind not in "iuf":
                return None
            minutes = np.round(played * (_MINUTES if column.unit is Unit.HOURS else 1)).astype(np.int64)
        if "recommend" in self._columns:
            said = table[self._columns["recommend"].source].to_numpy()
            if said.dtype.kind != "b":
                return None
            recommends = said.astype(np.int8)
        if not ((games >= 1) & (games <= LARGEST_APP_ID) & (minutes >= 0) & (minutes <= self._most)).all():
            return None
        return AnonymousColumns(
            people=array("Q", self._numbers(table[self._columns["user"].source].to_numpy()).tobytes()),
            games=array("i", games.astype(np.int32).tobytes()),
            minutes=array("i", minutes.astype(np.int32).tobytes()),
            recommends=array("b", recommends.tobytes()),
        )

    def one_by_one(self, records: Iterable[tuple[int, dict[str, Any]]]) -> AnonymousColumns:
        """Return the columns of numbered records, without those that are refused."""
        columns = AnonymousColumns()
        numbers: list[int] = []
        for number, record in records:
            found = self._values.of(record, self._tally.discard)
            try:
                game = rules.app_id(found.get("game"))
                numbers.append(_number(found.get("user")))
            except UnusableValue as error:
                self._tally.refuse_line(number, f"no usable person or app id: {error}", record)
                continue
            fields = Fields(found, self._tally.discard)
            columns.games.append(game)
            columns.minutes.append(fields.take("playtime", self._minutes, 0))
            columns.recommends.append(int(fields.take("recommend", rules.truth, _UNKNOWN)))
        columns.people.frombytes(self._numbers(np.array(numbers, np.uint64)).tobytes())
        return columns

    def _minutes(self, value: object) -> int:
        return rules.whole_number(value, 0, self._most)

    def _numbers(self, people: UInt64) -> UInt64:
        """Mix the numbers of people well, other data sets in another way (splitmix64, Steele et al. 2014)."""
        mixed = people + self._start
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def _number(value: Any) -> int:
    """Return a number for a person who goes by a number or a text."""
    text = rules.text_or_digits(value)
    if not text.strip():
        raise UnusableValue("no person")
    require_all_digits(text)
    if text.isascii() and text.isdigit() and int(text[:21]) < 2**64 and len(text) <= 20:
        return int(text)
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=8).digest(), "little")
