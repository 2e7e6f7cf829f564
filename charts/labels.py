"""The texts of charts: plain, since nothing renders markdown there."""

from localization.markdown import Markdown, clean, shorten, unbroken
from localization.translations import Translations

_LONGEST_NAME = 80
# Discord takes descriptions of this length.
_LONGEST_ALT = 1024


def plain(name: str) -> Markdown:
    """Return a name as one line that can stand in a sentence of a chart, where no sign has a meaning."""
    return Markdown(shorten(clean(name), _LONGEST_NAME))


def alt(*sentences: str) -> str:
    """Put the sentences for those who do not see the chart together."""
    return shorten(" ".join(sentence for sentence in sentences if sentence), _LONGEST_ALT)


def filename(kind: str, subject: str) -> str:
    """Return a file name in ASCII, such as 'developer-valve.png'."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in subject.casefold())
    return "-".join(part for part in (kind, *letters.split("-")) if part)[:60] + ".png"


def whole_hours(hours: float, translations: Translations) -> Markdown:
    """Write hours of play without decimals; below one hour, with one."""
    return unbroken(
        translations.gettext("{hours} h", hours=translations.number(hours, 0 if hours >= 1 else 1))
    )
