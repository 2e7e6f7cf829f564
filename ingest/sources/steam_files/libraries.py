"""Reading the items file: a user with a list of owned games a line, millions of small records in all."""

from array import array
from collections.abc import Iterator
from operator import attrgetter

from ingest.clean.rows import LibraryColumns
from ingest.clean.text import clean_optional, clean_text
from ingest.parse import swap_quotes
from ingest.parse.lines import Batch
from ingest.parse.records import UserLines
from ingest.parse.schemas import RawOwner
from ingest.sources.steam_files.reading import Reading

_ids = attrgetter("item_id")
_minutes = attrgetter("playtime_forever")
_minutes_2weeks = attrgetter("playtime_2weeks")


def read_libraries(reading: Reading) -> Iterator[LibraryColumns]:
    """Yield the libraries of the whole file, those of some megabytes of lines at a time.

    Raises:
        SourceError: If the file cannot be read to its end.
    """
    lines = UserLines(RawOwner, "items", swap_quotes)
    known: set[int] = set()
    records = 0
    for batch in reading.file.batches():
        columns = _columns_of(lines, batch, known)
        records += len(columns.games)
        yield columns
    reading.count(lines, records)


def _columns_of(lines: UserLines[RawOwner], batch: Batch, known: set[int]) -> LibraryColumns:
    """Decode a batch into columns, with the titles of apps that are not `known` yet."""
    titles: dict[int, str] = {}
    columns = LibraryColumns(titles=titles)
    for _number, owner in lines.decode(batch):
        columns.user_ids.append(clean_text(owner.user_id))
        columns.steam_ids.append(clean_optional(owner.steam_id))
        columns.items_counts.append(owner.items_count)
        columns.sizes.append(len(owner.items))
        games = array("i", map(_ids, owner.items))
        columns.games.extend(games)
        columns.minutes.extend(map(_minutes, owner.items))
        columns.minutes_2weeks.extend(map(_minutes_2weeks, owner.items))
        if not known.issuperset(games):
            for item in owner.items:
                if item.item_id not in known:
                    known.add(item.item_id)
                    titles[item.item_id] = item.item_name
    return columns
