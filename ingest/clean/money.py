"""Reading prices: US dollars, free, or unknown. An amount in another currency is never dollars."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.parse.fields import UnusableValue, is_nan

# Steam has sold nothing for more than 2,000 dollars; what is above this is no price.
LARGEST_PRICE = 2_000
# Above this many dollars every price of Steam's ends in one of these cents (of ten); where a game is sold in
# several packages, their prices were added up.
_SUMS_ABOVE = 100
_LAST_CENTS = frozenset({0, 5, 9})
# More characters make no price.
_LONGEST_PRICE = 200

_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,'’ ][0-9]+)*)|(?P<word>[^\W\d_]+(?:\.[^\W\d_]+)*)\.?|(?P<sign>\S)"
)
# Numbers whose marks part thousands, and one that has a mark before its cents.
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,'’ ])[0-9]{3})(?:\1[0-9]{3})*")
_CENTS = re.compile(r"(?P<whole>[0-9][0-9.,'’ ]*)(?P<mark>[.,])(?P<cents>[0-9]+)")
# Words that may stand beside an amount without any currency.
_NEUTRAL = frozenset("starting from at price only now just for each".split())
_NEUTRAL_SIGNS = frozenset(".,:-+~")
_MINUS = frozenset("-\u2212")
# What people call other dollars by, beside the codes.
_OTHER_DOLLARS = frozenset(
    """
    cdn can au aus nz hk mex canadian australian singapore zealand hong mexican canada australia mexico taiwan
    taiwanese jamaican namibian fijian argentina argentine chile chilean colombia colombian
    """.split()
)
# Money that is written with the sign of dollars, or with a sign that a file lost.
_OTHER_MONEY = frozenset(
    """
    peso pesos mn real reais reales colones córdobas cordobas soles pataca patacas euro euros pound pounds
    sterling yen yuan renminbi rmb rupee rupees ruble rubles rouble roubles lira liras franc francs krona
    kronor krone kroner zloty zlotys baht ringgit rupiah shekel shekels forint forints dirham dirhams
    """.split()
)
_FREE = frozenset({"free", "freeware"})


@dataclass(frozen=True, slots=True)
class _Token:
    """A number, a word or a sign of a price, with its place in the text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.replace(".", "").casefold() if self.kind == "word" else ""

    @property
    def is_dollar(self) -> bool:
        return self.text == "$" or self.word in {"usd", "dollar", "dollars"}


def price_cents(value: object) -> int:
    """Return the price in US cents; 0 is free.

    Raises:
        UnusableValue: If it is unknown, which is not free.
    """
    dollars = _dollars_in(value) if isinstance(value, str) else value
    if isinstance(dollars, bool) or not isinstance(dollars, int | float):
        raise UnusableValue("not a number")
    if is_nan(dollars):
        raise UnusableValue("not a number")
    if dollars < 0:
        raise UnusableValue("negative")
    if dollars > LARGEST_PRICE:
        raise UnusableValue(f"above {LARGEST_PRICE:,} dollars")
    cents = round(dollars * 100)
    if dollars and not cents:
        raise UnusableValue("less than a cent")
    if dollars > _SUMS_ABOVE and cents % 10 not in _LAST_CENTS:
        raise UnusableValue("the sum of several prices")
    return cents


def _dollars_in(text: str) -> float:
    if len(text) > _LONGEST_PRICE:
        raise UnusableValue(f"longer than {_LONGEST_PRICE} characters")
    tokens = [
        _Token(found.lastgroup or "", found[found.lastgroup or 0], *found.span())
        for found in _TOKEN.finditer(" ".join(unicodedata.normalize("NFKC", text).split()))
    ]
    numbers = [place for place, token in enumerate(tokens) if token.kind == "number"]
    is_free = any(token.word in _FREE for token in tokens)
    if not numbers and not is_free:
        raise UnusableValue("no amount")
    if numbers and any(_is_foreign(tokens, place) for place in range(len(tokens))):
        raise UnusableValue("in another currency")
    marks = [place for place, token in enumerate(tokens) if token.is_dollar]
    in_dollars = {number for mark in marks if (number := _number_of(tokens, mark)) is not None}
    if is_free:
        return _nothing([_amount(tokens, place) for place in in_dollars])
    if not in_dollars and _says_more_than_an_amount(tokens):
        raise UnusableValue("no amount in dollars")
    amounts = {_amount(tokens, place) for place in in_dollars or numbers}
    if len(amounts) > 1:
        raise UnusableValue("several amounts")
    return amounts.pop()


