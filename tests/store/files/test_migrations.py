"""What a store holds outlives a change of its tables."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from sqlalchemy import inspect, select, update

from store import Database, queries, user_data
from store.dialect import writer_engine
from store.errors import UserDataUnavailable
from store.files import migration
from store.files.migration import MigrationBranch
from store.models import Neighbours, Player, PrecomputedScores, ScoredGames
from store.scoring.item_index import load_item_index
from store.visibility import Visibility
from tests.copies import NewStore
from tests.store.builder import SmallStore

pytestmark = pytest.mark.slow

ANA, BEN = 111, 222


def test_what_is_suggested_stays_the_same_on_the_way_to_an_older_version_and_back(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "FEZ"), (3, "Limbo"), (4, "Trine")):
            build.game(app_id, title)
        build.weights(1, {4: 0.3, 2: 0.31, 3: 0.2}, popularity=0.5)
        build.weights(2, {1: 0.2}, play_intercept=-2.0)
        build.weights(3, {1: 0.2})
        build.weights(4, {1: 0.2})
    before = small_store.ask(queries.recommend_library, {1: 60})
    assert before.as_dict() == ["Trine", "Limbo", "FEZ"]

    _to_and_from(small_store.database, "0003")
    assert small_store.ask(queries.recommend_library, {1: 60}) == before


def test_times_count_for_nothing_in_a_store_from_before_they_were_kept(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Braid")
        build.game(2, "FEZ")
        build.weights(1, {2: 0.3})
    twos = np.full(2, 2, "<f4").tobytes()
    slopes = {
        "log_playtime_mean": twos,
        "log_playtime_std": twos,
        "own_percentile_slope": twos,
        "play_percentile_slope": twos,
    }
    with small_store.database.writer() as session:
        session.execute(update(ScoredGames).values(slopes))
    before = small_store.ask(load_item_index)
    assert before.params.play_percentile_slope.tolist() == [2, 2]

    _to_and_from(small_store.database, "0005")
    after = small_store.ask(load_item_index)
    assert not after.params.own_percentile_slope.any()
    assert not after.params.play_percentile_slope.any()
    assert after.params.log_playtime_std.tolist() == [1, 1]
    assert after.state != before.state


def test_what_was_summed_up_later_is_summed_up_from_what_an_older_store_holds(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "FEZ"), (3, "Limbo")):
            build.game(app_id, title)
            build.game_reviews(app_id, 2012, positive=2, liked=app_id)
        build.weights(1, {2: 0.2, 3: 0.3})
        build.owns("ada", {1: 600})
        build.owns("bob", {3: 5, 1: 70})
        build.player("newcomer")

    def answers() -> list[object]:
        return [
            small_store.ask(queries.recommend_user, "ada"),
            small_store.ask(queries.compare_players, "ada", "bob"),
            small_store.ask(queries.compare_players, "bob", "newcomer"),
            small_store.ask(queries.users_recommend, 2012),
            small_store.ask(queries.sentiment_analysis, 2012),
        ]

    before = answers()
    _to_and_from(small_store.database, "0006")
    assert answers() == before


def test_a_store_with_the_former_names_answers_as_before_and_keeps_what_was_computed_ahead(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "FEZ"), (3, "Limbo"), (4, "Trine")):
            build.game(app_id, title)
        build.weights(1, {4: 0.3, 2: -0.31, 3: 0.2}, common=3, popularity=0.5)
        build.weights(2, {1: 0.2, 4: 0.1}, play_intercept=-2.0)
        build.weights(3, {1: 0.2})
        build.weights(4, {1: 0.2})
        build.owns("ada", {1: 600})
        build.owns("bob", {2: 5, 1: 70})
    with small_store.database.writer() as session:
        player = session.scalars(select(Player.id)).first()
        session.add(PrecomputedScores(player_id=player, is_positive=b"\x60", scores=b"12345678"))
        slopes = {f"{event}_percentile_slope": np.full(4, 0.5, "<f4").tobytes() for event in ("own", "play")}
        session.execute(update(ScoredGames).values(slopes))

    def answers() -> list[object]:
        return [
            small_store.ask(queries.recommend_user, "ada"),
            small_store.ask(queries.recommend_library, {2: None, 3: 30}, discovery="hidden gems"),
            small_store.ask(queries.recommend_game, "Braid"),
            small_store.ask(queries.recommend_group, ["ada", "bob"]),
        ]

    def rows() -> list[object]:
        tables = (Neighbours, ScoredGames, PrecomputedScores)
        with small_store.database.reader() as session:
            return [session.execute(select(*table.__table__.columns)).all() for table in tables]

    before = answers(), rows()
    _to(small_store.database, "0009")
    assert _columns(small_store.database, "kept_likings") == ["player_id", "liked", "liking"]
    assert "alikeness" in _columns(small_store.database, "neighbours")
    small_store.database.upgrade()
    assert (answers(), rows()) == before


@pytest.fixture
def linked_before(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """Links of the time before it was written down which are proven: Ana signed in, Ben typed a name."""
    database = new_store(tmp_path / "nextplay.sqlite3")
    with database.user_data.writer() as session:
        user_data.link_account(session, ANA, 76_561_197_960_300_000, persona=None, proven=True)
        user_data.link(session, ANA, "ana", proven=True)
        user_data.link(session, BEN, "ben")
    _to(database, "p0007", MigrationBranch.USER_DATA)
    yield database
    database.close()


def test_the_player_of_who_signed_in_is_proven_and_all_links_stay(linked_before: Database) -> None:
    linked_before.user_data.upgrade()
    with linked_before.user_data.reader() as session:
        linked = [user_data.linked_player(session, person) for person in (ANA, BEN)]
        assert user_data.player_links(session).private == {"ana", "ben"}
    assert [(one.user_id, one.proven) for one in linked if one] == [("ana", True), ("ben", False)]


def test_links_that_were_damaged_before_a_new_seal_are_not_sealed_as_sound(linked_before: Database) -> None:
    with closing(sqlite3.connect(linked_before.user_data_file.file)) as connection, connection:
        connection.execute("UPDATE links SET user_id = 'zoe' WHERE user_id = 'ana'")
    with pytest.raises(UserDataUnavailable):
        linked_before.user_data.upgrade()
    assert Visibility.load(linked_before.user_data).hides("ben")


def _to_and_from(database: Database, revision: str) -> None:
    _to(database, revision)
    database.upgrade()


def _to(database: Database, revision: str, branch: MigrationBranch = MigrationBranch.DATA) -> None:
    settings = migration.config(branch)
    engine = writer_engine(database.file if branch is MigrationBranch.DATA else database.user_data_file.file)
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)
        connection.commit()
    engine.dispose()


def _columns(database: Database, table: str) -> list[str]:
    engine = writer_engine(database.file)
    with engine.connect() as connection:
        names = [column["name"] for column in inspect(connection).get_columns(table)]
    engine.dispose()
    return names
