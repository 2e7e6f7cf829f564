"""A refresh writes what differs, and leaves the store as a first ingest of the same files would."""

from pathlib import Path

import pytest
from alembic import command
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ingest import GuardError, IngestSettings, RunReport, ingest
from store import Database
from store.dialect import writer_engine
from store.files import migration
from store.files.migration import MigrationBranch
from store.files.refill import awaits_refill, require_refill
from store.models import Base, Game, GameStats, Neighbours, Player, PrecomputedScores, Review, RunOutcome
from store.runs import Progress, RowChanges
from tests.copies import NewStore
from tests.ingest.contents import OF_RUNS, OF_TRAINING, contents
from tests.ingest.raw_files import (
    RawFolder,
    Record,
    game,
    item,
    owner,
    review,
    reviewer,
    small_world,
)

pytestmark = pytest.mark.slow

FORCED = IngestSettings(force=True)

apps = st.sampled_from([10, 20, 30, 40, 555, 777])
users = st.sampled_from(["ada", "bob", "cyd", "zoe"])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Record], list[Record], list[Record]]:
    games = [
        game(
            app,
            price=draw(st.sampled_from([0, 5.0, "Third-party"])),
            developer=draw(st.sampled_from(["Valve", "VALVE", "Other,Valve", None])),
            genres=draw(st.lists(st.sampled_from(["Action", "RPG", "Indie"]), unique=True)),
            tags=draw(st.lists(st.sampled_from(["FPS", "Horror"]), unique=True)),
            release_date=draw(st.sampled_from(["2000-11-01", "Jul 2010", "Soon.."])),
        )
        for app in draw(st.lists(apps, unique=True, min_size=1))
    ]
    said = st.builds(
        review,
        apps,
        st.sampled_from(["good", "bad", ""]),
        recommend=st.booleans(),
        posted=st.sampled_from(["Posted May 1, 2014.", "Posted May 1.", ""]),
    )
    reviews = [
        reviewer(user, *draw(st.lists(said, max_size=3))) for user in draw(st.lists(users, min_size=1))
    ]
    owned = st.builds(item, apps, st.integers(0, 300))
    items = [owner(user, *draw(st.lists(owned, max_size=4))) for user in draw(st.lists(users, min_size=1))]
    return games, reviews, items


FEW: tuple[list[Record], list[Record], list[Record]] = (
    [game(10, genres=["RPG"], tags=["FPS"], developer="Valve")],
    [reviewer("zoe", review(10))],
    [owner("ada", item(10, 60))],
)


def written(folder: Path, world: tuple[list[Record], list[Record], list[Record]]) -> Path:
    folder.mkdir()
    return RawFolder(folder, *(list[object](records) for records in world)).write()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=worlds(), after=worlds())
def test_a_refresh_ends_where_a_first_ingest_would(
    new_store: NewStore,
    tmp_path_factory: pytest.TempPathFactory,
    before: tuple[list[Record], list[Record], list[Record]],
    after: tuple[list[Record], list[Record], list[Record]],
) -> None:
    folder = tmp_path_factory.mktemp("worlds")
    old, new = (
        RawFolder(folder / name, *(list[object](records) for records in world))
        for name, world in (("old", before), ("new", after))
    )
    for raw in (old, new):
        raw.path.mkdir()
        raw.write()
    refreshed, fresh = new_store(folder / "refreshed.sqlite3"), new_store(folder / "fresh.sqlite3")
    ingest(refreshed, [old.path])
    ingest(refreshed, [new.path], settings=FORCED)
    ingest(fresh, [new.path])
    assert contents(refreshed) == contents(fresh)
    with refreshed.reader() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
    refreshed.close()
    fresh.close()


