"""The views of neighbours and similar games: what plain SQL reads is what Python unpacks."""

import re
import sqlite3
from contextlib import closing

import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from sqlalchemy import TextClause, text

from store import Database, frames
from store.dialect.sqlite.neighbour_rows import float32, uint32
from store.frames.neighbours import NEIGHBOURS, SIMILAR_GAMES
from store.frames.table import Table
from tests.store.builder import SmallStore
from tests.store.frames.world import fill

_UNPACKED = {
    "neighbour_rows": (NEIGHBOURS, frames.neighbours),
    "similar_rows": (SIMILAR_GAMES, frames.similar_games),
}
VIEWS = pytest.mark.parametrize("view", _UNPACKED)


def rows(view: str) -> TextClause:
    """Return the query of all rows of a view."""
    return text(f"SELECT * FROM {view} ORDER BY game_id, rank")


def as_frame(rows: pandas.DataFrame, table: Table) -> pandas.DataFrame:
    """Return rows of a view as `store.frames` has them."""
    columns = {column.name: column.dtype for column in table.columns}
    return rows.rename(columns={"game_id": "app_id"})[list(columns)].astype(columns)


@VIEWS
def test_a_view_says_what_the_packed_arrays_say(small_store: SmallStore, view: str) -> None:
    fill(small_store)
    table, read = _UNPACKED[view]
    with small_store.database.reader() as session:
        found = pandas.read_sql(rows(view), session.connection())
        assert len(found)
        assert_frame_equal(as_frame(found, table), read(session), check_exact=True)


@VIEWS
def test_a_view_says_it_of_a_trained_store(sample_store: Database, view: str) -> None:
    table, read = _UNPACKED[view]
    with sample_store.reader(seconds=60) as session:
        found = pandas.read_sql(rows(view), session.connection())
        assert len(found) > 1000
        assert_frame_equal(as_frame(found, table), read(session), check_exact=True)


@VIEWS
def test_a_store_without_neighbours_has_no_rows(empty_store: Database, view: str) -> None:
    with empty_store.reader() as session:
        assert session.execute(rows(view)).all() == []


def test_the_neighbours_of_a_game_are_joined_with_their_titles(small_store: SmallStore) -> None:
    fill(small_store)
    joined = text(
        "SELECT neighbour.title FROM neighbour_rows JOIN games AS neighbour ON neighbour.id = neighbour_id"
        " WHERE game_id = 10 AND weight > 0 ORDER BY rank"
    )
    with small_store.database.reader() as session:
        assert session.scalars(joined).all() == ["NA", "Free"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM neighbour_rows WHERE game_id = 10",
        "SELECT * FROM similar_rows WHERE game_id = 10",
        "SELECT title FROM games g JOIN neighbour_rows n ON n.game_id = g.id WHERE g.title = 'Portal'",
        "SELECT sum(weight) FROM neighbour_rows WHERE game_id IN (10, 20) GROUP BY game_id",
    ],
)
def test_asking_for_a_game_unpacks_that_game_alone(empty_store: Database, statement: str) -> None:
    with empty_store.reader() as session:
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
        steps = [row.detail for row in plan if re.search(r"\b(neighbours|similar_games)\b", row.detail)]
    assert steps
    assert all(re.match(r"SEARCH \w+ USING INTEGER PRIMARY KEY", step) for step in steps), steps


@given(numbers=st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_every_number_of_four_bytes_is_worked_out_exactly(numbers: list[float]) -> None:
    packed = np.array(numbers, "<f4").tobytes()
    indices = ", ".join(f"({index})" for index in range(len(numbers)))
    bits = f"SELECT {uint32(':packed', 'column1')} AS bits FROM (VALUES {indices})"
    with closing(sqlite3.connect(":memory:")) as connection:
        rows = connection.execute(f"SELECT {float32('bits')} FROM ({bits})", {"packed": packed}).fetchall()
    assert [row[0] for row in rows] == numbers
