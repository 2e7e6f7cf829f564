"""The tables as DataFrames: every row, with types that do not depend on what the store holds."""

import subprocess
import sys
from datetime import datetime

import numpy as np
import pandas
import pytest
from sqlalchemy import func, select

from store import Database, frames
from store.models import Game, Neighbours, OwnedGame, Review, SimilarGames
from tests.store.builder import SmallStore
from tests.store.frames.world import TEXTS, fill


@pytest.fixture
def filled(small_store: SmallStore) -> SmallStore:
    fill(small_store)
    return small_store


def types(table: pandas.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in table.dtypes.items()}


@pytest.mark.parametrize("table", frames.TABLES, ids=lambda table: table.name)
def test_a_table_has_the_columns_and_types_that_it_is_said_to_have(
    filled: SmallStore, table: frames.Table
) -> None:
    assert types(filled.ask(table.frame)) == {column.name: str(column.dtype) for column in table.columns}


@pytest.mark.parametrize("table", frames.TABLES, ids=lambda table: table.name)
def test_a_table_of_an_empty_store_has_the_same_columns_and_types(
    empty_store: Database, table: frames.Table
) -> None:
    with empty_store.reader() as session:
        empty = table.frame(session)
    assert len(empty) == 0
    assert types(empty) == {column.name: str(column.dtype) for column in table.columns}


@pytest.mark.parametrize("table", frames.TABLES, ids=lambda table: table.name)
def test_only_what_may_be_unknown_is_missing(filled: SmallStore, table: frames.Table) -> None:
    found = filled.ask(table.frame)
    optional = {column.name for column in table.columns if column.is_optional}
    assert {str(name) for name in found.columns if found[name].isna().any()} <= optional


def test_what_is_unknown_of_a_game_is_missing_and_free_is_not(filled: SmallStore) -> None:
    games = filled.ask(frames.games).set_index("app_id")
    assert games["price_usd"].to_list() == [9.99, pandas.NA, 0.0, 0.0]
    assert games["release_year"].to_list() == [2007, pandas.NA, pandas.NA, 2020]
    assert games["title"].to_list() == ['Portal: "Still, Alive"', pandas.NA, "NA", "Free"]
    assert games["developers"].to_list() == [("Valve, Inc.", "Ünï 🎮"), (), (), ()]
    assert games["kind"].to_list() == ["game", "game", "dlc", "game"]


def test_whether_a_game_that_no_file_describes_is_finished_is_unknown(filled: SmallStore) -> None:
    with filled.database.writer() as session:
        game = session.get(Game, 20)
        assert game is not None
        game.listed = False
    early = filled.ask(frames.games).set_index("app_id")["early_access"]
    assert early.to_list() == [False, pandas.NA, False, False]


def test_a_review_has_its_text_its_day_and_its_tone(filled: SmallStore) -> None:
    reviews = filled.ask(frames.reviews)
    assert reviews["text"].to_list() == list(TEXTS)
    assert reviews["posted"].isna().sum() == 4
    assert reviews["posted"].max() == datetime(2012, 2, 29)  # noqa: DTZ001 - a day has no zone
    assert (reviews["sentiment"] > "neutral").sum() == (reviews["sentiment_score"] >= 0.05).sum()


def test_an_owned_game_has_its_owner_and_its_minutes(filled: SmallStore) -> None:
    owned = filled.ask(frames.owned_games)
    assert list(owned[["player", "app_id", "minutes"]].itertuples(index=False, name=None)) == [
        ("ada", 10, 0),
        ("ada", 30, 90),
        ('bob, "the\n2nd"', 10, 600),
        ('bob, "the\n2nd"', 20, 1_000_000_000),
    ]
    assert owned["minutes"].sum() == 1_000_000_690


def test_neighbours_are_unpacked_in_their_order(filled: SmallStore) -> None:
    neighbours = filled.ask(frames.neighbours)
    assert neighbours["neighbour_id"].to_list() == [20, 30, 40, 10]
    assert neighbours["rank"].to_list() == [1, 2, 3, 1]
    assert neighbours["weight"].to_list() == [np.float32(weight) for weight in (-0.5, 0.25, 1e-7, 1 / 3)]
    assert neighbours["basis"].to_list() == ["libraries"] * 3 + ["content"]


def test_similar_games_are_unpacked_in_their_order(filled: SmallStore) -> None:
    similar = filled.ask(frames.similar_games)
    assert similar["similar_id"].to_list() == [30, 40, 10]
    assert similar["rank"].to_list() == [1, 2, 1]
    assert similar["common_owners"].to_list() == [3, 3, 1]


def test_pieces_together_are_the_whole(sample_store: Database) -> None:
    with sample_store.reader(seconds=60) as session:
        counts = {
            "games": session.scalar(select(func.count()).select_from(Game)),
            "reviews": session.scalar(select(func.count()).select_from(Review)),
            "owned_games": session.scalar(select(func.count()).select_from(OwnedGame)),
            "neighbours": session.scalar(select(func.sum(func.length(Neighbours.weights) / 4))),
            "similar_games": session.scalar(select(func.sum(func.length(SimilarGames.similarity) / 4))),
        }
        assert {table.name: len(table.frame(session)) for table in frames.TABLES} == counts


def test_a_column_is_described_and_an_optional_one_says_what_missing_means() -> None:
    for table in frames.TABLES:
        for column in table.columns:
            assert column.doc
            assert column.is_optional == ("missing" in column.doc), (table.name, column.name)


@pytest.mark.slow
def test_opening_a_store_loads_no_pandas() -> None:
    program = (
        "import sys; from store import Database; print('pandas' in sys.modules); from store import frames"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
