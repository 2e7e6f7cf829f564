"""Rankings and groups of games, by hand."""

import pandas as pd
import pytest

from report.blocks import Column, Kind
from report.plots.derivations import Grouping, Least, Measure, Ranking

TITLE, OWNERS = Column("title", "Game", Kind.TEXT), Column("owners", "Owners")
COUNT = (Measure("games", "count"),)


def games(*rows: tuple[str, float | None, float | None, int, tuple[str, ...]]) -> pd.DataFrame:
    """Games by title, year, price, owners and genres."""
    frame = pd.DataFrame(rows, columns=["title", "year", "price", "owners", "genres_of"])
    return frame.astype({"year": "float64", "price": "float64"}).assign(
        reviews=100, recommended=[10 * len(title) for title in frame["title"]], median=frame["owners"] / 10
    )


SHELF = games(
    ("A", 2010, 0.0, 5, ("Action",)),
    ("BB", 2012, 4.99, 9, ("Action", "RPG/Strategy")),
    ("CCC", None, None, 9, ()),
)


def test_a_ranking_is_by_value_and_equal_values_by_title() -> None:
    assert Ranking("owners", 2).rows(SHELF, (TITLE, OWNERS)) == (("BB", 9), ("CCC", 9))


def test_a_ranking_leaves_out_what_is_unknown_or_too_small() -> None:
    rows = Ranking("price", None, (Least("price", 0.01),)).rows(SHELF, (TITLE,))

    assert rows == (("BB",),)


def test_a_game_counts_for_each_of_its_genres_and_for_the_unknown_one_without_any() -> None:
    rows = Grouping("genres", COUNT, order="games").rows(SHELF)

    assert rows == (("Action", 2), ("RPG/Strategy", 1), (None, 1))


def test_years_have_no_gaps_and_the_unknown_one_comes_last() -> None:
    assert Grouping("year", COUNT).rows(SHELF) == ((2010, 1), (2011, 0), (2012, 1), (None, 1))


def test_an_unknown_price_is_no_free_game() -> None:
    bands = ((0.0, "Free"), (0.01, "<5"), (5.0, "5+"))

    assert Grouping("price", COUNT, bands).rows(SHELF) == (("Free", 1), ("<5", 1), (None, 1))


def test_small_groups_are_withheld() -> None:
    rows = Grouping("genres", COUNT, least=Least("games", 2)).rows(SHELF)

    assert rows == (("Action", 2),)


@pytest.mark.parametrize(
    ("measure", "figure"),
    [
        (Measure("owners", "sum", "owners"), 14.0),
        (Measure("median", "median", "median"), 0.7),
        (Measure("median", "median", "median", least=3), None),
        (Measure("liked", "ratio", "recommended", "reviews"), 0.15),
        (Measure("liked", "ratio", "recommended", "reviews", least=201), None),
    ],
)
def test_figures_of_a_group(measure: Measure, figure: float | None) -> None:
    (action, *_) = Grouping("genres", (measure,)).rows(SHELF)

    assert action == ("Action", figure if figure is None else pytest.approx(figure))


def test_no_games_make_no_groups() -> None:
    none = SHELF.iloc[:0]

    assert Grouping("genres", COUNT).rows(none) == ()
    assert Grouping("year", COUNT).rows(none) == ()
    assert Ranking("owners", 5).rows(none, (TITLE,)) == ()
