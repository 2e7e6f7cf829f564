"""Staging the reviews file."""

from dataclasses import dataclass

from ingest.clean.reviews import CleanReview, RawReviewer, clean_review
from ingest.clean.text import clean_text
from ingest.parse import literal_to_json
from ingest.parse.records import UserLines
from ingest.rejects import Tally
from ingest.sources.steam_files.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class ReviewsRead:
    """The reviews in the file's order, one for each user and game: the first."""

    reviews: list[CleanReview]
    tally: Tally
    blank: int
    repeated: int


def read_reviews(source: SourceFile, crawl_year: int) -> ReviewsRead:
    """Read the whole reviews file; raises SourceError."""
    lines = UserLines(RawReviewer, "reviews", literal_to_json)
    reviews: dict[tuple[str, int], CleanReview] = {}
    records = 0
    for batch in source.batches():
        for _number, reviewer in lines.decode(batch):
            user_id = clean_text(reviewer.user_id)
            records += len(reviewer.reviews)
            for raw in reviewer.reviews:
                key = (user_id, raw.item_id)
                if key not in reviews:
                    reviews[key] = clean_review(user_id, raw, crawl_year)
    refused = sum(entry.record is not None for entry in lines.rejects)
    tally = Tally(lines.lines, records + refused, lines.rejects)
    return ReviewsRead(list(reviews.values()), tally, lines.blank, records - len(reviews))
