"""What a store holds outlives a change of its tables."""

import numpy as np
from alembic import command
from sqlalchemy import update

from store import Database, migration, queries
from store.dialect import writer_engine
from store.migration import MigrationBranch
from store.models import ScoredGames
from store.scoring.item_index import read_scorable
from tests.store.builder import SmallStore


def test_what_is_suggested_stays_the_same_on_the_way_to_an_older_version_and_back(small_store: SmallStore):
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "FEZ"), (3, "Limbo"), (4, "Trine")):
            build.game(app_id, title)
        build.speaks(1, {4: 0.3, 2: 0.31, 3: 0.2}, popularity=0.5)
        build.speaks(2, {1: 0.2}, play_intercept=-2.0)
        build.speaks(3, {1: 0.2})
        build.speaks(4, {1: 0.2})
    before = small_store.ask(queries.recommend_library, {1: 60})
    assert before.as_dict() == ["Trine", "Limbo", "FEZ"]

    _to_and_from(small_store.database, "0003")
    assert small_store.ask(queries.recommend_library, {1: 60}) == before


def test_times_count_for_nothing_in_a_store_from_before_they_were_kept(small_store: SmallStore):
    with small_store.fill() as build:
        build.game(1, "Braid")
        build.game(2, "FEZ")
        build.speaks(1, {2: 0.3})
    twos = np.full(2, 2, "<f4").tobytes()
    counted = {
        "time_mean": twos,
        "time_spread": twos,
        "own_devotion_slope": twos,
        "play_devotion_slope": twos,
    }
    with small_store.database.writer() as session:
        session.execute(update(ScoredGames).values(counted))
    before = small_store.ask(read_scorable)
    assert before.facts.play_devotion_slope.tolist() == [2, 2]

    _to_and_from(small_store.database, "0005")
    after = small_store.ask(read_scorable)
    assert not after.facts.own_devotion_slope.any()
    assert not after.facts.play_devotion_slope.any()
    assert after.facts.time_spread.tolist() == [1, 1]
    assert after.state != before.state


def test_what_was_summed_up_later_is_summed_up_from_what_an_older_store_holds(small_store: SmallStore):
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "FEZ"), (3, "Limbo")):
            build.game(app_id, title)
            build.game_reviews(app_id, 2012, positive=2, liked=app_id)
        build.speaks(1, {2: 0.2, 3: 0.3})
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


def _to_and_from(database: Database, revision: str) -> None:
    settings = migration.config(MigrationBranch.DATA)
    engine = writer_engine(database.file)
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)
        connection.commit()
    engine.dispose()
    database.upgrade()
