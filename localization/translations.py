"""Words, numbers and dates in a person's language.

The source language is English. A translation is one gettext catalogue, `locales/<language>.po`, named by a
language (`es`) or a language of a region (`pt_BR`).
"""

import gettext
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_decimal_symbol,
)

from localization.markdown import NO_BREAK_SPACE, Markdown, unbroken

SOURCE = Locale("en", "US")

# From here on hours are shown without decimals.
_MANY_HOURS = 10

# What sets the name of a command or an option apart from the same word in a sentence.
COMMAND_NAME = "command name"


class Translations:
    """What is said to one person, in one language and its ways of writing numbers and dates."""

    def __init__(self, locale: Locale = SOURCE, catalogue: gettext.NullTranslations | None = None) -> None:
        self.locale = locale
        self._catalogue = catalogue or gettext.NullTranslations()

    def gettext(self, message: str, /, **values: Markdown) -> Markdown:
        """Translate `message` and fill its {names} with `values`, which must be safe to show."""
        return Markdown(self._catalogue.gettext(message).format_map(values))

    def ngettext(self, singular: str, plural: str, count: int, /, **values: Markdown) -> Markdown:
        """Return the same for a message that depends on `count`, which fills {count}."""
        message = self._catalogue.ngettext(singular, plural, count)
        # A number stays on the line of what it counts.
        message = message.replace("{count} ", f"{{count}}{NO_BREAK_SPACE}")
        return Markdown(message.format_map({"count": self.number(count), **values}))

    def command_name(self, name: str) -> str:
        """Translate the name of a command or an option, which Discord wants short and in lower case."""
        return self._catalogue.pgettext(COMMAND_NAME, name)

    def command(self, name: str) -> Markdown:
        """Write a command, such as 'admin status', as it is typed."""
        return Markdown(f"`/{' '.join(map(self.command_name, name.split()))}`")

    def number(self, value: float, decimals: int = 0) -> Markdown:
        """Write 13039.7 as '13,040', or with at most `decimals` decimals."""
        return Markdown(_decimal(round(value, decimals), self.locale))

    def short_number(self, value: float) -> Markdown:
        """Write 12345 as '12.3K', as short as the language allows."""
        return Markdown(_compact(value, self.locale))

    def percent(self, value: float) -> Markdown:
        """Write 33.333 (of 100) as '33.3%'."""
        return Markdown(_percent(round(value / 100, 3), self.locale))

    def money(self, amount: Decimal, currency: str | None = None) -> Markdown:
        """Write an amount of a currency (ISO 4217), US dollars where none is given."""
        return Markdown(_money(amount, currency or "USD", self.locale))

    def round_money(self, amount: Decimal, currency: str | None = None) -> Markdown:
        """Write an amount without decimals where these are nought: '$10'."""
        text = self.money(amount, currency)
        cents = f"{get_decimal_symbol(self.locale)}00"
        return Markdown(text.replace(cents, "", 1)) if amount == int(amount) else text

    def price(self, amount: Decimal | None, currency: str | None = None) -> Markdown:
        """Write a price; 0 is free and None unknown."""
        if amount is None:
            return self.gettext("price unknown")
        return self.money(amount, currency) if amount else self.gettext("free")

    def hours(self, value: float) -> Markdown:
        """Write hours of play: 13039.7 as '13,040 h', and few of them with one decimal."""
        hours = self.number(value, 0 if value >= _MANY_HOURS else 1)
        return unbroken(self.gettext("{hours} h", hours=hours))

    def year(self, value: int | None) -> Markdown:
        """Write a year, which has no thousands separator; None is unknown."""
        return self.gettext("unknown year") if value is None else Markdown(str(value))

    def month(self, value: date) -> Markdown:
        """Write 'January 2018'."""
        return unbroken(_month(value.year, value.month, self.locale))

    def date(self, value: date) -> Markdown:
        """Write a day."""
        return Markdown(_day(value, self.locale))

    def moment(self, value: datetime) -> Markdown:
        """Write a day and time with its zone."""
        return Markdown(format_datetime(value, "long", locale=self.locale))

    def ago(self, past: timedelta) -> Markdown:
        """Write '3 hours ago'."""
        return unbroken(_since(-abs(past) // timedelta(seconds=1), self.locale))

    def duration(self, value: timedelta) -> Markdown:
        """Write '3 hours'."""
        return unbroken(format_timedelta(value, locale=self.locale))

    def listing(
        self, parts: Sequence[Markdown], style: Literal["standard", "or", "unit"] = "standard"
    ) -> Markdown:
        """Write 'a, b and c', or 'a, b or c'."""
        return Markdown(format_list(parts, style=style, locale=self.locale))


class Locales:
    """The translations of a folder, read once."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read every `*.po` of `folder`, which is the project's own where none is given."""
        self._folder = folder or _own_folder()

    @cached_property
    def _catalogues(self) -> dict[str, gettext.NullTranslations]:
        files = sorted(self._folder.glob("*.po"))
        return {file.stem: _read(file, file.stat().st_mtime_ns) for file in files}

    @property
    def languages(self) -> frozenset[str]:
        """The languages that replies can be in."""
        return frozenset({SOURCE.language, *self._catalogues})

    def names(self) -> dict[str, str]:
        """Return the languages by code, each by its own name: {'en': 'English', 'es': 'Español'}."""
        return {
            code: (Locale.parse(code).get_display_name() or code).capitalize()
            for code in sorted(self.languages)
        }

    def translations(self, *wanted: str | None) -> Translations:
        """Return the translations of the first of `wanted` that has a catalogue; Discord's names will do.

        Numbers and dates follow the same choice: a sentence in English does not have Thai numbers.
        """
        for name in wanted:
            locale = _parse(name)
            if locale is None:
                continue
            if locale.language == SOURCE.language:
                return Translations(locale)
            for key in (str(locale), locale.language):
                if key in self._catalogues:
                    return Translations(locale, self._catalogues[key])
        return Translations()


def _own_folder() -> Path:
    installed = Path(__file__).parent / "locales"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "locales"


# A list of years or games shows the same small numbers again and again, and Babel takes long over each.
@lru_cache(maxsize=4096)
def _decimal(value: float, locale: Locale) -> str:
    return format_decimal(value, locale=locale, decimal_quantization=False, group_separator=True)


@lru_cache(maxsize=1024)
def _compact(value: float, locale: Locale) -> str:
    return format_compact_decimal(value, format_type="short", locale=locale, fraction_digits=1)


@lru_cache(maxsize=1024)
def _percent(value: float, locale: Locale) -> str:
    return format_percent(value, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=1024)
def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    return format_currency(amount, currency, locale=locale)


@lru_cache(maxsize=256)
def _month(year: int, month: int, locale: Locale) -> str:
    return format_skeleton("yMMMM", date(year, month, 1), locale=locale)


@lru_cache(maxsize=1024)
def _day(value: date, locale: Locale) -> str:
    return format_date(value, "long", locale=locale)


@lru_cache(maxsize=256)
def _since(seconds: int, locale: Locale) -> str:
    return format_timedelta(timedelta(seconds=seconds), add_direction=True, locale=locale)


@lru_cache(maxsize=64)
def _parse(name: str | None) -> Locale | None:
    try:
        return Locale.parse(name, sep="-") if name else None
    except (UnknownLocaleError, ValueError):
        return None


# Reading a catalogue takes tens of milliseconds, which each bot of a process would spend.
@lru_cache(maxsize=16)
def _read(file: Path, changed_at: int) -> gettext.NullTranslations:
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=file.stem))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
