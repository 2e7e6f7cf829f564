"""Reading what people own or wrote: a record for each person and game."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import UNSET

from ingest.clean.fields import Fields, clean_or_unknown
from ingest.clean.playtime import most_minutes, possible_minutes
from ingest.clean.reviews import ReviewCleaner
from ingest.clean.rows import CleanReview, LibraryColumns
from ingest.clean.text import clean_steam_id, clean_user_id, require_all_digits
from ingest.parse import fields as rules
from ingest.parse.fields import Discard, UnusableValue
from ingest.parse.schemas import RawReview
from ingest.sources.data_sets.mapping import Mapping, People
from ingest.sources.data_sets.rows import rows_of
from ingest.sources.data_sets.values import FieldValues
from ingest.sources.steam_files.reading import Reading

_ROWS_AT_ONCE = 100_000
_MOST_MINUTES = 2**31 - 1
_NO_COUNT = -1


def read_libraries(reading: Reading, mapping: Mapping) -> Iterator[LibraryColumns]:
    """Yield what people with names own, some records at a time.

    Raises:
        SourceError: If the file cannot be read to its end, or its columns are not those of its header.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    most = most_minutes(datetime.now(UTC).date())
    titles: dict[int, str] = {}
    columns = LibraryColumns(titles=titles)
    for user_id, game, fields in _records(reading, mapping):
        columns.user_ids.append(user_id)
        columns.steam_ids.append(_steam_id(user_id, mapping, reading.tally.discard))
        columns.items_counts.append(_NO_COUNT)
        columns.sizes.append(1)
        columns.games.append(game)
        columns.minutes.append(fields.take("playtime", _minutes, 0))
        columns.minutes_2weeks.append(0)
        title = fields.take("title", rules.name, None)
        if title is not None:
            titles[game] = title
        if len(columns.games) == _ROWS_AT_ONCE:
            possible_minutes(columns, most, reading.tally.discard)
            yield columns
            titles = {}
            columns = LibraryColumns(titles=titles)
    possible_minutes(columns, most, reading.tally.discard)
    yield columns


def read_reviews(reading: Reading, mapping: Mapping, crawl_year: int) -> Iterator[CleanReview]:
    """Yield reviews; `crawl_year` stands in for a year that a date lacks.

    Raises:
        SourceError: If the file cannot be read to its end, or its columns are not those of its header.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    latest = datetime.now(UTC).date() + timedelta(days=1)
    cleaner = ReviewCleaner(crawl_year, latest, reading.tally.discard)
    for user_id, game, fields in _records(reading, mapping):
        raw = RawReview(
            item_id=game,
            recommend=fields.take("recommend", rules.truth, UNSET),
            review=fields.take("text", rules.text, ""),
            posted=fields.take("posted", rules.name, ""),
            helpful=fields.take("helpful", rules.text_or_digits, ""),
            funny=fields.take("funny", rules.text_or_digits, ""),
        )
        yield cleaner.clean(user_id, raw)


def _records(reading: Reading, mapping: Mapping) -> Iterator[tuple[str, int, Fields]]:
    """Yield the person, the app id and the fields of each record that has the first two."""
    tally = reading.tally
    values = FieldValues(mapping)
    for number, record in rows_of(reading, mapping):
        found = values.of(record, tally.discard)
        try:
            user_id, game = _about(found, mapping.people)
        except UnusableValue as error:
            tally.refuse_line(number, str(error), record)
            continue
        yield user_id, game, Fields(found, tally.discard)


def _about(found: dict[str, Any], people: People) -> tuple[str, int]:
    try:
        game = rules.app_id(found.get("game"))
    except UnusableValue as error:
        raise UnusableValue(f"no usable app id: {error}") from None
    user = rules.text_or_digits(found.get("user"))
    if people is People.STEAM_IDS:
        require_all_digits(user)
    return clean_user_id(user), game


def _steam_id(user_id: str, mapping: Mapping, discard: Discard) -> str | None:
    if mapping.people is not People.STEAM_IDS:
        return None
    return clean_or_unknown("user", clean_steam_id, user_id, None, discard)


def _minutes(value: object) -> int:
    return rules.whole_number(value, 0, _MOST_MINUTES)
