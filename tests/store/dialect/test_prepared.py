"""Statements that are put to the driver itself answer as SQLAlchemy does."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, and_, bindparam, select, union_all
from sqlalchemy.exc import OperationalError

from store import QueryTimeout
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.dialect.sqlite.prepared import driver_rows
from store.models import Game, GameKind, Player, Review, Sentiment
from tests.store.builder import SmallStore

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

_GAMES = select(Game.id, Game.title, Game.kind, Game.listed, Game.price_cents)
_REVIEWS = select(Review.recommend, Review.sentiment, Review.sentiment_score, Review.posted)
_STATEMENTS: dict[str, tuple[Any, Mapping[str, object]]] = {
    "values of every type": (_REVIEWS.order_by(Review.id), {}),
    "constants of its own": (_GAMES.where(Game.kind == GameKind.DLC).limit(1), {}),
    "values given as a table": (
        _GAMES.where(Game.id.in_(select(VALUES_TABLE.c.value))).order_by(Game.id),
        values_param([10, 20]),
    ),
    "parameters of other types than the driver's": (
        select(and_(bindparam("flag", type_=Boolean), Game.listed), Game.id).where(
            Game.kind == bindparam("kind"),
            Review.game_id == Game.id,
            Review.posted <= bindparam("day", type_=Date),
        ),
        {"flag": True, "day": date(2012, 1, 1), "kind": GameKind.GAME},
    ),
    "several statements in one": (
        union_all(*(_REVIEWS.where(Review.sentiment == one) for one in Sentiment)),
        {},
    ),
    "no rows": (select(Player.user_id).where(Player.id == bindparam("id", type_=Integer)), {"id": 99}),
}


@pytest.mark.parametrize(("statement", "parameters"), _STATEMENTS.values(), ids=_STATEMENTS)
def test_rows_are_those_of_sqlalchemy(
    small_store: SmallStore, statement: Any, parameters: Mapping[str, object]
) -> None:
    with small_store.fill() as build:
        build.game(10, "Portal", cents=999)
        build.game(20, "Portal: Songs", kind=GameKind.DLC)
        build.review(10, "one", "Good", posted=date(2011, 11, 5))
        build.review(10, "two", "Bad", recommend=False, score=-0.5)
    with small_store.database.reader() as session:
        connection = session.connection()
        prepared = Prepared(statement)
        for _again in range(2):
            assert prepared.all(connection, parameters) == [
                tuple(row) for row in connection.execute(statement, parameters)
            ]


def test_parameters_that_it_does_not_have_are_passed_over(small_store: SmallStore) -> None:
    with small_store.database.reader() as session:
        assert Prepared(select(Game.id)).all(session.connection(), {"kind": 1}) == []


def test_what_the_driver_complains_of_is_an_error_of_sqlalchemy(small_store: SmallStore) -> None:
    with small_store.database.reader() as session:
        connection = session.connection()
        with pytest.raises(OperationalError, match="no such table") as raised:
            driver_rows(connection, "SELECT 1 FROM nowhere", ())
    assert isinstance(raised.value.orig, sqlite3.OperationalError)


def test_it_is_stopped_when_its_time_is_up(small_store: SmallStore) -> None:
    with pytest.raises(QueryTimeout), small_store.database.reader(seconds=0.05) as session:
        driver_rows(session.connection(), _ENDLESS, ())
