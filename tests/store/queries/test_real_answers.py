"""Answers about the real Steam files, against values counted from them independently.

Where the sentiment of a text decides, one in a hundred may differ.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy.orm import Session

from store import Database, NotFound, queries
from store.models import NameKind

pytestmark = pytest.mark.real_data

P = ParamSpec("P")
R = TypeVar("R")


def ask(
    database: Database, query: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
) -> R:
    with database.reader() as session:
        return query(session, *args, **kwargs)


def about(count: int) -> object:
    return pytest.approx(count, rel=0.01)


def test_the_store_holds_what_the_files_hold(real_store: Database) -> None:
    counts = ask(real_store, queries.data_status).counts
    assert (counts.games, counts.reviews, counts.owned_games) == (32_132, 58_431, 177_459)


def test_valve_by_year(real_store: Database) -> None:
    report = ask(real_store, queries.developer, "valve")
    assert report.developer == "Valve"
    assert [(y.year, y.items, round(y.free_percent, 2)) for y in report.years] == [
        (2017, 2, 0),
        (2016, 2, 100),
        (2015, 1, 100),
        (2014, 7, 0),
        (2012, 2, 0),
        (2011, 1, 0),
        (2010, 2, 50),
        (2009, 1, 0),
        (2008, 1, 0),
        (2007, 3, 33.33),
        (2006, 2, 0),
        (2005, 1, 0),
        (2004, 5, 0),
        (2003, 1, 0),
        (2001, 1, 0),
        (2000, 2, 0),
        (1999, 1, 0),
        (1998, 1, 0),
    ]


def test_reviews_of_valve(real_store: Database) -> None:
    counts = ask(real_store, queries.developer_reviews_analysis, "Valve")
    assert (counts.negative, counts.neutral, counts.positive) == (about(1098), about(2406), about(6082))


def test_best_developers_of_2014_by_reviews_posted(real_store: Database) -> None:
    ranking = ask(real_store, queries.best_developer_year, 2014)
    assert [(r.developer, r.recommendations) for r in ranking] == [
        ("Valve", about(2282)),
        ("Facepunch Studios", about(772)),
        ("Smartly Dressed Games", about(356)),
    ]


def test_best_developers_of_2014_by_games_released(real_store: Database) -> None:
    ranking = ask(real_store, queries.best_developer_year, 2014, basis="released")
    assert [(r.developer, r.recommendations) for r in ranking][:2] == [
        ("Edge of Reality", about(205)),
        ("Coffee Stain Studios", about(156)),
    ]
    third = ranking[2]
    assert third.developer in {"Feral Interactive (Mac)", "New World Interactive"}
    assert third.recommendations == about(135)


def test_the_champion_of_action(real_store: Database) -> None:
    champion = ask(real_store, queries.user_for_genre, "action")
    assert (champion.genre, champion.user_id) == ("Action", "crustyoldkiller")
    assert round(champion.hours, 1) == 13_039.7
    assert sum(year.hours for year in champion.by_release_year) == pytest.approx(champion.hours)


def test_the_release_year_with_most_hours_of_action(real_store: Database) -> None:
    assert ask(real_store, queries.play_time_genre, "Action").year == 2012


def test_a_year_without_reviews_names_the_nearest_with_some(real_store: Database) -> None:
    with pytest.raises(NotFound) as caught:
        ask(real_store, queries.sentiment_analysis, 1999)
    assert caught.value.suggestions == ("2010", "2011", "2012", "2013", "2014")


@pytest.mark.parametrize(
    ("asked", "app_id"),
    [
        ("left 4 dead", 500),
        ("Left 4 Dead 2", 550),
        ("stalker shadow of chernobyl", 4500),
        ("counter strike source", 240),
        ("CS: GO", 730),
        ("gta 5", 271590),
        ("civ v", 8930),
        ("skyrim", 72850),
        ("hades", None),
        ("payday", None),
        ("portl 2", 620),
        ("dota2", 570),
        ("team fortress 2", 440),
        ("the witcher 3 wild hunt", 292030),
        ("half-life 3", None),
    ],
)
def test_titles_as_people_type_them(real_store: Database, asked: str, app_id: int | None) -> None:
    if app_id is None:
        with pytest.raises(NotFound):
            ask(real_store, queries.game, asked)
    else:
        assert ask(real_store, queries.game, asked).game.id == app_id


def test_base_games_are_offered_before_their_add_ons(real_store: Database) -> None:
    for typed, first in (
        ("portal 2", "Portal 2"),
        ("civilization v", "Sid Meier's Civilization® V"),
        ("borderlands 2", "Borderlands 2"),
    ):
        assert ask(real_store, queries.complete, NameKind.GAME, typed)[0].label == first


def test_the_card_of_a_game(real_store: Database) -> None:
    card = ask(real_store, queries.game, "620")
    assert (card.game.title, card.developers) == ("Portal 2", ("Valve",))
    assert card.playtime is not None
    assert card.playtime.lower <= card.playtime.median <= card.playtime.upper
    assert card.typical_positive is not None
    assert 60 <= len(card.typical_positive.text) <= 400
    assert card.typical_positive.score >= 0.05
    assert len(card.similar) == 5
