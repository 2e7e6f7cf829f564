"""Sentences and numbers of the report, in its reader's language."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

from babel.core import Locale

from localization.markdown import Markdown
from localization.translations import Locales, Translations
from report.blocks import Cell, Kind
from report.errors import ReportError


class Wording:
    """Translates and formats. The page escapes whatever it shows, so that plain text may fill a message."""

    def __init__(self, translations: Translations | None = None) -> None:
        self._translations = translations or Translations()

    @classmethod
    def of(cls, language: str) -> "Wording":
        """Return the wording of a language by its code.

        Raises:
            ReportError: Nothing is translated into that language.
        """
        locales = Locales()
        known = locales.names()
        if language not in known:
            listed = ", ".join(f"{code} ({name})" for code, name in known.items())
            raise ReportError(f"The report has no language “{language}”; it has {listed}.")
        return cls(locales.translations(language))

    @property
    def locale(self) -> Locale:
        """The ways of writing numbers and dates."""
        return self._translations.locale

    def gettext(self, message: str, /, **values: str) -> str:
        """Translate `message` and fill its {names}."""
        return self._translations.gettext(message, **_plain(values))

    def ngettext(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """Return the same for a message that depends on `count`, which fills {count}."""
        return self._translations.ngettext(singular, plural, count, **_plain(values))

    def number(self, value: float, decimals: int = 0) -> str:
        """Write 13039.7 as '13,040'."""
        return self._translations.number(value, decimals)

    def share(self, part: float, whole: float = 1) -> str:
        """Write 1 of 3 as '33.3%'; few of many as '<0.1%', never as none; of nothing, as '0%'."""
        percent = 100 * part / whole if whole else 0
        if 0 < percent < 0.05:
            return "<" + self._translations.percent(0.1)
        return (
            ">" + self._translations.percent(99.9)
            if 99.95 <= percent < 100
            else self._translations.percent(percent)
        )

    def dollars(self, amount: float) -> str:
        """Write 4.99 as '$4.99'."""
        return self._translations.money(Decimal(round(100 * amount)).scaleb(-2))

    def hours(self, value: float) -> str:
        """Write hours with one decimal, and a hundred or more without."""
        return self.gettext("{hours} h", hours=self.number(value, 0 if value >= 100 else 1))

    def listing(self, parts: Sequence[str]) -> str:
        """Write 'a, b and c'."""
        return self._translations.listing([Markdown(part) for part in parts])

    def day(self, value: date | None) -> str:
        """Write a day, or that of a moment; None is unknown."""
        return self.unknown if value is None else self._translations.date(value)

    @property
    def unknown(self) -> str:
        """The word for a value that the data lack."""
        return self.gettext("unknown")

    def cell(self, value: Cell, kind: Kind) -> str:
        """Write a value of a column of this kind; `templates/script/format.js` writes it alike."""
        if value is None:
            return self.unknown
        if isinstance(value, str):
            return value
        if not isfinite(value):
            raise ValueError(f"{value} cannot be shown")
        writers: dict[Kind, Callable[[float], str]] = {
            Kind.SHARE: self.share,
            Kind.DOLLARS: self.dollars,
            Kind.HOURS: self.hours,
            Kind.YEAR: lambda year: str(int(year)),
            Kind.COUNT: self.number,
            Kind.PRECISE: lambda number: self.number(number, 3),
        }
        write = writers.get(kind)
        return self.number(value, 2) if write is None else write(value)


def _plain(values: dict[str, str]) -> dict[str, Markdown]:
    return {name: Markdown(value) for name, value in values.items()}
