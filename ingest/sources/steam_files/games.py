"""Reading the games file: one app a line."""

from collections.abc import Iterator
from typing import Any

from ingest.clean.games import UnusableRecord, clean_game
from ingest.clean.rows import CleanGame
from ingest.parse import UnreadableLine, decode
from ingest.rejects import reject
from ingest.sources.steam_files.reading import Reading


def read_games(reading: Reading) -> Iterator[CleanGame]:
    """Yield the apps of the whole file; lines that say NaN to everything are blank.

    Raises:
        SourceError: If the file cannot be read to its end.
    """
    tally = reading.tally
    nothing = b""  # the newest line that says NaN to everything: most of them are equal
    for batch in reading.file.batches():
        for number, line in enumerate(batch.lines, batch.first):
            if not line or line == nothing or line.isspace():
                reading.blank += 1
                continue
            try:
                record = decode(line)
                if _says_nothing(record):
                    reading.blank += 1
                    nothing = line
                    continue
                if not isinstance(record, dict):
                    raise UnusableRecord("not a record with named fields")
                game = clean_game(record)
            except (UnreadableLine, UnusableRecord) as error:
                tally.add(1, 0, [reject(number, str(error), line)])
                continue
            tally.add(1, 0, ())
            yield game


def _says_nothing(record: Any) -> bool:
    return isinstance(record, dict) and all(value != value for value in record.values())  # noqa: PLR0124
