"""A disk that fills up during a refresh: the old data stay, and once there is room the next one succeeds."""

import resource
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from ingest.sample import write_sample
from store import Database, NextplayError, dialect
from store.models import RunOutcome
from tests.bot.faults.disks import SmallDisk
from tests.bot.faults.refreshes import PLAYERS, Scene, contents, processes, refresh, runs

MEGABYTE = 1 << 20


@pytest.mark.parametrize("room", [0, 64 << 10, 512 << 10, MEGABYTE, 2 * MEGABYTE])
def test_a_full_disk_leaves_the_old_data_and_says_so(scene: Scene, disk: SmallDisk, room: int) -> None:
    database = scene.copy_to(disk.folder)
    disk.leave(room)
    with pytest.raises(NextplayError) as refusal:
        refresh(database.file, scene.new)
    assert "full" in str(refusal.value) or "No space left" in str(refusal.value)
    assert contents(database) == scene.before
    disk.make_room()
    assert refresh(database.file, scene.new).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after
    for outcome, why in runs(database)[1:-1]:
        assert outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED)
        assert why
    database.close()


def refresh_with_small_files(file: Path, source: Path, most: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    refresh(file, source)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.9])
def test_a_file_that_may_not_grow_leaves_the_old_data(scene: Scene, database: Database, share: float) -> None:
    process = processes().Process(
        target=refresh_with_small_files,
        args=(database.file, scene.new, int(share * database.file.stat().st_size)),
    )
    process.start()
    process.join()
    assert process.exitcode == 1
    assert contents(database) == scene.before
    assert refresh(database.file, scene.new).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after
    outcome, why = runs(database)[1]
    assert outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED)
    assert why


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of many more players than the store has. Read only."""
    folder = tmp_path_factory.mktemp("larger")
    write_sample(folder, players=10 * PLAYERS, seed=7)
    return folder


@pytest.mark.parametrize("room", [0, 20, 100])
def test_a_database_that_may_not_grow_leaves_the_old_data(
    scene: Scene, database: Database, larger: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quota in pages of the database itself, for where no disk can be filled."""
    unlimited = dialect.writer_engine

    def limited(file: Path, **options: bool) -> Engine:
        engine = unlimited(file, **options)

        @event.listens_for(engine, "connect")
        def limit(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + room}")

        return engine

    with monkeypatch.context() as patch:
        patch.setattr(dialect, "writer_engine", limited)
        with pytest.raises(NextplayError, match="full"):
            refresh(database.file, larger)
    assert contents(database) == scene.before
    assert refresh(database.file, scene.new).outcome is RunOutcome.APPLIED
    assert contents(database) == scene.after
