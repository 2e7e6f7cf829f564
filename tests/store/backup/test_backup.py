"""Backups and restores of a small real store: what is kept, what readers see, what a failure leaves."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from store import Database, NextplayError, user_data
from store.backup import backup, list_backups, restore
from store.dialect import snapshot
from store.errors import BackupError
from store.files.migration import MigrationBranch
from store.models import RefreshRun, Reject, RunOutcome
from tests.copies import NewStore

MONDAY = datetime(2026, 4, 20, 4, 30, tzinfo=UTC)


@pytest.fixture
def database(new_store: NewStore, tmp_path: Path) -> Iterator[Database]:
    """A store whose only run is called 'first'."""
    opened = new_store(tmp_path / "store.sqlite3")
    add_run(opened, "first")
    yield opened
    opened.close()


def add_run(database: Database, name: str, *, rejects: int = 0) -> None:
    """Record a run and, in the same transaction, as many rejects of it (300 bytes each)."""
    with database.writer() as session:
        run = RefreshRun(
            action="refresh",
            started_by=name,
            started_at=MONDAY,
            outcome=RunOutcome.APPLIED,
            generated=False,
            counts={},
            seconds={},
        )
        session.add(run)
        session.flush()
        row = {"run_id": run.id, "file": name, "line": 1, "reason": "x" * 100, "excerpt": "y" * 200}
        if rejects:
            session.execute(insert(Reject), [row] * rejects)


def runs(database: Database | Path) -> list[str]:
    """Return the names of the runs in a store or a backup, checking that the file is sound."""
    opened = database if isinstance(database, Database) else Database(database)
    try:
        with opened.reader() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            return list(session.scalars(select(RefreshRun.started_by).order_by(RefreshRun.id)))
    finally:
        if opened is not database:
            opened.close()


def in_a_process_of_its_own(body: str, *, file_limit: int | None = None) -> subprocess.Popen[str]:
    """Start Python on `body`, with the names it needs; no file may outgrow `file_limit` bytes."""
    script = """
        import resource
        from pathlib import Path
        from store import Database, NextplayError
        from store.backup import backup, restore
    """
    if file_limit is not None:
        script += f"""
        resource.setrlimit(resource.RLIMIT_FSIZE, ({file_limit}, {file_limit}))
        """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script) + textwrap.dedent(body)],
        stdout=subprocess.PIPE,
        text=True,
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


def test_a_restore_brings_back_the_backup_and_saves_what_was_there(
    database: Database, tmp_path: Path
) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    add_run(database, "second", rejects=5_000)

    done = restore(database, made)

    assert runs(database) == ["first"]
    assert done.source == made
    assert done.previous is not None
    assert not done.was_damaged
    assert runs(done.previous) == ["first", "second"]

    restore(database, done.previous)
    assert runs(database) == ["first", "second"]


def test_an_open_reader_sees_the_old_state_to_its_end(database: Database, tmp_path: Path) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    add_run(database, "second")
    with database.reader() as session:
        assert session.scalar(select(func.count(RefreshRun.id))) == 2
        restore(database, made)
        assert session.scalar(select(func.count(RefreshRun.id))) == 2
        session.expire_all()
        assert list(session.scalars(select(RefreshRun.started_by))) == ["first", "second"]

    assert runs(database) == ["first"]


def test_what_people_stored_is_backed_up_apart(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with database.user_data.writer() as session:
        user_data.hide_game(session, 7, 440)
    of_people = backup(database.user_data_file, folder, keep=1)
    of_data = backup(database, folder, keep=1)
    with database.user_data.writer() as session:
        user_data.forget(session, 7)

    restore(database.user_data_file, of_people)

    with database.user_data.reader() as session:
        assert user_data.hidden_games(session, 7) == {440}
    assert [info.path for info in list_backups(folder)] == [of_data]
    assert of_people in [info.path for info in list_backups(folder, MigrationBranch.USER_DATA)]
    with pytest.raises(BackupError, match="of another part of the store"):
        restore(database, of_people)


def test_writing_goes_on_after_a_restore(database: Database, tmp_path: Path) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    add_run(database, "second")
    restore(database, made)

    add_run(database, "third")

    assert runs(database) == ["first", "third"]


def not_sqlite(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" + bytes(9000))


def cut_off(file: Path) -> None:
    with file.open("rb+") as opened:
        opened.truncate(file.stat().st_size // 2)


def one_page_lost(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'refresh_runs'"
        (page,) = connection.execute(query).fetchone()
    connection.close()
    with file.open("rb+") as opened:
        opened.seek((page - 1) * 4096)
        opened.write(b"\xa5" * 4096)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def somebody_elses(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (title TEXT)")
    connection.close()


def of_a_later_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def gone(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (not_sqlite, r"is not a sound backup \(file is not a database\)"),
        (cut_off, r"is not a sound backup \("),
        (one_page_lost, r"is not a sound backup \("),
        (empty, "not one of Nextplay's"),
        (somebody_elses, "not one of Nextplay's"),
        (of_a_later_version, "a newer version of Nextplay"),
        (gone, "There is no backup at"),
    ],
)
def test_only_a_sound_backup_of_a_known_version_is_restored(
    database: Database, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    add_run(database, "second")
    spoil(made)

    with pytest.raises(BackupError, match=said) as raised:
        restore(database, made)

    assert isinstance(raised.value, NextplayError)
    assert str(made) in str(raised.value)
    assert runs(database) == ["first", "second"]


def test_the_database_is_not_restored_from_itself(database: Database) -> None:
    with pytest.raises(BackupError, match="is the database itself"):
        restore(database, database.file)


def test_a_backup_with_other_pages_is_refused_with_the_remedy(database: Database, tmp_path: Path) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    connection = sqlite3.connect(made, isolation_level=None)
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("VACUUM")
    connection.close()

    with pytest.raises(BackupError, match=r"8192 bytes and the database of 4096; move .* away first"):
        restore(database, made)

    shutil.move(database.file, tmp_path / "away.sqlite3")
    restore(database, made)
    assert runs(database) == ["first"]


def test_a_restore_does_not_wait_for_ever_for_a_writer(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dialect.sqlite.file_copy.BUSY_TIMEOUT_MS", 50)
    made = backup(database, tmp_path / "backups", keep=1)
    with database.writer() as session:
        session.execute(update(RefreshRun).values(started_by="changed"))
        with pytest.raises(BackupError, match=r"was left as it is: .* wait until the refresh has ended"):
            restore(database, made)

    assert runs(database) == ["changed"]


def test_a_lost_database_is_put_back_without_the_journal_of_the_lost_one(
    database: Database, tmp_path: Path
) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    add_run(database, "second", rejects=2_000)
    journal = database.file.with_name("store.sqlite3-wal")
    shutil.copy(journal, tmp_path / "kept")
    database.close()
    database.file.unlink()
    shutil.move(tmp_path / "kept", journal)

    done = restore(database, made)

    assert done.previous is None
    assert runs(database) == ["first"]


def damage_pages(database: Database) -> None:
    """Overwrite all pages but the first."""
    database.close()
    with database.file.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xa5" * (database.file.stat().st_size - 4096))


def destroy_header(database: Database) -> None:
    """Overwrite the first page."""
    database.close()
    with database.file.open("rb+") as file:
        file.write(b"\xa5" * 4096)


@pytest.mark.parametrize("damage", [damage_pages, destroy_header])
def test_a_damaged_database_is_set_aside_as_it_is_and_replaced(
    database: Database, tmp_path: Path, damage: Callable[[Database], None]
) -> None:
    made = backup(database, tmp_path / "backups", keep=1)
    damage(database)
    damaged = database.file.read_bytes()

    done = restore(database, made)

    assert done.was_damaged
    assert done.previous is not None
    assert done.previous.read_bytes() == damaged
    assert [info.path for info in list_backups(tmp_path / "backups")] == [made]
    assert runs(database) == ["first"]
    add_run(database, "second")
    assert runs(database) == ["first", "second"]


@pytest.mark.faults
def test_a_restore_killed_at_any_moment_leaves_all_of_one_state(database: Database, tmp_path: Path) -> None:
    small = backup(database, tmp_path / "small", keep=1)
    add_run(database, "large", rejects=30_000)
    large = backup(database, tmp_path / "large", keep=1)
    database.close()
    for _ in range(6):
        process = in_a_process_of_its_own(f"""
            print("ready", flush=True)
            while True:
                for file in ({str(small)!r}, {str(large)!r}):
                    done = restore(
                        Database(Path({str(database.file)!r})), Path(file), folder=Path({str(tmp_path)!r})
                    )
                    done.previous.unlink()
        """)
        kill_after_it_is_ready(process)

        names = runs(database)
        with database.reader() as session:
            rejects = session.scalar(select(func.count(Reject.id)))
        assert (names, rejects) in [(["first"], 0), (["first", "large"], 30_000)]

    restore(database, small)
    assert runs(database) == ["first"]


@pytest.mark.faults
def test_a_full_disk_during_a_restore_changes_nothing(database: Database, tmp_path: Path) -> None:
    add_run(database, "large", rejects=10_000)
    made = backup(database, tmp_path / "backups", keep=1)
    with database.writer() as session:
        session.execute(delete(Reject))
    database.close()
    connection = sqlite3.connect(database.file, isolation_level=None)
    connection.execute("VACUUM")  # so that the present state fits under the limit, and the backup does not
    connection.close()
    process = in_a_process_of_its_own(
        f"""
        try:
            restore(Database(Path({str(database.file)!r})), Path({str(made)!r}))
        except NextplayError as error:
            print(error)
        """,
        file_limit=1_000_000,
    )
    said, _ = process.communicate()

    assert said.startswith(f"The database {database.file} was left as it is: ")
    assert said.endswith("free some space and try again.\n")
    assert runs(database) == ["first", "large"]
    with database.reader() as session:
        assert session.scalar(select(func.count(Reject.id))) == 0


def kill_after_it_is_ready(process: subprocess.Popen[str]) -> None:
    """Kill the process between 0 and 0.4 s after it has said a line."""
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.uniform(0, 0.4))
    process.send_signal(signal.SIGKILL)
    process.communicate()
