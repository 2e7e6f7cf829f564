"""The records of a file, in whichever form it is."""

from collections.abc import Iterator
from typing import Any

from ingest.rejects import Tally
from ingest.sources.data_sets.csv_rows import CsvRows
from ingest.sources.data_sets.json_records import JsonRecords
from ingest.sources.data_sets.mapping import Form, Mapping
from ingest.sources.steam_files.reading import Reading


def reader_of(reading: Reading, mapping: Mapping) -> CsvRows | JsonRecords:
    """Return what turns the lines of a file into records."""
    tally: Tally = reading.tally
    if mapping.form is Form.CSV:
        return CsvRows(mapping, reading.file.file, tally)
    return JsonRecords(mapping, tally)


def rows_of(reading: Reading, mapping: Mapping) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number of each record's line, and the record, of the whole file.

    Raises:
        SourceError: If the file cannot be read to its end, or its columns are not those of its header.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    rows = reader_of(reading, mapping)
    for batch in reading.batches():
        yield from rows.read(batch)
    yield from rows.end()
    reading.blank = rows.blank
