"""Words in pictures: plain text, for nothing reads markdown there."""

from charts.specs import Tick
from localization.markdown import Markdown, clean, shorten
from localization.translations import Translations

_LONGEST_NAME = 80
# Discord takes descriptions of this length.
_LONGEST_ALT = 1024


def plain(name: str) -> Markdown:
    """Return a name as one line that can stand in a sentence of a picture, where no sign has a meaning."""
    return Markdown(shorten(clean(name), _LONGEST_NAME))


def alt(*sentences: str) -> str:
    """Put the sentences for those who do not see the picture together."""
    return shorten(" ".join(sentence for sentence in sentences if sentence), _LONGEST_ALT)


def filename(kind: str, subject: str) -> str:
    """Return a file name in ASCII, such as 'developer-valve.png'."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in subject.casefold())
    return "-".join(part for part in (kind, *letters.split("-")) if part)[:60] + ".png"


def year_label(year: int | None) -> str:
    """Return the label of a year's bar; the unknown one has no room for words."""
    return "?" if year is None else str(year)


def whole_hours(hours: float, texts: Translations) -> Markdown:
    """Write hours of play without decimals; below one hour, with one."""
    return texts.gettext("{hours} h", hours=texts.number(hours, 0 if hours >= 1 else 1))


def ticks(values: tuple[float, ...], texts: Translations) -> tuple[Tick, ...]:
    """Label the ticks of an axis as short as the language allows: '10K', '10 mil'."""
    return tuple(Tick(value, _short(value, texts)) for value in values)


def _short(value: float, texts: Translations) -> str:
    if value < 10_000:
        return texts.number(value, 1)
    return texts.short_number(value)
