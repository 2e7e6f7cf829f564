"""A whole run: the raw files become a store, and nothing bad ever does."""

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from ingest import (
    AlreadyRunning,
    Cancelled,
    GuardError,
    IngestSettings,
    SourceError,
    ingest,
    retrain,
)
from ingest.runtime.run_lock import run_lock
from ingest.sources.files import checksum
from store import Database
from store.errors import BackupError
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
from store.runs import Progress, SilentProgress
from tests.ingest.raw_files import RawFolder, game, item, owner, review, reviewer, write_lines

pytestmark = pytest.mark.slow


def count(database: Database, model: type) -> int:
    with database.reader() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def outcomes(database: Database) -> list[RunOutcome]:
    with database.reader() as session:
        return list(session.scalars(select(RefreshRun.outcome).order_by(RefreshRun.id)))


def last_run(database: Database) -> RefreshRun:
    with database.reader() as session:
        run = session.scalars(select(RefreshRun).order_by(RefreshRun.id.desc()).limit(1)).one()
        session.expunge(run)
        return run


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


def test_unchanged_files_are_recognised_by_content(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    os.utime(world.files["items"], ns=(1, 1))
    stages = Stages()
    report = ingest(database, [world.path], progress=stages)
    assert report.outcome is RunOutcome.UNCHANGED
    assert stages.seen == []
    assert report.counts["reviews"] == 3
    assert outcomes(database) == [RunOutcome.APPLIED, RunOutcome.UNCHANGED]


def aged(file: Path, *, days_old: float) -> None:
    """Make it look as if the file had last changed so many days ago."""
    at = int((time.time() - days_old * 86_400) * 1e9)
    os.utime(file, ns=(at, at))


def test_a_file_whose_size_and_time_of_change_are_the_same_is_not_read_again(
    world: RawFolder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in world.files.values():
        aged(file, days_old=1)
    ingest(database, [world.path])
    read: list[Path] = []
    monkeypatch.setattr("ingest.sources.steam_files.unchanged.checksum", read.append)
    assert ingest(database, [world.path]).outcome is RunOutcome.UNCHANGED
    assert read == []


def test_a_file_touched_since_is_compared_by_content_once(
    world: RawFolder, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in world.files.values():
        aged(file, days_old=2)
    ingest(database, [world.path])
    aged(world.files["items"], days_old=1)
    read: list[Path] = []

    def counted(file: Path) -> str:
        read.append(file)
        return checksum(file)

    monkeypatch.setattr("ingest.sources.steam_files.unchanged.checksum", counted)
    for _again in range(2):
        assert ingest(database, [world.path]).outcome is RunOutcome.UNCHANGED
    assert read == [world.files["items"]]


def test_a_file_that_was_new_when_it_was_read_is_looked_at_again(
    world: RawFolder, database: Database
) -> None:
    """Within one tick of a file's clock it may have changed once more, unseen."""
    at = time.time_ns()
    for file in world.files.values():
        os.utime(file, ns=(at, at))
    ingest(database, [world.path])
    content = bytearray(world.files["items"].read_bytes())
    content[4] ^= 1  # the time in gzip's header, which changes no line
    world.files["items"].write_bytes(content)
    os.utime(world.files["items"], ns=(at, at))
    assert ingest(database, [world.path]).outcome is RunOutcome.APPLIED


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


def test_no_data_are_replaced_where_the_backup_fails(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))

    def backup() -> None:
        raise BackupError("The disk is full.")

    with pytest.raises(BackupError):
        ingest(database, [world.write()], before_replacing=backup)
    assert count(database, Player) == 4
    assert last_run(database).error == "The disk is full."


def test_other_rules_make_unchanged_files_be_read_again(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    report = ingest(database, [world.path], settings=IngestSettings(crawl_year=2017))
    assert report.outcome is RunOutcome.APPLIED
    assert report.changes.reviews.changed == 1


@dataclass(frozen=True)
class Trained:
    games: int
    notes: tuple[str, ...] = ()


def test_training_happens_in_the_transaction_of_the_data(world: RawFolder, database: Database) -> None:
    def train(session: Session, progress: Progress) -> Trained:
        assert session.execute(select(func.count()).select_from(OwnedGame)).scalar_one() == 5
        with database.reader() as reader:
            assert reader.execute(select(func.count()).select_from(OwnedGame)).scalar_one() == 0
        return Trained(7)

    report = ingest(database, [world.path], train=train)
    assert report.counts["neighbours"] == 7
    assert last_run(database).action == "refresh"


def test_unchanged_files_that_were_not_trained_on_are_trained_on(
    world: RawFolder, database: Database
) -> None:
    ingest(database, [world.path])
    times: list[int] = []

    def train(session: Session, progress: Progress) -> Trained:
        times.append(1)
        return Trained(7)

    assert ingest(database, [world.path], train=train).outcome is RunOutcome.APPLIED
    assert ingest(database, [world.path], train=train).outcome is RunOutcome.UNCHANGED
    assert times == [1]


def test_training_alone_is_a_run_too(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])

    def train(session: Session, progress: Progress) -> Trained:
        return Trained(7)

    report = retrain(database, train)
    assert dict(report.counts) == {"games": 4, "players": 4, "owned_games": 5, "reviews": 3, "neighbours": 7}
    assert last_run(database).action == "train"
    assert ingest(database, [world.path], train=train).outcome is RunOutcome.UNCHANGED


def test_when_training_fails_the_old_data_stay(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))

    def train(session: Session, progress: Progress) -> Trained:
        raise RuntimeError("out of luck")

    with pytest.raises(RuntimeError, match="out of luck"):
        ingest(database, [world.write()], train=train)
    assert count(database, Player) == 4
    assert last_run(database).outcome is RunOutcome.FAILED
    assert last_run(database).error == "RuntimeError: out of luck"


def test_a_slip_of_the_pen_leaves_no_database_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "new.sqlite3")
    with pytest.raises(SourceError, match="does not exist"):
        ingest(database, [tmp_path / "nowhere"])
    assert not database.file.exists()