REVISIONS = ("0003", "0006", "0008", "0009")
# Refresh from one of several sources, forced or not, or bring the store to an older version and back.
steps = st.one_of(
    st.tuples(st.integers(0, 2), st.booleans()),
    st.sampled_from(REVISIONS),
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sources=st.lists(worlds(), min_size=3, max_size=3), before=st.lists(steps, max_size=5))
@example(sources=[FEW, FEW, FEW], before=[(0, False), "0006"])
def test_the_same_files_give_the_same_store_whatever_came_before(
    new_store: NewStore,
    tmp_path_factory: pytest.TempPathFactory,
    sources: list[tuple[list[Record], list[Record], list[Record]]],
    before: list[tuple[int, bool] | str],
) -> None:
    folder = tmp_path_factory.mktemp("sequence")
    paths = [written(folder / str(number), world) for number, world in enumerate(sources)]
    storied, fresh = new_store(folder / "storied.sqlite3"), new_store(folder / "fresh.sqlite3")
    for step in before:
        if isinstance(step, str):
            to_older_and_back(storied, step)
        else:
            refresh_if_allowed(storied, paths[step[0]], forced=step[1])
    if refresh_if_allowed(storied, paths[0], forced=False) is None:
        ingest(storied, [paths[0]], settings=FORCED)
    ingest(fresh, [paths[0]])
    assert contents(storied) == contents(fresh)
    with storied.reader() as session:
        assert not awaits_refill(session)
    storied.close()
    fresh.close()


def refresh_if_allowed(database: Database, source: Path, *, forced: bool) -> RunReport | None:
    try:
        return ingest(database, [source], settings=IngestSettings(force=forced))
    except GuardError:
        return None


def to_older_and_back(database: Database, revision: str) -> None:
    database.close()
    to_revision(database, revision)
    database.upgrade()


def to_revision(database: Database, revision: str) -> None:
    migrations = migration.config(MigrationBranch.DATA)
    engine = writer_engine(database.file)
    with engine.connect() as connection:
        migrations.attributes["connection"] = connection
        command.downgrade(migrations, revision)
        connection.commit()
    engine.dispose()


@pytest.mark.parametrize(
    "table",
    [table.name for table in Base.metadata.sorted_tables if table.name not in OF_RUNS | OF_TRAINING],
)
def test_a_table_that_a_migration_emptied_is_filled_from_unchanged_files(
    world: RawFolder, filled: Database, table: str
) -> None:
    before = contents(filled)
    with filled.writer(bulk=True) as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in {table, *referring_to(table)}:
            session.execute(text(f"DELETE FROM {name}"))
        require_refill(session.connection())
    with filled.reader() as session:
        assert awaits_refill(session)
    report = ingest(filled, [world.path])
    assert report.outcome is RunOutcome.APPLIED
    assert "An upgrade has changed the tables, so all of them were filled again." in report.notes
    assert contents(filled) == before
    assert ingest(filled, [world.path]).outcome is RunOutcome.UNCHANGED


def referring_to(table: str) -> set[str]:
    """Return the tables whose rows refer to those of `table`, directly or not."""
    direct = {
        other.name
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table.name == table and other.name != table
    }
    return direct.union(*(referring_to(name) for name in direct))


def test_a_refill_counts_as_changed_what_differs_alone(world: RawFolder, filled: Database) -> None:
    with filled.writer() as session:
        require_refill(session.connection())
    world.items[0] = owner("ada", item(10, 61), item(20, 120))
    report = ingest(filled, [world.write()])
    assert report.changes.games == RowChanges()
    assert report.changes.reviews == RowChanges()
    assert report.changes.players == RowChanges(changed=1)
    assert report.changes.owned_games == RowChanges(changed=1)


def test_an_older_store_is_filled_again_after_its_upgrade_and_trained(
    world: RawFolder, filled: Database
) -> None:
    trained: list[int] = []

    def train(session: Session, _progress: Progress) -> Trained:
        trained.append(session.scalar(select(func.count()).select_from(Player)) or 0)
        return Trained()

    ingest(filled, [world.path], train=train)
    assert ingest(filled, [world.path], train=train).outcome is RunOutcome.UNCHANGED
    to_older_and_back(filled, "0008")
    assert ingest(filled, [world.path], train=train).outcome is RunOutcome.APPLIED
    assert len(trained) == 2


