"""Reading a CSV file: records that may span lines, under the names of its header."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import SourceError
from ingest.parse.lines import Batch
from ingest.rejects import Tally
from ingest.sources.data_sets.mapping import Mapping as DataSetMapping

# As many bytes as any record may have; a quote that is never closed would take in the rest of the file.
_LONGEST_RECORD = 1 << 24
# What a record is about.
_ABOUT = frozenset({"id", "user", "game"})


def names_of(header: Sequence[str], joined: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names of the columns, those parted again that are `joined` by mistake."""
    return [name for entry in header for name in joined.get(entry.strip(), (entry.strip(),))]


def cells_of(text: str, delimiter: str) -> list[str]:
    """Return the cells of one record.

    Raises:
        csv.Error: If it is none.
    """
    return next(csv.reader([text], delimiter=delimiter, strict=True), [])


class CsvRows:
    """Turns the lines of a file into records; what cannot be read goes to the tally."""

    def __init__(self, mapping: DataSetMapping, file: Path, tally: Tally) -> None:
        """Read `file` as `mapping` says."""
        self._mapping = mapping
        self._file = file
        self._tally = tally
        self._names = list(mapping.header)
        self._is_checked = False
        self._open: list[bytes] = []  # the lines so far of a record with a quote that is not closed yet
        self._opened_at = 0
        self._open_bytes = 0
        self.blank = 0
        # Python's own bound, for the whole process, is shorter than some descriptions of games.
        csv.field_size_limit(_LONGEST_RECORD)

    @property
    def names(self) -> list[str]:
        """The columns, once the header has been read and fits the rows; else none."""
        return self._names if self._is_checked and not self._open else []

    def read(self, batch: Batch) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number of each record's first line, and the record.

        Raises:
            SourceError: If the header does not fit the rows.
        """
        for number, line in self._whole(batch):
            if not line.strip():
                self.blank += 1
                continue
            try:
                cells = cells_of(line.decode().rstrip("\r"), self._mapping.delimiter)
            except UnicodeDecodeError:
                self._refuse(number, "not UTF-8 text", line)
            except csv.Error as error:
                self._refuse(number, f"no row of a table: {error}", line)
            else:
                yield from self._record(number, cells, line)

    def end(self) -> None:
        """Refuse what was begun and not ended."""
        if self._open:
            self._refuse(self._opened_at, "a quote that is not closed", self._open[0])
            self._open = []

    def _record(self, number: int, cells: list[str], line: bytes) -> Iterable[tuple[int, dict[str, Any]]]:
        if not self._names:
            self._names = names_of(cells, self._mapping.joined)
            self._require_columns()
            return
        if not self._is_checked:
            self._require_fit(cells)
            self._is_checked = True
        self._tally.lines += 1
        if len(cells) != len(self._names):
            self._tally.refuse_line(
                number, f"{len(cells)} cells where the header has {len(self._names)}", line
            )
        else:
            yield number, dict(zip(self._names, cells, strict=True))

    def _whole(self, batch: Batch) -> Iterator[tuple[int, bytes]]:
        """Yield the records of a batch as whole lines: a cell in quotes may hold line ends."""
        for number, line in enumerate(batch.lines, batch.first):
            is_odd = line.count(b'"') % 2 == 1
            if not self._open:
                if not is_odd:
                    yield number, line
                    continue
                self._opened_at, self._open_bytes = number, 0
            self._open.append(line)
            self._open_bytes += len(line)
            if self._open_bytes > _LONGEST_RECORD:
                self.end()
            elif is_odd and len(self._open) > 1:
                whole, self._open = b"\n".join(self._open), []
                yield self._opened_at, whole

    def _refuse(self, number: int, reason: str, line: bytes) -> None:
        self._tally.lines += 1
        self._tally.refuse_line(number, reason, line)

    def _require_columns(self) -> None:
        about = {self._mapping.columns[field].source for field in _ABOUT & self._mapping.fields.keys()}
        if lacking := sorted(about.difference(self._names)):
            raise SourceError(
                f"{self._file} has no column {lacking[0]}, which its mapping names; its columns are"
                f" {', '.join(self._names)}."
            )

    def _require_fit(self, cells: Sequence[str]) -> None:
        if len(cells) != len(self._names):
            raise SourceError(
                f"{self._file} names {len(self._names)} columns and has {len(cells)} in its first row, so"
                " that nobody can tell which is which; mend that line, or use the JSON file of these data."
            )
