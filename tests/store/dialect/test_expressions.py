"""Expressions that each database writes in its own way."""

from sqlalchemy import select

from store.dialect import VALUES_TABLE, joined, least, values_param
from store.models import Game
from tests.store.builder import SmallStore


def test_values_are_a_table_in_their_order(small_store: SmallStore) -> None:
    with small_store.database.reader() as session:
        for values in ([3, 1, 2], ["Ünï", 'quo"te', ""], []):
            found = session.scalars(select(VALUES_TABLE.c.value), values_param(values)).all()
            assert found == values


def test_a_column_is_joined_and_bounded(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (5, 20):
            build.game(app_id, f"Game {app_id}")
    with small_store.database.reader() as session:
        assert session.scalar(select(joined(Game.id))) in ("5,20", "20,5")
        assert session.scalars(select(least(Game.id, 7)).order_by(Game.id)).all() == [5, 7]
