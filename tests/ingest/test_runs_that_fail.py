"""A run that fails, is stopped or dies leaves the old data and a record."""

import multiprocessing
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from ingest import (
    AlreadyRunning,
    Cancelled,
    GuardError,
    IngestError,
    IngestSettings,
    SourceError,
    ingest,
)
from ingest.runtime.run_lock import run_lock
from store import Database
from store.errors import BackupError
from store.models import (
    OwnedGame,
    Player,
    Reject,
    RunOutcome,
)
from store.runs import SilentProgress
from tests.ingest.raw_files import RawFolder, item, owner, review, reviewer
from tests.ingest.recorded_runs import count, last_run, outcomes

pytestmark = pytest.mark.slow


def test_no_data_are_replaced_where_the_backup_fails(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.items.append(owner("eve", item(10)))

    def backup() -> None:
        raise BackupError("The disk is full.")

    with pytest.raises(BackupError):
        ingest(database, [world.write()], before_replacing=backup)
    assert count(database, Player) == 4
    assert last_run(database).error == "The disk is full."


def test_a_slip_of_the_pen_leaves_no_database_behind(tmp_path: Path) -> None:
    database = Database(tmp_path / "new.sqlite3")
    with pytest.raises(SourceError, match="does not exist"):
        ingest(database, [tmp_path / "nowhere"])
    assert not database.file.exists()


@pytest.mark.parametrize("is_first", [True, False])
def test_scoring_that_fails_leaves_the_data_as_they_were(
    world: RawFolder, database: Database, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    if not is_first:
        ingest(database, [world.path])
        world.reviews.append(reviewer("eve", review(10, "another text")))
        world.items.append(owner("eve", item(10)))

    def die(_texts: object) -> NoReturn:
        raise IngestError("A process was stopped.")

    monkeypatch.setattr("ingest.score.scorer.score_all", die)
    with pytest.raises(IngestError):
        ingest(database, [world.write()])
    assert count(database, Player) == (0 if is_first else 4)
    assert last_run(database).error == "A process was stopped."


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


NOT_UTF_8 = os.fsdecode(b"steam_games\xff.json")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_name_that_is_not_utf_8_ends_no_run(world: RawFolder, database: Database) -> None:
    shutil.copy(world.files["games"], world.path / NOT_UTF_8)
    world.files["games"].unlink()
    ingest(database, [world.path])
    assert count(database, Player) == 4


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_failure_over_a_name_that_is_not_utf_8_is_recorded(world: RawFolder, database: Database) -> None:
    ingest(database, [world.path])
    world.files["games"].unlink()
    (world.path / NOT_UTF_8).write_bytes(b"")
    with pytest.raises(SourceError, match="is empty"):
        ingest(database, [world.path])
    assert (last_run(database).error or "").endswith("steam_games?.json is empty; fetch it again.")