@pytest.mark.parametrize("spoil", ["missing", "truncated", "empty", "other role"])
def test_a_bad_file_leaves_the_old_data_and_a_record(
    world: RawFolder, database: Database, spoil: str
) -> None:
    ingest(database, [world.path])
    file = world.files["items"]
    if spoil == "missing":
        file.unlink()
    elif spoil == "truncated":
        file.write_bytes(file.read_bytes()[:-20])
    elif spoil == "empty":
        file.write_bytes(b"")
    else:
        file.write_bytes(world.files["reviews"].read_bytes())
    with pytest.raises(SourceError) as caught:
        ingest(database, [world.path])
    assert count(database, OwnedGame) == 5
    run = last_run(database)
    assert (run.outcome, run.error) == (RunOutcome.FAILED, str(caught.value))
    assert run.finished_at is not None


def test_too_many_rejects_stop_the_run_unless_it_is_forced(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.games.append("rubbish")
    with pytest.raises(GuardError, match=r"20\.0% of .*steam_games.*first in line 5: neither JSON"):
        ingest(database, [world.write()])
    assert last_run(database).outcome is RunOutcome.FAILED
    assert count(database, Reject) == 1
    report = ingest(database, [world.path], settings=IngestSettings(force=True))
    assert report.outcome is RunOutcome.APPLIED


@pytest.mark.parametrize(
    ("role", "place", "word"), [("games", 3, "games"), ("reviews", 0, "reviews"), ("items", 1, "players")]
)
def test_a_large_drop_stops_the_run_unless_it_is_forced(
    world: RawFolder, database: Database, role: str, place: int, word: str
) -> None:
    ingest(database, [world.path])
    del getattr(world, role)[place]
    with pytest.raises(GuardError, match=rf"There are \d {word} where the last run had \d, a drop of more"):
        ingest(database, [world.write()])
    assert count(database, OwnedGame) == 5
    assert ingest(database, [world.path], settings=IngestSettings(force=True)).outcome is RunOutcome.APPLIED


class Stages:
    """Remembers which stages it was told of."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def start(self, stage: str, total: int | None, unit: str) -> None:
        self.seen.append(stage)

    def advance(self, n: int, rows: int = 0) -> None:
        pass

    def finish(self) -> None:
        pass


class CancelAt(Stages):
    """Asks the run to stop as soon as a stage begins."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._stage = stage

    def start(self, stage: str, total: int | None, unit: str) -> None:
        if stage == self._stage:
            raise Cancelled("Somebody pressed the button.")


@pytest.mark.parametrize(
    "stage", ["Reading reviews", "Reading items", "Scoring reviews", "Writing libraries"]
)
def test_a_cancelled_run_changes_nothing(world: RawFolder, database: Database, stage: str) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))
    with pytest.raises(Cancelled):
        ingest(database, [world.write()], progress=CancelAt(stage))
    assert count(database, OwnedGame) == 5
    assert last_run(database).outcome is RunOutcome.CANCELLED


class PressControlC(SilentProgress):
    """Ends the run as a terminal does."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        if stage == "Writing libraries":
            raise KeyboardInterrupt


def test_a_run_stopped_from_the_keyboard_says_so_in_a_sentence(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))
    with pytest.raises(KeyboardInterrupt):
        ingest(database, [world.write()], progress=PressControlC())
    run = last_run(database)
    assert (run.outcome, run.error) == (
        RunOutcome.CANCELLED,
        "It was stopped before it was done; the data of the run before it stay in use.",
    )


def test_two_runs_never_overlap(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    with run_lock(database.file), pytest.raises(AlreadyRunning, match="Another run is refreshing"):
        ingest(database, [world.path])
    assert outcomes(database) == [RunOutcome.APPLIED]


class Killed(SilentProgress):
    """Ends the process as a power cut would."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        if stage == "Writing libraries":
            os.kill(os.getpid(), signal.SIGKILL)


def ingest_and_die(file: Path, folder: Path) -> None:
    ingest(Database(file), [folder], progress=Killed())


def test_a_run_whose_process_died_is_called_interrupted_by_the_next(
    world: RawFolder, database: Database
) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))
    process = multiprocessing.get_context("spawn").Process(
        target=ingest_and_die, args=(database.file, world.write())
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert count(database, OwnedGame) == 5
    assert last_run(database).outcome is RunOutcome.RUNNING
    ingest(database, [world.path])
    assert outcomes(database) == [RunOutcome.APPLIED, RunOutcome.INTERRUPTED, RunOutcome.APPLIED]
    assert count(database, OwnedGame) == 6


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
