"""A day is read where it is certain, and never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.dates import posted, release
from ingest.parse.fields import UnusableValue

LATEST = date(2026, 11, 28)


@pytest.mark.parametrize(
    "text",
    [
        "Posted November 5, 2011.",
        "Posted November 5 2011.",
        "Posted November 5 , 2011.",
        "Posted:  November 5,2011",
        "posted on NOVEMBER 5th, 2011",
        "Posted Nov 5, 2011 @ 3:00pm",
        "Posted Nov. 5, 2011 at 3:00 p.m.",
        "Posted 5 Nov 2011",
        "Posted 5 November, 2011.",
        "Posted: 5 Nov, 2011 @ 3:00pm",
        "Posted 5th of November 2011.",
        "2011-11-05",
        "2011-11-05T15:00:00Z",
        "2011-11-05 15:00:00.25",
        "2011/11/05",
        "2011年11月5日",
        "Posted 2011 年 11 月 5 日",
        "Posted November 5, 2011. Last edited November 8, 2013.",
        "Posted November 5, 2011.Last edited November 8.",
    ],
)
def test_a_written_day_is_the_day(text: str) -> None:
    assert posted(text, 2016, LATEST) == (date(2011, 11, 5), False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Posted February 3.", date(2016, 2, 3)),
        ("Posted February 29.", date(2016, 2, 29)),
        ("Posted: 3 Feb @ 3:00pm", date(2016, 2, 3)),
        ("Posted February 3. Last edited March 4, 2016.", date(2016, 2, 3)),
    ],
)
def test_a_day_without_a_year_is_of_the_year_of_the_crawl(text: str, day: date) -> None:
    assert posted(text, 2016, LATEST) == (day, True)


def test_no_text_is_no_day() -> None:
    assert posted("", 2016, LATEST) == (None, False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Posted February 30, 2015.", "no such day"),
        ("Posted February 29, 2015.", "no such day"),
        ("Posted November 0, 2011.", "no such day"),
        ("Posted Smarch 1, 2015.", "no date of a known form"),
        ("Posted 5 de noviembre de 2011", "no date of a known form"),
        ("Posted Mai 5, 2011", "no date of a known form"),
        ("Posted November 5, '11.", "no date of a known form"),
        ("Posted November 5, 99999.", "no date of a known form"),
        ("Posted November 5 20111", "no date of a known form"),
        ("Posted November 52011", "no date of a known form"),
        ("Posted November 2011", "no date of a known form"),
        ("1320451200", "no date of a known form"),
        ("Posted 05.11.2011", "day and month either way round"),
        ("Posted 11/5/2011", "day and month either way round"),
        ("Posted 5-11-11", "day and month either way round"),
        ("0000-01-01", "no such day"),
        ("2003-09-11", "before there was Steam"),
        ("1970-01-01", "before there was Steam"),
        ("2026-11-29", "in the future"),
        ("Posted " + "1" * 10_000, "no date of a known form"),
    ],
)
def test_what_is_no_certain_day_is_not_known(text: str, reason: str) -> None:
    with pytest.raises(UnusableValue, match=reason):
        posted(text, 2016, LATEST)


def test_the_29th_of_february_needs_a_leap_year_of_the_crawl() -> None:
    with pytest.raises(UnusableValue, match="no such day"):
        posted("Posted February 29.", 2017, LATEST)


@given(
    st.dates(date(2003, 9, 12), LATEST), st.sampled_from(["%B %d, %Y", "%d %b, %Y", "%Y-%m-%d", "%b %d %Y"])
)
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert posted(f"Posted {day.strftime(form)}.", 2016, LATEST) == (day, False)


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("2018-01-04", date(2018, 1, 4), 2018),
        ("21 Jun, 2017", date(2017, 6, 21), 2017),
        ("Oct 21, 2008", date(2008, 10, 21), 2008),
        ("2018年1月4日", date(2018, 1, 4), 2018),
        ("Jul 2010", None, 2010),
        ("2017 Q1", None, 2017),
        ("Q1 2017", None, 2017),
        ("Early 2018", None, 2018),
        ("2018年1月", None, 2018),
        ("15.01.2018", None, 2018),
        ("05.11.2011", None, 2011),
        ("January 2018", None, 2018),
    ],
)
def test_a_release_is_as_certain_as_its_text(text: str, day: date | None, year: int) -> None:
    assert release(text) == (day, year)


@pytest.mark.parametrize(
    ("text", "reason", "instead"),
    [
        ("2014-02-30", "no such day", (None, 2014)),
        ("Feb 29, 2015", "no such day", (None, 2015)),
        ("2017 or 2018", "several years", None),
        ("1066-10-14", "a year before 1970 or after 2049", None),
        ("0000", "a year before 1970 or after 2049", None),
        ("9999-12-31", "a year before 1970 or after 2049", None),
        ("99999", "no year", None),
        ("Coming soon", "no year", None),
        ("When it's done", "no year", None),
    ],
)
def test_a_release_without_one_year_within_reason_is_not_known(
    text: str, reason: str, instead: object
) -> None:
    with pytest.raises(UnusableValue, match=reason) as caught:
        release(text)
    assert caught.value.instead == instead
