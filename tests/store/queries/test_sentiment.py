"""How opinions changed over the years, and the reviews that the words of a cloud come from."""

from collections.abc import Callable
from typing import Any

import pytest

from store import NotFound, queries
from store.models import YearBasis
from store.queries.sentiment import texts_of_all
from tests.store.builder import SmallStore


def test_the_years_of_a_developer_are_those_its_reviews_were_posted_in(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.developer_reviews("Valve", 2014, negative=1, neutral=2, positive=3)
        build.developer_reviews("Valve", 2012, positive=9)
        build.developer_reviews("Valve", 0, positive=7)
        build.developer_reviews("Valve", 2007, YearBasis.RELEASED, positive=12)
        build.developer_reviews("Ubisoft", 2014, negative=50)

    found = small_store.ask(queries.sentiment_over_time, developer="valve")

    assert found.subject == "Valve"
    assert [(y.subject, y.negative, y.neutral, y.positive) for y in found.years] == [
        (2012, 0, 0, 9),
        (2014, 1, 2, 3),
    ]


def test_the_years_of_all_games_add_up_those_of_each(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.game(400, "Portal")
        build.game_reviews(620, 2011, negative=1, positive=4)
        build.game_reviews(400, 2011, neutral=2, positive=5)
        build.game_reviews(400, 2015, positive=1)

    of_all = small_store.ask(queries.sentiment_over_time)
    of_one = small_store.ask(queries.sentiment_over_time, game="620")

    assert of_all.subject is None
    assert [(y.subject, y.negative, y.neutral, y.positive) for y in of_all.years] == [
        (2011, 1, 2, 9),
        (2015, 0, 0, 1),
    ]
    assert of_one.subject == "Portal 2"
    assert [(y.subject, y.total) for y in of_one.years] == [(2011, 5)]


def test_what_nobody_reviewed_has_no_years_and_no_texts(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2", developers=("Valve",))

    assert small_store.ask(queries.sentiment_over_time, game="Portal 2").years == ()
    assert small_store.ask(queries.sentiment_over_time, developer="Valve").years == ()
    assert small_store.ask(queries.review_texts, developer="Valve").texts == ()


def test_the_most_helpful_reviews_give_the_texts(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2", developers=("Valve",))
        build.game(400, "Portal", developers=("Valve",))
        build.game(10, "Rust", developers=("Facepunch Studios",))
        build.game_stats(620, reviews=3)
        build.game_stats(400, reviews=1)
        build.review(620, "ann", "fine", helpful=1)
        build.review(620, "ben", "fun" * 1_000, helpful=30)
        build.review(620, "eve", "", helpful=40)
        build.review(400, "ann2", "short", helpful=20)
        build.review(10, "dan", "naked people", helpful=99)

    of_developer = small_store.ask(queries.review_texts, developer="valve", limit=2)
    of_game = small_store.ask(queries.review_texts, game="portal 2")

    assert (of_developer.subject, of_developer.total) == ("Valve", 4)
    assert of_developer.texts == (("fun" * 1_000)[:2_000], "short")
    assert (of_game.subject, of_game.total, of_game.texts[1:]) == ("Portal 2", 3, ("fine",))


def test_the_most_helpful_come_first_whatever_they_feel_and_recommend(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        build.review(620, "ann", "third", helpful=5, recommend=True, score=0.9)
        build.review(620, "ben", "first", helpful=9, recommend=None, score=-0.9)
        build.review(620, "cas", "fourth", helpful=5, recommend=False, score=-0.9)
        build.review(620, "dan", "second", helpful=7, recommend=True, score=0.9)
        build.review(620, "eve", "fifth", helpful=5, recommend=True, score=0.9)

    in_order = ("first", "second", "third", "fourth", "fifth")
    for limit in range(1, 6):
        assert small_store.ask(queries.review_texts, game="620", limit=limit).texts == in_order[:limit]


def test_reviews_of_a_developer_are_in_one_order_however_many_each_game_has(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for game, title, reviews in ((620, "Portal 2", 5_000), (400, "Portal", 2), (220, "Half-Life 2", 900)):
            build.game(game, title, developers=("Valve",))
            build.game_stats(game, reviews=reviews)
        build.review(400, "ann", "third", helpful=5)
        build.review(620, "ben", "fourth", helpful=5, recommend=False, score=-0.9)
        build.review(220, "cas", "first", helpful=9)
        build.review(400, "dan", "second", helpful=7)
        build.review(220, "eve", "fifth", helpful=5)

    in_order = ("first", "second", "third", "fourth", "fifth")
    for limit in range(1, 6):
        assert small_store.ask(queries.review_texts, developer="Valve", limit=limit).texts == in_order[:limit]


def test_empty_reviews_take_the_place_of_none_however_many_they_are(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2")
        for number in range(120):
            build.review(620, f"silent {number}", "", helpful=1_000)
        build.review(620, "ann", "fine", helpful=2)
        build.review(620, "ben", "fun", helpful=1)

    assert small_store.ask(queries.review_texts, game="Portal 2", limit=1).texts == ("fine",)
    assert small_store.ask(queries.review_texts, game="Portal 2", limit=5).texts == ("fine", "fun")


@pytest.mark.parametrize("query", [queries.sentiment_over_time, queries.review_texts])
def test_an_unknown_subject_is_not_found(small_store: SmallStore, query: Callable[..., Any]) -> None:
    with pytest.raises(NotFound):
        small_store.ask(query, developer="Nobody")
    with pytest.raises(NotFound):
        small_store.ask(query, game="Nothing")


def test_a_developer_and_a_game_at_once_are_refused(small_store: SmallStore) -> None:
    for query in (queries.sentiment_over_time, queries.review_texts):
        with pytest.raises(ValueError, match="not both"):
            small_store.ask(query, developer="Valve", game="Portal 2")
    with pytest.raises(ValueError, match="of a developer or of a game"):
        small_store.ask(queries.review_texts)


def test_the_others_are_spread_over_all_reviews(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "One")
        for number in range(20):
            build.review(1, f"player {number}", f"text {number}")
    texts = small_store.ask(texts_of_all, 4, 7)
    assert len(texts) == 4
    assert texts[0] == "text 0"
    assert max(int(text.split()[1]) for text in texts) >= 10
