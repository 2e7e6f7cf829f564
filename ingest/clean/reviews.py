"""Cleaning a record of the reviews file."""

import re
from datetime import date

from ingest.clean.rows import CleanReview
from ingest.clean.text import clean_text
from ingest.parse.schemas import RawReview

_POSTED = re.compile(r"Posted (\w+) (\d{1,2})(?:, (\d{4}))?\.?")
_HELPFUL = re.compile(r"([\d,]+) of ([\d,]+) (?:people|person)")
_COUNT = re.compile(r"\d[\d,]*")
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def clean_review(user_id: str, raw: RawReview, crawl_year: int) -> CleanReview:
    """Return the review cleaned; `crawl_year` stands in for a year that Steam left out."""
    day, inferred = posted(raw.posted, crawl_year)
    helpful, voted = helpfulness(raw.helpful)
    return CleanReview(
        user_id=user_id,
        game_id=raw.item_id,
        recommend=raw.recommend,
        posted=day,
        posted_inferred=inferred,
        helpful=helpful,
        helpful_of=voted,
        funny=count(raw.funny),
        text=clean_text(raw.review),
    )


def posted(text: str, crawl_year: int) -> tuple[date | None, bool]:
    """Return the day of `Posted November 5, 2011.`, None for none, and whether the year is the crawl's.

    >>> posted("Posted February 29.", 2016)
    (datetime.date(2016, 2, 29), True)
    """
    found = _POSTED.match(text)
    if found is None or found[1] not in _MONTHS:
        return None, False
    inferred = found[3] is None
    try:
        return date(
            crawl_year if inferred else int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2])
        ), inferred
    except ValueError:
        return None, False


def helpfulness(text: str) -> tuple[int, int]:
    """Return how many found a review helpful, of how many who said; `No ratings yet` is (0, 0)."""
    found = _HELPFUL.match(text)
    return (_number(found[1]), _number(found[2])) if found else (0, 0)


def count(text: str) -> int:
    """Return the number in `1,234 people found this review funny`, 0 if there is none."""
    found = _COUNT.search(text)
    return _number(found[0]) if found else 0


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))
