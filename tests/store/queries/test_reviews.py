"""What the reviews of a year say, and what is said where there are none."""

from collections.abc import Callable
from typing import Any

import pytest

from store import NotFound, queries
from tests.store.builder import SmallStore

BY_YEAR = [
    queries.sentiment_analysis,
    queries.users_recommend,
    queries.users_not_recommend,
    queries.users_worst_developer,
    queries.best_developer_year,
]


def test_games_are_ranked_by_the_reviews_that_like_or_pan_them_and_then_by_title(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title, liked, panned in (
            (1, "Zeta", 4, 0),
            (2, "Eta", 4, 1),
            (3, "Alpha", 4, 7),
            (4, "Beta", 4, 0),
        ):
            build.game(app_id, title)
            build.game_reviews(app_id, 2014, positive=liked, liked=liked, negative=panned, panned=panned)

    most = small_store.ask(queries.users_recommend, 2014)
    least = small_store.ask(queries.users_not_recommend, 2014)

    assert [(r.rank, r.game.title, r.recommendations) for r in most] == [
        (1, "Alpha", 4),
        (2, "Beta", 4),
        (3, "Eta", 4),
    ]
    assert least.as_dict() == [{"Puesto 1": "Alpha"}, {"Puesto 2": "Eta"}]


def test_a_game_without_a_title_is_called_by_its_app_id(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(72850, None)
        build.game_reviews(72850, 2014, positive=1, liked=1)

    assert small_store.ask(queries.users_recommend, 2014).as_dict() == [{"Puesto 1": "App 72850"}]


def test_the_sentiment_of_a_year_adds_up_its_games(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "One")
        build.game(2, "Two")
        build.game_reviews(1, 2014, negative=1, neutral=2, positive=3)
        build.game_reviews(2, 2014, negative=10, neutral=20, positive=30)
        build.game_reviews(2, 2015, negative=500)

    assert small_store.ask(queries.sentiment_analysis, 2014).as_dict() == {
        "Negative": 11,
        "Neutral": 22,
        "Positive": 33,
    }


@pytest.mark.parametrize("query", BY_YEAR)
@pytest.mark.parametrize("year", [2016, 0, -1, 10**30])
def test_a_year_without_reviews_is_answered_with_the_nearest_that_have_some(
    small_store: SmallStore, query: Callable[..., Any], year: int
) -> None:
    with small_store.fill() as build:
        build.game(1, "One")
        for reviewed in (0, 2009, 2010, 2011, 2012, 2014, 2015):
            build.game_reviews(1, reviewed, positive=1)

    with pytest.raises(NotFound) as caught:
        small_store.ask(query, year)

    nearest = {2016: ("2015", "2014", "2012", "2011", "2010"), 0: ("2009", "2010", "2011", "2012", "2014")}
    assert caught.value.kind == "year"
    assert caught.value.asked == str(year)
    assert caught.value.suggestions == nearest[2016 if year >= 2016 else 0]
