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
_NOT_CLOSED = "a quote that is not closed"


class _NoRow(Exception):
    """A text is no row; the message says why."""


def names_of(header: Sequence[str], joined: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names of the columns, those parted again that are `joined` by mistake."""
    return [name for entry in header for name in joined.get(entry.strip(), (entry.strip(),))]


def cells_of(text: str, delimiter: str) -> list[str]:
    """Return the cells of one record.

    Raises:
        csv.Error: If it is not one.
    """
    return next(csv.reader([text], delimiter=delimiter, strict=True), [])


def _is_odd(line: bytes) -> bool:
    """Return whether a line has one quote without another, so that a cell may go on in the next line."""
    return line.count(b'"') % 2 == 1


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
        for number, line in enumerate(batch.lines, batch.first):
            if self._open:
                yield from self._go_on(line)
            elif line.strip():
                yield from self._begin(number, line)
            else:
                self.blank += 1

    def end(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Refuse a record that was begun and not ended, and yield those that it hid.

        Raises:
            SourceError: If there was none.
        """
        if self._open:
            yield from self._give_up(_NOT_CLOSED)
        if not self._tally.lines:
            raise SourceError(f"{self._file} has no rows; fetch it again.")

    def _begin(self, number: int, line: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
        if _is_odd(line) and not self._is_row(line):
            self._open_at(number, line)
            return
        try:
            cells = self._cells(line)
        except _NoRow as error:
            self._refuse(number, line, str(error))
        else:
            yield from self._record(number, cells, line)

    def _go_on(self, line: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
        """Add a line to the record under way, which it ends if it has the other quote."""
        self._open.append(line)
        self._open_bytes += len(line)
        if self._open_bytes > _LONGEST_RECORD:
            yield from self._give_up(_NOT_CLOSED)
        elif _is_odd(line):
            whole = b"\n".join(self._open)
            try:
                cells = self._cells(whole)
            except _NoRow as error:
                yield from self._give_up(str(error))
                return
            if self._is_checked and len(cells) != len(self._names):
                yield from self._give_up(self._of_other_length(cells))
            else:
                self._open = []
                yield from self._record(self._opened_at, cells, whole)

    def _give_up(self, reason: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Refuse the record under way, and yield the rows that its quote took in by mistake."""
        numbered = list(enumerate(self._open, self._opened_at))
        self._open = []
        self._refuse(*numbered[0], reason)
        for number, line in numbered[1:]:
            if self._is_row(line):
                yield from self._begin(number, line)
        number, line = numbered[-1]
        if len(numbered) > 1 and _is_odd(line) and not self._is_row(line):
            self._open_at(number, line)  # what seemed to end it may have begun another one

    def _open_at(self, number: int, line: bytes) -> None:
        self._opened_at, self._open, self._open_bytes = number, [line], len(line)

    def _is_row(self, line: bytes) -> bool:
        """Return whether a line is a row by itself: a quote within a cell is no more than a sign."""
        try:
            return len(self._cells(line)) == len(self._names)
        except _NoRow:
            return False

    def _cells(self, text: bytes) -> list[str]:
        """Return the cells of a record. Raises _NoRow if it is not one."""
        try:
            return cells_of(text.decode().rstrip("\r"), self._mapping.delimiter)
        except UnicodeDecodeError:
            raise _NoRow("not UTF-8 text") from None
        except csv.Error as error:
            raise _NoRow(f"no row of a table: {error}") from None

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
            self._tally.refuse_line(number, self._of_other_length(cells), line)
        else:
            yield number, dict(zip(self._names, cells, strict=True))

    def _of_other_length(self, cells: Sequence[str]) -> str:
        return f"{len(cells)} cells where the header has {len(self._names)}"

    def _refuse(self, number: int, line: bytes, reason: str) -> None:
        self._tally.lines += 1
        self._tally.refuse_line(number, reason, line)

    def _require_columns(self) -> None:
        about = {self._mapping.columns[field].source for field in _ABOUT & self._mapping.fields.keys()}
        if lacking := sorted(about.difference(self._names)):
            raise SourceError(
                f"{self._file} has no column {lacking[0]}, which its mapping names; its columns are"
                f" {', '.join(self._names)}."
            )
        wanted = {column.source for column in self._mapping.columns.values()}
        if twice := sorted(name for name in wanted if self._names.count(name) > 1):
            raise SourceError(
                f"{self._file} has two columns {twice[0]}, and nobody can tell which is meant; rename one."
            )

    def _require_fit(self, cells: Sequence[str]) -> None:
        if len(cells) != len(self._names):
            raise SourceError(
                f"{self._file} names {len(self._names)} columns and has {len(cells)} in its first row, so"
                " that nobody can tell which is which; mend that line, or use the JSON file of these data."
            )
