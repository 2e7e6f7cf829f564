"""Others at the same store: a second refresh, a process that keeps the write lock, people who write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from bot.refresh.run import settle_interrupted
from ingest import AlreadyRunning
from store import Database, DatabaseUnavailable, user_data
from store.models import RunOutcome
from store.runs import SilentProgress
from tests.bot.faults.refreshes import Scene, contents, processes, refresh, runs


class Pause(SilentProgress):
    """Stops a refresh as a stage begins until it is told to go on."""

    def __init__(self, stage: str, reached: Event, go_on: Event) -> None:
        self._stage = stage
        self._reached = reached
        self._go_on = go_on

    def start(self, stage: str, total: int | None, unit: str) -> None:
        if stage == self._stage:
            self._reached.set()
            assert self._go_on.wait(300)


def refresh_with_pause(file: Path, source: Path, stage: str, reached: Event, go_on: Event) -> None:
    refresh(file, source, Pause(stage, reached, go_on))


@contextmanager
def refresh_paused_at(stage: str, file: Path, source: Path) -> Iterator[None]:
    """A refresh in another process that stands still at `stage` for the block, and then ends well."""
    context = processes()
    reached, go_on = context.Event(), context.Event()
    process = context.Process(target=refresh_with_pause, args=(file, source, stage, reached, go_on))
    process.start()
    assert reached.wait(300)
    try:
        yield
    finally:
        go_on.set()
        process.join()
    assert process.exitcode == 0


# Before the transaction, in the middle of it, and in its training.
STAGES = ("Reading items", "Writing libraries", "Learning neighbours")


@pytest.mark.parametrize("stage", STAGES)
def test_a_second_refresh_is_refused_with_a_sentence(scene: Scene, database: Database, stage: str) -> None:
    with refresh_paused_at(stage, database.file, scene.new):
        with pytest.raises(AlreadyRunning, match=r"Another run is refreshing .*; wait until it is done"):
            refresh(database.file, scene.new)
        assert not settle_interrupted(database)
        assert contents(database) == scene.before
    assert contents(database) == scene.after
    assert [outcome for outcome, _ in runs(database)] == [RunOutcome.APPLIED, RunOutcome.APPLIED]


@pytest.mark.parametrize("stage", STAGES)
def test_what_people_store_during_a_refresh_is_stored(
    scene: Scene, database: Database, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dialect.sqlite.engines.BUSY_TIMEOUT_MS", 3_000)
    another = Database(database.file)
    with refresh_paused_at(stage, database.file, scene.new), another.user_data.writer() as session:
        user_data.link(session, 42, "sample_player_007")
    with another.user_data.reader() as session:
        linked = user_data.linked_player(session, 42)
    another.close()
    assert linked is not None
    assert linked.user_id == "sample_player_007"
    assert contents(database) == scene.after


def hold_write_lock(file: Path, held: Event, let_go: Event) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    held.set()
    let_go.wait(300)
    connection.close()


class Holder:
    """Another process, which takes the write lock when told and keeps it."""

    def __init__(self, file: Path) -> None:
        context = processes()
        self._held, self._let_go = context.Event(), context.Event()
        self._process = context.Process(target=hold_write_lock, args=(file, self._held, self._let_go))

    def take(self) -> None:
        self._process.start()
        assert self._held.wait(300)

    def let_go(self) -> None:
        self._let_go.set()
        self._process.join()


class TakesLockAt(SilentProgress):
    """Lets somebody else take the write lock as a stage begins."""

    def __init__(self, stage: str, holder: Holder) -> None:
        self._stage = stage
        self._holder = holder

    def start(self, stage: str, total: int | None, unit: str) -> None:
        if stage == self._stage:
            self._holder.take()


@pytest.mark.parametrize("stage", ["at the start", "Reading items", "Backing up"])
def test_a_database_that_stays_locked_is_left_as_it_is(
    scene: Scene, database: Database, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dialect.sqlite.engines.BUSY_TIMEOUT_MS", 100)
    holder = Holder(database.file)
    if stage == "at the start":
        holder.take()
    with pytest.raises(DatabaseUnavailable, match="locked"):
        refresh(database.file, scene.new, TakesLockAt(stage, holder))
    assert contents(database) == scene.before
    holder.let_go()
    assert refresh(database.file, scene.new).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after
    # Where even the failure could not be written down, the next run says that this one came to nothing.
    expected = [] if stage == "at the start" else [RunOutcome.INTERRUPTED]
    assert [outcome for outcome, _ in runs(database)][1:-1] == expected
