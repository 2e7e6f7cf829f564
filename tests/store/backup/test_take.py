"""Backups of a small real store: what is kept, and what a failure leaves."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from store import Database
from store.backup import backup, list_backups
from store.dialect import snapshot
from store.errors import BackupError
from store.models import RefreshRun, Reject
from tests.store.backup.recorded_runs import (
    MONDAY,
    add_run,
    damage_pages,
    in_a_process_of_its_own,
    kill_after_it_is_ready,
    runs,
)


def test_a_backup_is_a_store_of_its_own_in_one_file(database: Database, tmp_path: Path) -> None:
    made = backup(database, tmp_path / "new" / "folder", keep=3)

    assert runs(made) == ["first"]
    assert list(made.parent.iterdir()) == [made]


def test_the_newest_are_kept_and_their_names_sort_by_time(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = [backup(database, folder, keep=3, now=MONDAY + timedelta(hours=hour)) for hour in (0, 9, 10, 100)]

    listed = list_backups(folder)
    assert [info.path for info in listed] == made[:0:-1]
    assert sorted(folder.iterdir()) == made[1:]
    assert listed[0].taken_at == MONDAY + timedelta(hours=100)
    assert listed[0].size == made[-1].stat().st_size


def test_a_clock_set_back_does_not_cost_the_backup_just_made(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    backup(database, folder, keep=2, now=MONDAY)
    newer = backup(database, folder, keep=2, now=MONDAY + timedelta(days=1))
    last = backup(database, folder, keep=2, now=MONDAY - timedelta(days=365))

    assert {info.path for info in list_backups(folder)} == {newer, last}


def test_two_backups_of_the_same_moment_are_two_files(database: Database, tmp_path: Path) -> None:
    first = backup(database, tmp_path / "backups", keep=5, now=MONDAY)
    second = backup(database, tmp_path / "backups", keep=5, now=MONDAY)

    assert first < second
    assert runs(first) == runs(second)


def test_files_of_others_in_the_folder_are_neither_listed_nor_removed(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "nextplay-before-the-move.sqlite3").write_text("mine")

    made = backup(database, folder, keep=1)

    assert [info.path for info in list_backups(folder)] == [made]
    assert (folder / "nextplay-before-the-move.sqlite3").read_text() == "mine"


def test_a_folder_that_is_not_there_has_no_backups(tmp_path: Path) -> None:
    assert list_backups(tmp_path / "nowhere") == ()


def test_no_backup_at_all_cannot_be_asked_for(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        backup(database, tmp_path, keep=0)


def test_a_transaction_under_way_neither_waits_nor_shows(database: Database, tmp_path: Path) -> None:
    with database.writer() as session:
        session.execute(update(RefreshRun).values(started_by="half done"))
        made = backup(database, tmp_path / "backups", keep=1)

    assert runs(made) == ["first"]
    assert runs(database) == ["half done"]


@pytest.mark.slow
def test_writers_go_on_and_the_backup_holds_one_moment(database: Database, tmp_path: Path) -> None:
    add_run(database, "large", rejects=20_000)
    done = threading.Event()

    def write() -> None:
        while not done.is_set():
            add_run(database, "meanwhile", rejects=10)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [backup(database, tmp_path / "backups", keep=9) for _ in range(3)]
    finally:
        done.set()
        writing.join()

    counted = []
    for file in (*made, database.file):
        copy = Database(file)
        with copy.reader() as session:
            written = session.scalars(select(func.count()).where(RefreshRun.started_by == "meanwhile")).one()
            rejects = session.scalars(select(func.count()).where(Reject.file == "meanwhile")).one()
        copy.close()
        assert rejects == 10 * written
        counted.append(written)
    assert counted == sorted(counted)
    assert counted[-1] > counted[0]


def test_a_snapshot_stays_at_its_moment_so_that_no_write_makes_a_backup_start_again(
    database: Database,
) -> None:
    with snapshot(database.file) as connection:
        add_run(database, "second")
        assert connection.execute("SELECT count(*) FROM refresh_runs").fetchone() == (1,)


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"no database at .*nothing\.sqlite3"):
        backup(Database(tmp_path / "nothing.sqlite3"), tmp_path, keep=1)


def test_a_folder_that_cannot_be_made_is_named(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match=r"No backup was made in .*/file/backups: Not a directory; check"):
        backup(database, tmp_path / "file" / "backups", keep=1)


def test_a_damaged_store_never_pushes_out_a_good_backup(database: Database, tmp_path: Path) -> None:
    good = backup(database, tmp_path / "backups", keep=1)
    damage_pages(database)

    with pytest.raises(BackupError, match="is damaged and was not backed up"):
        backup(database, tmp_path / "backups", keep=1)

    assert list((tmp_path / "backups").iterdir()) == [good]


@pytest.mark.faults
def test_a_backup_killed_at_any_moment_leaves_only_whole_ones(database: Database, tmp_path: Path) -> None:
    add_run(database, "large", rejects=30_000)
    folder = tmp_path / "backups"
    for _ in range(4):
        process = in_a_process_of_its_own(f"""
            print("ready", flush=True)
            while True:
                backup(Database(Path({str(database.file)!r})), Path({str(folder)!r}), keep=3)
        """)
        kill_after_it_is_ready(process)

    assert runs(database) == ["first", "large"]
    for info in list_backups(folder):
        assert runs(info.path) == ["first", "large"]


@pytest.mark.faults
def test_what_a_killed_backup_left_is_removed_once_it_is_surely_abandoned(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old, young = (folder / f".nextplay-2026042{day}T043000.000000Z.sqlite3.part" for day in (1, 2))
    for part in (old, young):
        part.touch()
    os.utime(old, (time.time() - 7200,) * 2)

    backup(database, folder, keep=1)

    assert not old.exists()
    assert young.exists()


@pytest.mark.faults
def test_a_full_disk_leaves_no_half_backup(database: Database, tmp_path: Path) -> None:
    add_run(database, "large", rejects=10_000)
    folder = tmp_path / "backups"
    process = in_a_process_of_its_own(
        f"""
        try:
            backup(Database(Path({str(database.file)!r})), Path({str(folder)!r}), keep=3)
        except NextplayError as error:
            print(error)
        """,
        file_limit=1_000_000,
    )
    said, _ = process.communicate()

    assert said.startswith(f"No backup was made in {folder}: ")
    assert said.endswith("free some space and try again.\n")
    assert list(folder.iterdir()) == []
    assert runs(database) == ["first", "large"]
