"""Reading the games file: one app a line."""

from collections.abc import Iterator
from typing import Any

from ingest.clean.games import UnusableRecord, clean_game
from ingest.clean.rows import CleanGame
from ingest.parse import UnreadableLine, decode
from ingest.parse.fields import is_nan
from ingest.sources.steam_files.reading import Reading


def read_games(reading: Reading) -> Iterator[CleanGame]:
    """Yield the apps of the whole file; lines that say NaN to everything are blank.

    Raises:
        SourceError: If the file cannot be read to its end.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    tally = reading.tally
    nothing = b""  # the newest line that says NaN to everything: most of them are equal
    for batch in reading.batches():
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
                tally.lines += 1
                if not isinstance(record, dict):
                    raise UnusableRecord("not a record with named fields")
                game = clean_game(record, tally.discard)
            except UnreadableLine as error:
                tally.lines += 1
                tally.refuse_line(number, str(error), line)
            except UnusableRecord as error:
                tally.refuse_line(number, str(error), line)
            else:
                yield game


def _says_nothing(record: Any) -> bool:
    return isinstance(record, dict) and all(is_nan(value) for value in record.values())
