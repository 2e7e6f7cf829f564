"""What is said of developers: releases by year, and who is praised or panned."""

import pytest

from store import NotFound, queries
from store.models import YearBasis
from tests.store.builder import SmallStore


def test_releases_come_newest_first_and_those_of_unknown_year_last(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.released("Valve", 0, items=1)
        build.released("Valve", 2004, items=3, free=1)
        build.released("Valve", 2013, items=2, free=2)
        build.released("Valverde", 2017, items=9)

    report = small_store.ask(queries.developer, "valve")

    assert [(y.year, y.items, y.free_items) for y in report.years] == [
        (2013, 2, 2),
        (2004, 3, 1),
        (None, 1, 0),
    ]
    assert report.developer == "Valve"
    assert report.as_dict() == [
        {"Año": 2013, "Cantidad de Items": 2, "Contenido Free": "100%"},
        {"Año": 2004, "Cantidad de Items": 3, "Contenido Free": "33.33%"},
        {"Año": None, "Cantidad de Items": 1, "Contenido Free": "0%"},
    ]


def test_a_developer_that_nobody_knows_is_not_found(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.developer("Valve")
        build.developer("Valverde Games")

    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.developer, "Walve Games")

    assert (caught.value.kind, caught.value.asked) == ("developer", "Walve Games")
    assert caught.value.suggestions == ("Valverde Games",)


def test_the_best_three_developers_are_ranked_by_praise_and_then_by_name(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Any")
        build.game_reviews(1, 2014, positive=1)
        for name, praised in (("Delta", 5), ("Beta", 5), ("Alpha", 9), ("Gamma", 5), ("Silent", 0)):
            build.developer_reviews(name, 2014, positive=10, praised=praised)
        build.developer_reviews("Other year", 2015, positive=99, praised=99)

    ranking = small_store.ask(queries.best_developer_year, 2014)

    assert [(r.rank, r.developer, r.recommendations) for r in ranking] == [
        (1, "Alpha", 9),
        (2, "Beta", 5),
        (3, "Delta", 5),
    ]
    assert ranking.as_dict() == [{"Puesto 1": "Alpha"}, {"Puesto 2": "Beta"}, {"Puesto 3": "Delta"}]


def test_the_year_of_release_is_another_basis_than_the_year_of_the_review(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Any")
        build.game_reviews(1, 2015, positive=3)
        build.developer_reviews("Old hand", 2015, positive=3, praised=3)
        build.developer_reviews("Old hand", 2004, YearBasis.RELEASED, positive=3, praised=3)

    released = small_store.ask(queries.best_developer_year, 2004, basis="released")
    assert [r.developer for r in released] == ["Old hand"]
    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.best_developer_year, 2004)
    assert caught.value.suggestions == ("2015",)


def test_an_unknown_basis_is_refused_with_the_two_there_are(small_store: SmallStore) -> None:
    with pytest.raises(ValueError, match="“reviewed” or “released”, not 'posted'"):
        small_store.ask(queries.best_developer_year, 2014, basis="posted")


def test_the_worst_developers_are_those_most_often_panned(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Any")
        build.game_reviews(1, 2014, negative=1)
        build.developer_reviews("Loved", 2014, negative=50, praised=50)
        build.developer_reviews("Panned", 2014, negative=2, panned=2)

    worst = small_store.ask(queries.users_worst_developer, 2014)

    assert [(r.rank, r.developer, r.recommendations) for r in worst] == [(1, "Panned", 2)]


def test_the_reviews_of_a_developer_are_of_all_years_and_counted_once(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.developer_reviews("Valve", 0, negative=1)
        build.developer_reviews("Valve", 2013, negative=2, neutral=3, positive=4)
        build.developer_reviews("Valve", 2004, YearBasis.RELEASED, negative=3, neutral=3, positive=4)

    counts = small_store.ask(queries.developer_reviews_analysis, "VALVE")

    assert (counts.negative, counts.neutral, counts.positive, counts.total) == (3, 3, 4, 10)
    assert counts.as_dict() == {"Valve": ["Negative = 3", "Positive = 4"]}


def test_a_developer_without_reviews_has_none_of_any_sentiment(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.developer("Quiet")

    assert small_store.ask(queries.developer_reviews_analysis, "quiet").total == 0
