"""Cleaning a record of the reviews file."""

import re
from dataclasses import dataclass
from datetime import date

from msgspec import UNSET

from ingest.clean.dates import posted
from ingest.clean.fields import clean_or_unknown
from ingest.clean.rows import CleanReview
from ingest.clean.text import clean_text
from ingest.parse.fields import Discard, UnusableValue
from ingest.parse.schemas import RawReview

# Only commas part thousands in what Steam writes.
_PEOPLE = r"(\d{1,3}(?:,\d{3})++|\d++)"
_HELPFUL = re.compile(rf"{_PEOPLE} of {_PEOPLE} (?:people|person)", re.ASCII)
# The first number of a text, unless it is a part of one in another form, or less than nothing.
_COUNT = re.compile(rf"\D*?(?<![\w,.'’−-]){_PEOPLE}(?:\.0)?(?![\w%/]|[.,'’]\d|\s\d)", re.ASCII)
_NO_RATINGS = "No ratings yet"
# More people than Steam has accounts cannot have said anything.
_MOST_PEOPLE = 2_000_000_000
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class ReviewCleaner:
    """Cleans reviews that were crawled in `crawl_year`, which stands in for a year that Steam left out.

    A review of a day after `latest` cannot be. `discard` is called with field and reason of each value
    that is taken as unknown.
    """

    crawl_year: int
    latest: date
    discard: Discard

    def clean(self, user_id: str, raw: RawReview) -> CleanReview:
        """Return the review cleaned."""
        day, inferred = clean_or_unknown("posted", self._posted, raw.posted, (None, False), self.discard)
        helpful, voted = clean_or_unknown("helpful", helpfulness, raw.helpful, (0, 0), self.discard)
        return CleanReview(
            user_id=user_id,
            game_id=raw.item_id,
            recommend=None if raw.recommend is UNSET else raw.recommend,
            posted=day,
            posted_inferred=inferred,
            helpful=helpful,
            helpful_of=voted,
            funny=clean_or_unknown("funny", count, raw.funny, 0, self.discard),
            text=clean_text(raw.review),
        )

    def _posted(self, text: str) -> tuple[date | None, bool]:
        return posted(text, self.crawl_year, self.latest)


def helpfulness(text: str) -> tuple[int, int]:
    """Return how many found a review helpful, of how many who said; `No ratings yet` is (0, 0).

    Raises:
        UnusableValue: If it says anything else.
    """
    if not text or text == _NO_RATINGS:
        return 0, 0
    found = _HELPFUL.match(text)
    if found is None:
        raise UnusableValue("no counts of people")
    helpful, voted = _number(found[1]), _number(found[2])
    if helpful > voted:
        raise UnusableValue("more people than said anything")
    return helpful, voted


def count(text: str) -> int:
    """Return the number in `1,234 people found this review funny`; 0 for no text.

    Raises:
        UnusableValue: If there is no number in it, or an impossible one.
    """
    if not text.strip():
        return 0
    found = _COUNT.match(text)
    if found is None:
        raise UnusableValue("no count of people")
    return _number(found[1])


def _number(digits: str) -> int:
    number = int(digits.replace(",", "")[:_MOST_DIGITS])
    if number > _MOST_PEOPLE:
        raise UnusableValue(f"above {_MOST_PEOPLE:,} people")
    return number
