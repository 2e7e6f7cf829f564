"""A price is dollars, free or unknown; an amount in another currency is never dollars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.money import price_cents
from ingest.parse.fields import UnusableValue


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (4.99, 499),
        (0.29, 29),
        (0, 0),
        (2_000, 200_000),
        (995, 99_500),
        (149.99, 14_999),
        ("$234.95", 23_495),
        ("Free To Play", 0),
        ("Free to Play", 0),
        ("Play for Free!", 0),
        ("Play for free!", 0),
        ("Free Mod", 0),
        ("Free2Play", 0),
        ("FREE!", 0),
        ("Free ($0.00)", 0),
        ("$5, only in Freedom Town", 500),
        ("4.99", 499),
        ("12,50", 1250),
        ("1,299", 129900),
        ("1,299.00", 129900),
        ("1.299,00", 129900),
        ("1 299,00", 129900),
        ("1.299.000", None),
        ("Starting at $499.00", 49900),
        ("Starting at $1,499.00", 149900),
        ("Starting at 499.00", 49900),
        ("USD 5", 500),
        ("5 USD", 500),
        ("US$5", 500),
        ("US $5", 500),
        ("U.S.$5", 500),
        ("$5 USD", 500),
        ("USD$5", 500),
        ("$ 5", 500),
        ("5$", 500),
        ("＄5.99", 599),
        ("5 dollars", 500),
        ("-50% $9.99", 999),
        ("Portal 2 $9.99", 999),
        ("$9.99 $9.99", 999),
        ("$0.299", 30),
    ],
)
def test_what_says_dollars_or_nothing_is_dollars(value: object, cents: int | None) -> None:
    if cents is None:
        with pytest.raises(UnusableValue):
            price_cents(value)
    else:
        assert price_cents(value) == cents


@pytest.mark.parametrize(
    "value",
    [
        "9,99€", "€9.99", "9.99 €", "EUR 9.99", "9.99 EUR", "£5", "¥500", "￥500", "500円", "₽ 199", "199 ₽",
        "199 руб.", "199 pуб.", "R$ 19,99", "R$19.99", "kr 99", "99 kr", "99kr.", "19,99 zł", "CDN$ 9.99",
        "C$9.99", "CA$9.99", "$9.99 CAD", "$9.99 cad", "9.99 CAD", "A$9.99", "AU$9.99", "$9.99 AUD", "HK$ 78",
        "NT$ 250", "S$9.99", "NZ$9.99", "Mex$ 99", "MX$99", "$99 MXN", "$U 99", "COL$ 9900", "ARS$ 99",
        "CLP$ 990", "$CAD 9.99", "9.99 Canadian dollars", "₩ 9900", "₹ 99", "Rp 99 999", "RM 9.99", "₫99000",
        "CHF 9.99", "9.99 TL", "99,- Kč", "₴99", "9.99 eur", "9.99 Euro", "฿99", "$9.99 / 8,99€",
        "$ 99 pesos", "$99.00 pesos mexicanos", "$99 M.N.", "$9.99 (Canada)", "Australia: $9.99",
        "9.99 euros", "$ 9.99 reais", "$9.99 Taiwan", "99 rubles", "9.99 pounds",
    ],
)  # fmt: skip
def test_other_money_is_never_dollars(value: str) -> None:
    with pytest.raises(UnusableValue, match=r"in another currency|no amount in dollars"):
        price_cents(value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Third-party", "no amount"),
        ("Play Now", "no amount"),
        ("", "no amount"),
        ("Coming 2018", "no amount in dollars"),
        ("50%", "no amount in dollars"),
        ("$1e3", "no amount in dollars"),
        ("1.299", "thousands or cents"),
        ("$1.299", "thousands or cents"),
        ("1.2.3", "no amount of a known form"),
        ("1,29,900", "no amount of a known form"),
        ("$19.99 $9.99", "several amounts"),
        ("$9.99-$19.99", "several amounts"),
        ("Free with $9.99", "several amounts"),
        ("Freedom", "no amount"),
        ("sugarfree", "no amount"),
        (0.004, "less than a cent"),
        ("$0.001", "less than a cent"),
        (-1e-9, "negative"),
        ("-$5", "negative"),
        ("$-5", "no amount in dollars"),
        ("-5", "negative"),
        (-1, "negative"),
        (float("-inf"), "negative"),
        (float("inf"), "above 2,000 dollars"),
        (10**400, "above 2,000 dollars"),
        (771_000_000, "above 2,000 dollars"),
        ("$771,000,000", "above 2,000 dollars"),
        (771.71, "the sum of several prices"),
        ("$202.76", "the sum of several prices"),
        (float("nan"), "not a number"),
        (True, "not a number"),
        ([9.99], "not a number"),
        ({"final": 999}, "not a number"),
        ("$" + "9" * 5_000, "longer than 200 characters"),
    ],
)
def test_what_is_no_certain_amount_is_not_known(value: object, reason: str) -> None:
    with pytest.raises(UnusableValue, match=reason):
        price_cents(value)


@given(st.text(max_size=300) | st.text(alphabet="$€0123456789., -USDAfreFRE", max_size=30))
def test_any_text_is_a_price_or_not_known(text: str) -> None:
    try:
        cents = price_cents(text)
    except UnusableValue:
        return
    assert 0 <= cents <= 1_000_000
