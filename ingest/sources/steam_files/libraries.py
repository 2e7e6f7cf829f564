"""Reading the items file: a user with a list of owned games a line, millions of small records in all."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from msgspec import UNSET

from ingest.clean.fields import clean_or_unknown
from ingest.clean.playtime import most_minutes, possible_minutes
from ingest.clean.rows import LibraryColumns
from ingest.clean.text import clean_steam_id, clean_user_id
from ingest.parse.fields import UnusableValue
from ingest.parse.lines import Batch
from ingest.parse.records import UserLines
from ingest.parse.schemas import OWNERS, RawOwner
from ingest.rejects import Tally
from ingest.sources.steam_files.reading import Reading

# Reads the items file: `read_libraries`, or the function of another engine.
ReadLibraries = Callable[[Reading], Iterator[LibraryColumns]]


def read_libraries(reading: Reading) -> Iterator[LibraryColumns]:
    """Yield the libraries of the whole file, those of some megabytes of lines at a time.

    Raises:
        SourceError: If the file cannot be read to its end.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    cleaner = LibraryCleaner(reading.tally)
    for batch in reading.batches():
        yield cleaner.columns_of(batch)
    reading.blank = cleaner.blank


class LibraryCleaner:
    """Makes clean columns of the lines of one file, some at a time; what is refused is counted in `tally`."""

    def __init__(self, tally: Tally) -> None:
        self._lines = UserLines(OWNERS, tally)
        self._most_minutes = most_minutes(datetime.now(UTC).date())
        self._known: set[int] = set()

    @property
    def blank(self) -> int:
        """How many lines were blank."""
        return self._lines.blank

    def columns_of(self, batch: Batch) -> LibraryColumns:
        """Return the libraries of some lines, with the titles of the apps that were not met before."""
        columns = _columns_of(self._lines, batch, self._known)
        possible_minutes(columns, self._most_minutes, self._lines.tally.discard)
        return columns


def _columns_of(lines: UserLines[RawOwner], batch: Batch, known: set[int]) -> LibraryColumns:
    """Decode a batch into columns, with the titles of apps that are not `known` yet."""
    titles: dict[int, str] = {}
    columns = LibraryColumns(titles=titles)
    tally = lines.tally
    for number, owner in lines.decode(batch):
        try:
            user_id = clean_user_id(owner.user_id)
        except UnusableValue as error:
            tally.refuse_line(number, str(error), owner.user_id)
            continue
        steam_id = owner.steam_id and clean_or_unknown(
            "steam_id", clean_steam_id, owner.steam_id, None, tally.discard
        )
        items = owner.items
        size = len(items)
        tally.records += size
        columns.user_ids.append(user_id)
        columns.steam_ids.append(steam_id or None)
        # The count is nearly always that of the games on the line.
        columns.items_counts.append(size if owner.items_count is UNSET else owner.items_count)
        columns.sizes.append(size)
        games = [item.item_id for item in items]
        columns.games.fromlist(games)
        columns.minutes.fromlist([item.playtime_forever for item in items])
        columns.minutes_2weeks.fromlist([item.playtime_2weeks for item in items])
        if not known.issuperset(games):
            for item in items:
                if item.item_id not in known and item.item_name is not UNSET:
                    known.add(item.item_id)
                    titles[item.item_id] = item.item_name
    return columns
