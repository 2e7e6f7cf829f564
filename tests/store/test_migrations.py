"""What a store holds outlives a change of its tables."""

from alembic import command

from store import migration, queries, sqlite
from store.migration import Line
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

    settings = migration.config(Line.DATA)
    engine = sqlite.writer_engine(small_store.database.file)
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0003")
        connection.commit()
    engine.dispose()
    small_store.database.upgrade()
    assert small_store.ask(queries.recommend_library, {1: 60}) == before
