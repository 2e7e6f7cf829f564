"""Reading the reviews file: a user with a list of reviews a line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ingest.clean.reviews import ReviewCleaner
from ingest.clean.rows import CleanReview
from ingest.clean.text import clean_user_id
from ingest.parse.fields import UnusableValue
from ingest.parse.records import UserLines
from ingest.parse.schemas import REVIEWERS
from ingest.sources.steam_files.reading import Reading


def read_reviews(reading: Reading, crawl_year: int) -> Iterator[CleanReview]:
    """Yield the reviews of the whole file; `crawl_year` stands in for a year that Steam left out.

    Raises:
        SourceError: If the file cannot be read to its end.
        GuardError: If so much of it cannot be used that the rest does not matter.
    """
    tally = reading.tally
    lines = UserLines(REVIEWERS, tally)
    # In some time zones it is tomorrow already.
    latest = datetime.now(UTC).date() + timedelta(days=1)
    cleaner = ReviewCleaner(crawl_year, latest, tally.discard)
    for batch in reading.batches():
        for number, reviewer in lines.decode(batch):
            try:
                user_id = clean_user_id(reviewer.user_id)
            except UnusableValue as error:
                tally.refuse_line(number, str(error), reviewer.user_id)
                continue
            tally.records += len(reviewer.reviews)
            for raw in reviewer.reviews:
                yield cleaner.clean(user_id, raw)
    reading.blank = lines.blank
