"""What money a country pays in, and how a price is written there."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: its code, units for one US dollar, and how an amount is written."""

    code: str
    per_dollar: float
    pattern: str
    comma: bool = False

    def amount(self, us_cents: int) -> int:
        """Return a price in hundredths of the currency, which Steam uses for every currency."""
        return max(1, round(us_cents * self.per_dollar)) if us_cents else 0

    def written(self, amount: int) -> str:
        """Return an amount in hundredths as people read it, e.g. $11.99 or 11,99€."""
        text = f"{amount / 100:,.2f}"
        if self.comma:
            text = text.translate(str.maketrans(",.", ".,"))
        return self.pattern.format(text)


_DOLLAR = Currency("USD", 1.0, "${}")
_EURO = Currency("EUR", 0.95, "{}€", comma=True)

CURRENCIES: Mapping[str, Currency] = MappingProxyType(
    {
        "US": _DOLLAR,
        "DE": _EURO,
        "ES": _EURO,
        "FR": _EURO,
        "IT": _EURO,
        "GB": Currency("GBP", 0.8, "£{}"),
        "JP": Currency("JPY", 150.0, "¥ {}"),
        "BR": Currency("BRL", 3.5, "R$ {}", comma=True),
        "MX": Currency("MXN", 11.0, "Mex$ {}"),
        "TW": Currency("TWD", 24.0, "NT$ {}"),
    }
)


def currency_of(country: str) -> Currency:
    """Return the currency of a country by its two letters; US dollars where none is known."""
    return CURRENCIES.get(country.upper(), _DOLLAR)
