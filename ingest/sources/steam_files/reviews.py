"""Reading the reviews file: a user with a list of reviews a line."""

from collections.abc import Iterator

from ingest.clean.reviews import clean_review
from ingest.clean.rows import CleanReview
from ingest.clean.text import clean_text
from ingest.parse import literal_to_json
from ingest.parse.records import UserLines
from ingest.parse.schemas import RawReviewer
from ingest.sources.steam_files.reading import Reading


def read_reviews(reading: Reading, crawl_year: int) -> Iterator[CleanReview]:
    """Yield the reviews of the whole file; `crawl_year` stands in for a year that Steam left out.

    Raises:
        SourceError: If the file cannot be read to its end.
    """
    lines = UserLines(RawReviewer, "reviews", literal_to_json)
    records = 0
    for batch in reading.file.batches():
        for _number, reviewer in lines.decode(batch):
            user_id = clean_text(reviewer.user_id)
            records += len(reviewer.reviews)
            for raw in reviewer.reviews:
                yield clean_review(user_id, raw, crawl_year)
    reading.count(lines, records)
