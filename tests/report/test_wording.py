"""Numbers and words of the report."""

import pytest

from report import ReportError
from report.blocks import Cell, Kind
from report.wording import Wording


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (1, 3, "33.3%"),
        (0, 9, "0%"),
        (9, 9, "100%"),
        (1, 10**6, "<0.1%"),
        (10**6 - 1, 10**6, ">99.9%"),
        (0, 0, "0%"),
    ],
)
def test_few_are_never_said_to_be_none(part: int, whole: int, written: str) -> None:
    assert Wording().share(part, whole) == written


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (None, Kind.DOLLARS, "unknown"),
        (0, Kind.DOLLARS, "$0.00"),
        (4.99, Kind.DOLLARS, "$4.99"),
        (0.5, Kind.SHARE, "50%"),
        (1.26, Kind.HOURS, "1.3 h"),
        (1_234.5, Kind.HOURS, "1,234 h"),
        (2_010, Kind.YEAR, "2010"),
        (12_345, Kind.COUNT, "12,345"),
        (0.125, Kind.NUMBER, "0.12"),
        (0.4915, Kind.PRECISE, "0.491"),
        ("Portal", Kind.TEXT, "Portal"),
    ],
)
def test_a_cell_is_written_by_the_kind_of_its_column(value: Cell, kind: Kind, written: str) -> None:
    assert Wording().cell(value, kind) == written


def test_an_unknown_value_is_called_that_in_every_language() -> None:
    assert Wording.of("es").cell(None, Kind.COUNT) == "se desconoce"


def test_what_is_no_number_is_never_shown() -> None:
    with pytest.raises(ValueError, match="nan cannot be shown"):
        Wording().cell(float("nan"), Kind.COUNT)


@pytest.mark.parametrize("language", ["fr", "", "../es", "EN"])
def test_a_language_that_is_not_there_is_refused_with_those_that_are(language: str) -> None:
    with pytest.raises(ReportError, match=r"has no language.*en \(English\), es \(Español\)"):
        Wording.of(language)
