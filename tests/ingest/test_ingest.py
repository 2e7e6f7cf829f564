"""A whole run: the raw files become a store, and nothing bad ever does."""

import pytest
from sqlalchemy import select, text

from ingest import (
    IngestSettings,
    ingest,
)
from store import Database
from store.models import (
    Game,
    OwnedGame,
    Player,
    RefreshRun,
    Reject,
    Review,
    RunOutcome,
    RunSource,
)
from tests.ingest.raw_files import RawFolder, game, item, owner, review, reviewer, write_lines
from tests.ingest.recorded_runs import count, last_run

pytestmark = pytest.mark.slow


def test_the_first_run_fills_the_store(world: RawFolder, database: Database) -> None:
    report = ingest(database, [world.path])
    assert report.outcome is RunOutcome.APPLIED
    assert dict(report.counts) == {"games": 4, "players": 4, "owned_games": 5, "reviews": 3}
    assert (report.changes.games.added, report.changes.owned_games.added) == (4, 5)
    assert count(database, Player) == 4
    assert count(database, OwnedGame) == 5
    assert count(database, Review) == 3
    with database.reader() as session:
        ada = session.scalars(select(Player).where(Player.user_id == "ada")).one()
        owned = select(OwnedGame.game_id, OwnedGame.minutes).where(OwnedGame.player_id == ada.id)
        assert session.execute(owned).all() == [(10, 60), (20, 120)]
        zoe = session.scalars(select(Player).where(Player.user_id == "zoe")).one()
        assert (zoe.steam_id, zoe.items_count) == (None, None)


def test_a_game_that_only_libraries_mention_is_kept_unlisted(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    with database.reader() as session:
        unlisted = session.scalars(select(Game).where(~Game.listed)).one()
        assert (unlisted.id, unlisted.title) == (555, "Game 555")


def test_lines_of_one_user_are_merged(world: RawFolder, database: Database) -> None:
    world.items.append(owner("ada", item(10, 45), item(30, 5), items_count=9))
    ingest(database, [world.write()])
    with database.reader() as session:
        ada = session.scalars(select(Player).where(Player.user_id == "ada")).one()
        owned = select(OwnedGame.game_id, OwnedGame.minutes).where(OwnedGame.player_id == ada.id)
        assert session.execute(owned).all() == [(10, 60), (20, 120), (30, 5)]
        assert ada.items_count == 9


def test_of_repeated_reviews_and_games_the_first_is_kept(world: RawFolder, database: Database) -> None:
    world.reviews.append(reviewer("ada", review(10, "Bad.", recommend=False)))
    world.games.append(game(10, title="Another", app_name="Another"))
    ingest(database, [world.write()])
    with database.reader() as session:
        assert session.scalars(select(Game.title).where(Game.id == 10)).one() == "Game 10"
    assert count(database, Review) == 3


def test_the_report_counts_what_repeats_an_earlier_record(world: RawFolder, database: Database) -> None:
    before = ingest(database, [world.write()])
    world.reviews.append(reviewer("ada", review(10, "Bad.", recommend=False)))
    world.games += [game(10, title="Another"), game(10)]
    world.items.append(owner("eve", item(10, 5), item(20, 1), item(10, 7)))
    report = ingest(database, [world.write()])
    more = {
        now.name: now.repeated - then.repeated
        for now, then in zip(report.sources, before.sources, strict=True)
    }
    assert more == {"games": 2, "reviews": 1, "items": 1}
    assert "; repeated reviews: 1)" in str(report)


def test_what_cannot_be_used_is_kept_with_file_line_and_reason(world: RawFolder, database: Database) -> None:
    world.games.insert(1, "<html>")
    world.games.append({"app_name": "No id"})
    world.items.append(owner("dan", item(10, 5), item(0), {"item_id": "x", "item_name": "Y"}))
    report = ingest(database, [world.write()], settings=IngestSettings(max_reject_share=0.5))
    with database.reader() as session:
        found = {
            (reject.file, reject.line, reject.record, reject.reason)
            for reject in session.scalars(select(Reject).where(Reject.run_id == report.run_id))
        }
        assert session.scalars(select(Player.user_id).where(Player.user_id == "dan")).one()
    games, items = "steam_games.json.gz", "users_items.json.gz"
    assert {entry[:3] for entry in found} == {
        (games, 2, None),
        (games, 6, None),
        (items, 4, 2),
        (items, 4, 3),
    }
    assert (games, 2, None, "neither JSON nor a Python literal") in found
    assert (items, 4, 2, "no usable item_id: below 1") in found
    with database.reader() as session:
        rejected = select(RunSource.role, RunSource.rejected)
        assert dict(session.execute(rejected).all()) == {"games": 2, "reviews": 0, "items": 2}


def test_lines_that_say_nothing_are_no_rejects(world: RawFolder, database: Database) -> None:
    nothing = '{"publisher": NaN, "id": NaN, "app_name": NaN}'
    write_lines(world.files["games"], [nothing] * 50 + ['{"id": "10", "app_name": "Ten", "price": NaN}'])
    ingest(database, [world.path])
    assert count(database, Reject) == 0
    with database.reader() as session:
        assert session.get_one(Game, 10).price_cents is None


def test_a_run_leaves_the_tables_and_indexes_of_the_migrations(world: RawFolder, database: Database) -> None:
    schema = text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
    database.upgrade()
    with database.reader() as session:
        before = set(session.execute(schema).all())
    ingest(database, [world.path])
    with database.reader() as session:
        assert set(session.execute(schema).all()) == before


def test_the_search_index_agrees_with_the_names(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    with database.writer() as session:
        # Raises "database disk image is malformed" where the two differ.
        session.execute(text("INSERT INTO names_fts(names_fts, rank) VALUES ('integrity-check', 1)"))


def test_a_backup_is_asked_for_only_before_older_data_are_replaced(
    world: RawFolder, database: Database
) -> None:
    games: list[int] = []

    def backup() -> None:
        games.append(count(database, Player))

    ingest(database, [world.path], before_replacing=backup)
    ingest(database, [world.path], before_replacing=backup)
    assert games == []
    world.items.append(owner("eve", item(10)))
    report = ingest(database, [world.write()], before_replacing=backup)
    assert (games, count(database, Player)) == ([4], 5)
    assert "backup" in report.seconds


def test_every_run_says_what_it_read_and_how_long_each_stage_took(
    world: RawFolder, database: Database
) -> None:
    report = ingest(database, [world.path], started_by="schedule")
    with database.reader() as session:
        run = session.get_one(RefreshRun, report.run_id)
        assert (run.action, run.started_by, run.generated) == ("ingest", "schedule", False)
        assert {"games", "reviews", "items", "scoring", "loading", "summaries"} <= run.seconds.keys()
        assert run.counts["rows"]["reviews"] == 3
        sources = session.scalars(select(RunSource).where(RunSource.run_id == run.id)).all()
        assert {source.location for source in sources} == {str(file) for file in world.files.values()}
        assert all(len(source.sha256) == 64 for source in sources)
    assert "4 games (4 new)" in str(report)


def test_generated_samples_are_known_as_such(sample_store: Database) -> None:
    assert last_run(sample_store).generated
