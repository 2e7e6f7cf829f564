"""Reading a JSON file of records: one a line, a list of them, or each under its id."""

from collections.abc import Iterator
from typing import Any

from ingest.parse.lines import Batch, UnreadableLine, decode
from ingest.rejects import Tally
from ingest.sources.data_sets.mapping import Mapping as DataSetMapping


def with_key(value: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a record that stands under its id with that id as a member of its own."""
    if len(value) == 1:
        [(name, record)] = value.items()
        if name.isdigit() and isinstance(record, dict):
            return {key: name, **record}
    return value


class JsonRecords:
    """Turns the lines of a file into records; what cannot be read goes to the tally."""

    def __init__(self, mapping: DataSetMapping, tally: Tally) -> None:
        """Read a file as `mapping` says."""
        self._key = mapping.key
        self._tally = tally
        self.blank = 0

    def read(self, batch: Batch) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number of each record's line, and the record."""
        for number, line in enumerate(batch.lines, batch.first):
            if not line or line.isspace():
                self.blank += 1
                continue
            self._tally.lines += 1
            try:
                value = decode(line)
            except UnreadableLine as error:
                self._tally.refuse_line(number, str(error), line)
                continue
            if isinstance(value, dict):
                yield number, with_key(value, self._key)
            else:
                self._tally.refuse_line(number, "not a record with named fields", line)

    def end(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield nothing: no record spans lines."""
        return iter(())
