"""Reading the days that sources write, in whichever form it is certain."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.parse.fields import UnusableValue

# The day that Steam opened: https://store.steampowered.com/about/
STEAM_OPENED = date(2003, 9, 12)
_FIRST_RELEASE, _LAST_RELEASE = 1970, 2049
# Further characters make no date.
_LONGEST_DATE = 100

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = (
    {name: number for number, name in enumerate(_NAMES, 1)}
    | {name[:3]: number for number, name in enumerate(_NAMES, 1)}
    | {"sept": 9}
)
_WORD = r"(?P<word>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)?"
_NUMBER = r"(?P<number>\d{1,2})"
_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?:,? ?(?:@|at)? ?\d{1,2}:\d{2}(?::\d{2})? ?(?:[ap]\.?m\.?)?)?\.?"
_OF_YEAR = rf"(?:(?: ?, ?| )(?:of )?{_YEAR}| ?,)?{_TIME}"
# Numbers alone are certain where the year comes first.
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_YEAR}-{_NUMBER}-{_DAY}(?:[t ]\d[\d:.]*(?:z|[+-]\d\d:?\d\d)?)?\.?",
        rf"{_YEAR}[/.]{_NUMBER}[/.]{_DAY}{_TIME}",
        rf"{_YEAR} ?年 ?{_NUMBER} ?月 ?{_DAY} ?日{_TIME}",
        rf"{_WORD} {_ORDINAL}{_OF_YEAR}",
        rf"{_ORDINAL} (?:of )?{_WORD}{_OF_YEAR}",
    )
)
_EITHER_WAY = re.compile(rf"\d{{1,2}}([-./])\d{{1,2}}\1(?:\d\d|{_YEAR}).*", re.ASCII)
_POSTED = re.compile(r"posted(?: on)? ?:? ")
_EDITED = re.compile(r"[.,]? ?(?:last )?edited ")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ANY_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as written; `year` is None where none is."""

    year: int | None
    month: int
    day: int

    def date(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            raise UnusableValue("no such day") from None


def posted(text: str, crawl_year: int, latest: date) -> tuple[date | None, bool]:
    """Return the day of `Posted November 5, 2011.` and whether its year is the crawl's; None for no text.

    Raises:
        UnusableValue: If it names no day for certain, or one when nobody can have written on Steam.

    >>> posted("Posted February 29.", 2016, date(2016, 12, 31))
    (datetime.date(2016, 2, 29), True)
    """
    if not text:
        return None, False
    written = _EDITED.split(_normal(text), maxsplit=1)[0]
    day = _day(written[found.end() :] if (found := _POSTED.match(written)) else written)
    if day is None:
        either_way = _EITHER_WAY.search(written)
        raise UnusableValue("day and month either way round" if either_way else "no date of a known form")
    when = day.date(crawl_year if day.year is None else day.year)
    if when < STEAM_OPENED:
        raise UnusableValue("before there was Steam")
    if when > latest:
        raise UnusableValue("in the future")
    return when, day.year is None


def release(text: str) -> tuple[date | None, int | None]:
    """Return the date and the year that a release text states, None where it states none.

    Raises:
        UnusableValue: If it states no single year within reason, or a day that does not exist; a year that
            still stands is `instead`.

    >>> release("2017 Q1")
    (None, 2017)
    """
    if _ISO.fullmatch(text):  # nearly all are
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass  # what is wrong with it is found below
        else:
            if _FIRST_RELEASE <= day.year <= _LAST_RELEASE:
                return day, day.year
    years = {int(year) for year in _ANY_YEAR.findall(text)}
    possible = {year for year in years if _FIRST_RELEASE <= year <= _LAST_RELEASE}
    if not possible:
        beyond = f"a year before {_FIRST_RELEASE} or after {_LAST_RELEASE}"
        raise UnusableValue(beyond if years else "no year")
    if len(possible) > 1:
        raise UnusableValue("several years")
    [year] = possible
    written = _day(_normal(text))
    if written is None or written.year != year:
        return None, year
    try:
        return written.date(year), year
    except UnusableValue as error:
        raise UnusableValue(str(error), instead=(None, year)) from None


def _normal(text: str) -> str:
    if len(text) > _LONGEST_DATE:
        return ""
    return " ".join(text.casefold().split())


def _day(text: str) -> _Day | None:
    for form in _FORMS:
        if (found := form.fullmatch(text)) is None:
            continue
        parts = found.groupdict()
        month = _MONTHS.get(parts["word"]) if "word" in parts else int(parts["number"])
        if month is None:
            return None
        return _Day(int(parts["year"]) if parts["year"] else None, month, int(parts["day"]))
    return None
