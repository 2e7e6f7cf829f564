"""Numbers in the sentences of the report, which is in English."""

from decimal import Decimal

from localization.translations import Translations

_ENGLISH = Translations()


def number(value: float, decimals: int = 0) -> str:
    """Write 13039.7 as '13,040'."""
    return _ENGLISH.number(value, decimals)


def share(part: float, whole: float) -> str:
    """Write 1 of 3 as '33.3%'; few of many as '<0.1%', never as none; of nothing, as '0%'."""
    percent = 100 * part / whole if whole else 0
    if 0 < percent < 0.05:
        return "<0.1%"
    return ">99.9%" if 99.95 <= percent < 100 else _ENGLISH.percent(percent)


def dollars(cents: float) -> str:
    """Write 499 cents as '$4.99'."""
    return _ENGLISH.money(Decimal(round(cents)).scaleb(-2))


def hours(minutes: float) -> str:
    """Write 90 minutes as '1.5 h', and more than 100 hours without decimals."""
    value = minutes / 60
    return f"{number(value, 0 if value >= 100 else 1)} h"


def count(value: int, singular: str, plural: str) -> str:
    """Write '1 game', '2 games'."""
    return f"{number(value)} {singular if value == 1 else plural}"


def listing(parts: list[str]) -> str:
    """Write 'a, b and c'."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
