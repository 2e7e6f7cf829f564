"""Restores of a small real store: what readers see, what is refused, what a failure leaves."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from store import Database, NextplayError, user_data
from store.backup import backup, list_backups, restore
from store.errors import BackupError
from store.files import migration
from store.files.migration import MigrationBranch
from store.models import RefreshRun, Reject
from tests.store.backup.recorded_runs import (
    add_run,
    damage_pages,
    in_a_process_of_its_own,
    kill_after_it_is_ready,
    runs,
)


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


@pytest.mark.parametrize("of", ["data", "people"])
def test_a_backup_that_cannot_be_brought_up_to_date_replaces_nothing(
    database: Database, tmp_path: Path, of: str
) -> None:
    part = database if of == "data" else database.user_data_file
    with database.user_data.writer() as session:
        user_data.hide_game(session, 7, 440)
    made = backup(part, tmp_path / "backups", keep=1)
    first = min(migration.revisions(part.branch))
    with sqlite3.connect(made) as connection:  # it has the tables of today all the same
        connection.execute("UPDATE alembic_version SET version_num = ?", [first])
    add_run(database, "second")

    with pytest.raises(BackupError, match=r"cannot be brought to this version of Nextplay .*already exists"):
        restore(part, made)

    assert runs(database) == ["first", "second"]
    with database.user_data.reader() as session:
        assert user_data.hidden_games(session, 7) == {440}
    assert list((tmp_path / "backups").iterdir()) == [made]


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
