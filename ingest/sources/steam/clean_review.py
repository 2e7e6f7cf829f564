"""Making clean rows of the reviews that were kept, and libraries of what their authors played."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby

from ingest.clean.rows import CleanReview, LibraryColumns
from ingest.clean.text import clean_text
from ingest.sources.steam.codes import ISO_CODES
from ingest.sources.steam.kept.models import KeptReview
from store.people.anonymous import anonymous_id

_AUTHORS_AT_ONCE = 2_000
_LAST_STAMP = 4_102_444_800


def clean_review(review: KeptReview) -> CleanReview:
    """Return the clean row of a review; Steam counts those who found it helpful, and nobody else."""
    return CleanReview(
        user_id=anonymous_id(review.author),
        game_id=review.app,
        recommend=review.recommend,
        posted=_day(review.created),
        posted_inferred=False,
        helpful=review.helpful,
        helpful_of=review.helpful,
        funny=review.funny,
        text=clean_text(review.text),
        language=ISO_CODES.get(review.language),
    )


def author_libraries(rows: Iterable[tuple[str, int, int, int]]) -> Iterator[LibraryColumns]:
    """Yield what authors played, some authors at a time.

    Args:
        rows: Author, app, minutes, minutes in two weeks; those of one author one after the other.
    """
    part = LibraryColumns()
    for author, games in groupby(rows, key=lambda row: row[0]):
        if len(part.user_ids) == _AUTHORS_AT_ONCE:
            yield part
            part = LibraryColumns()
        size = 0
        for _author, app, minutes, minutes_2weeks in games:
            part.games.append(app)
            part.minutes.append(minutes)
            part.minutes_2weeks.append(minutes_2weeks)
            size += 1
        part.user_ids.append(anonymous_id(author))
        part.steam_ids.append(None)
        part.items_counts.append(size)
        part.sizes.append(size)
    if part.user_ids:
        yield part


def _day(stamp: int) -> date | None:
    return datetime.fromtimestamp(stamp, UTC).date() if 0 < stamp < _LAST_STAMP else None