class Trained:
    games = 4
    notes = ()


def test_the_same_files_give_the_same_rows(tmp_path: Path) -> None:
    raw = small_world(tmp_path / "raw")
    raw.path.mkdir()
    raw.write()
    dumps = []
    for name in ("one", "two"):
        database = Database(tmp_path / name)
        ingest(database, [raw.path])
        with database.reader() as session:
            tables = [table for table in Base.metadata.sorted_tables if table.name not in OF_RUNS]
            dumps.append([session.execute(select(table)).all() for table in tables])
        database.close()
    assert dumps[0] == dumps[1]


@pytest.fixture
def filled(world: RawFolder, database: Database) -> Database:
    ingest(database, [world.path])
    return database


def test_the_run_says_what_came_changed_and_went(world: RawFolder, filled: Database) -> None:
    world.games[0] = game(10, price=1.0)
    world.games[3] = game(50)
    world.reviews[0] = reviewer("ada", review(10, "Great fun indeed"), review(30))
    world.items[0] = owner("ada", item(10, 61), item(30))
    report = ingest(filled, [world.write()])
    assert report.changes.games == RowChanges(added=1, changed=1, gone=1)
    assert report.changes.reviews == RowChanges(added=1, changed=1, gone=1)
    assert report.changes.owned_games == RowChanges(added=1, changed=1, gone=1)
    assert report.changes.players == RowChanges(changed=1)


def test_what_is_kept_of_a_library_goes_when_it_changes(world: RawFolder, filled: Database) -> None:
    with filled.writer() as session:
        for player in session.scalars(select(Player.id)).all():
            session.add(PrecomputedScores(player_id=player, is_positive=b"", scores=b""))
    world.items[0] = owner("ada", item(10, 61), item(30))
    ingest(filled, [world.write()])
    kept = select(Player.user_id).join(PrecomputedScores, PrecomputedScores.player_id == Player.id)
    with filled.reader() as session:
        assert set(session.scalars(kept)) == set(session.scalars(select(Player.user_id))) - {"ada"}


def test_a_review_that_is_the_same_keeps_its_row(world: RawFolder, filled: Database) -> None:
    def rows() -> dict[tuple[str, int], int]:
        said = select(Player.user_id, Review.game_id, Review.id).join(Player, Player.id == Review.player_id)
        with filled.reader() as session:
            return {(user, app): key for user, app, key in session.execute(said)}

    before = rows()
    world.reviews.insert(0, reviewer("new", review(20, "First of all")))
    ingest(filled, [world.write()])
    assert rows() == before | {("new", 20): 4}


def test_a_game_that_left_the_file_stays_unlisted_with_its_neighbours(
    world: RawFolder, filled: Database
) -> None:
    with filled.writer() as session:
        session.add(
            Neighbours(
                game_id=40,
                basis="content",
                neighbour_indices=b"",
                weights=b"",
            )
        )
    del world.games[3]
    del world.games[0]
    ingest(filled, [world.write()], settings=FORCED)
    with filled.reader() as session:
        owned, unmentioned = session.get_one(Game, 10), session.get_one(Game, 40)
        assert (owned.listed, owned.title, owned.price_cents) == (False, "Game 10", None)
        assert (unmentioned.listed, unmentioned.title) == (False, "Game 40")
        assert session.get_one(GameStats, 40).owners == 0
        assert session.get(Neighbours, 40) is not None


def test_players_who_left_go_with_all_that_is_theirs(world: RawFolder, filled: Database) -> None:
    del world.items[0]
    del world.reviews[0]
    report = ingest(filled, [world.write()], settings=FORCED)
    assert report.changes.players == RowChanges(gone=1)
    assert report.changes.owned_games == RowChanges(gone=2)
    assert report.changes.reviews == RowChanges(gone=2)
    with filled.reader() as session:
        assert "ada" not in session.scalars(select(Player.user_id)).all()