def _nothing(amounts: Sequence[float]) -> float:
    """Return the price of what is called free, beside which no other amount may stand."""
    if any(amounts):
        raise UnusableValue("several amounts")
    return 0


def _is_foreign(tokens: Sequence[_Token], place: int) -> bool:
    """Return whether a token says that amounts are in another currency than US dollars."""
    token = tokens[place]
    if token.kind == "sign":
        if token.text != "$":
            return unicodedata.category(token.text) == "Sc"
        before, after = _attached(tokens, place)
        return bool(before and before not in {"us", "usd"}) or bool(after and after != "usd")
    if token.kind != "word" or token.word == "usd":
        return False
    beside = tokens[max(place - 1, 0) : place + 2]
    is_at_amount = any(other.kind == "number" or other.is_dollar for other in beside)
    if is_at_amount and token.word in _OTHER_MONEY:
        return True
    if token.text.isupper() or is_at_amount:
        return token.text.upper() in _currencies() or token.word in _OTHER_DOLLARS
    return token.word in _OTHER_DOLLARS


def _attached(tokens: Sequence[_Token], place: int) -> tuple[str, str]:
    """Return the words before and after a token that no space parts from it."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return (
        before.word if before and before.end == token.start else "",
        after.word if after and after.start == token.end else "",
    )


@cache
def _currencies() -> frozenset[str]:
    # Imported here: few prices have words.
    from babel.numbers import list_currencies  # noqa: PLC0415

    return frozenset(list_currencies()) - {"USD"}


def _number_of(tokens: Sequence[_Token], place: int) -> int | None:
    """Return the place of the number that a sign or word for dollars belongs to: the nearer one."""
    mark = tokens[place]
    gaps = {
        other: max(tokens[other].start - mark.end, mark.start - tokens[other].end)
        for other in (place - 1, place + 1)
        if 0 <= other < len(tokens) and tokens[other].kind == "number"
    }
    if len(gaps) == 2 and len(set(gaps.values())) == 1:
        raise UnusableValue("several amounts")
    return min(gaps, key=gaps.__getitem__, default=None)


def _says_more_than_an_amount(tokens: Sequence[_Token]) -> bool:
    words = {token.word for token in tokens if token.kind == "word"}
    signs = {token.text for token in tokens if token.kind == "sign"}
    numbers = sum(token.kind == "number" for token in tokens)
    return numbers > 1 or not words <= _NEUTRAL or not signs <= _NEUTRAL_SIGNS


def _amount(tokens: Sequence[_Token], place: int) -> float:
    before, after = _attached(tokens, place)
    if not {before, after} <= {"", "us", "usd", "dollar", "dollars"}:
        raise UnusableValue("no amount in dollars")
    first = place - 1 if place and tokens[place - 1].is_dollar else place
    is_negative = (
        first > 0 and tokens[first - 1].text in _MINUS and tokens[first - 1].end == tokens[first].start
    )
    amount = _read_number(tokens[place].text)
    return -amount if is_negative else amount


def _read_number(text: str) -> float:
    """Return the number, whichever mark parts its thousands and which its cents.

    Raises:
        UnusableValue: If that is not certain: `1.299` is either.
    """
    if text.isdigit():
        return float(text)
    grouped = None if text.startswith("0") else _THOUSANDS.fullmatch(text)
    if grouped and grouped[1] == "." and text.count(".") == 1:
        raise UnusableValue("an amount that may be thousands or cents")
    if grouped:
        return float(text.replace(grouped[1], ""))
    with_cents = _CENTS.fullmatch(text)
    if with_cents is None or (with_cents["mark"] == "," and len(with_cents["cents"]) > 2):
        raise UnusableValue("no amount of a known form")
    whole = with_cents["whole"]
    if not whole.isdigit():
        grouped = _THOUSANDS.fullmatch(whole)
        if grouped is None or grouped[1] == with_cents["mark"]:
            raise UnusableValue("no amount of a known form")
        whole = whole.replace(grouped[1], "")
    return float(f"{whole}.{with_cents['cents']}")
