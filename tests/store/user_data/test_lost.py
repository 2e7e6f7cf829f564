"""Privacy fails closed: where the file of user data is lost or cannot be trusted, no player is shown."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, event, text

from store import Database, user_data
from store.backup import backup, restore
from store.errors import BackupError, DatabaseUnavailable, PlayerIsTaken, UserDataUnavailable
from store.models import Game
from store.user_data.models import Link
from store.visibility import Visibility
from tests.postgres import IN_A_FILE
from tests.store.user_data.conftest import ANA, BEN, SECRET, Open, parts

pytestmark = [IN_A_FILE, pytest.mark.slow]


def gone(store: Database) -> None:
    for part in parts(store):
        part.unlink()


def emptied(store: Database) -> None:
    for part in parts(store):
        if not part.name.endswith("-shm"):  # SQLite maps that into memory
            os.truncate(part, 0)


def main_file_gone(store: Database) -> None:
    store.user_data_file.file.unlink()


def header_destroyed(store: Database) -> None:
    with store.user_data_file.file.open("rb+") as file:
        file.write(b"\xa5" * 100)


def of_another_installation(store: Database) -> None:
    other = Database(store.file.parent / "elsewhere" / "other.sqlite3")
    other.upgrade()
    with other.user_data.writer() as session:
        user_data.hide_game(session, BEN, 620)
    other.close()
    for part in parts(store):
        part.unlink()
    shutil.copy(other.user_data_file.file, store.user_data_file.file)


def a_link_lost(store: Database) -> None:
    with closing(sqlite3.connect(store.user_data_file.file)) as connection, connection:
        connection.execute("DELETE FROM links")


def a_name_changed(store: Database) -> None:
    with closing(sqlite3.connect(store.user_data_file.file)) as connection, connection:
        connection.execute("UPDATE links SET user_id = 'somebody-else'")


def tables_gone(store: Database) -> None:
    with closing(sqlite3.connect(store.user_data_file.file)) as connection, connection:
        for table in ("links", "installation"):
            connection.execute(f"DROP TABLE {table}")


def half_migrated(store: Database) -> None:
    with closing(sqlite3.connect(store.user_data_file.file)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")
        connection.execute("DROP TABLE installation")


LOSSES = (
    gone,
    emptied,
    main_file_gone,
    header_destroyed,
    of_another_installation,
    a_link_lost,
    a_name_changed,
    tables_gone,
    half_migrated,
)
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES)


@EVERY_LOSS
def test_no_player_is_shown_by_what_is_running(store: Database, loss: Callable[[Database], None]) -> None:
    assert Visibility.load(store.user_data, BEN).private == frozenset({SECRET})
    loss(store)
    # What is open may still see what was there before, in which Ana may see herself.
    for viewer in (BEN, None):
        assert Visibility.load(store.user_data, viewer).hides(SECRET)
    another = Database(store.file)
    assert another.user_data.problem()
    another.close()


@EVERY_LOSS
def test_no_player_is_shown_after_a_start(
    store: Database, reopened: Open, loss: Callable[[Database], None]
) -> None:
    loss(store)
    store.close()
    for _ in range(2):
        started = reopened()
        assert not Visibility.load(started.user_data, BEN).is_known
        assert started.user_data.problem()


@EVERY_LOSS
def test_nothing_is_written_that_would_hide_the_loss(
    store: Database, loss: Callable[[Database], None]
) -> None:
    loss(store)
    # What is open may still see what was there before, and then that alone is written to.
    with suppress(DatabaseUnavailable), store.user_data.writer() as session:
        user_data.link(session, BEN, SECRET, public=True)
    assert Visibility.load(store.user_data).hides(SECRET)


@EVERY_LOSS
def test_a_backup_brings_privacy_back(
    store: Database, reopened: Open, tmp_path: Path, loss: Callable[[Database], None]
) -> None:
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    loss(store)
    restore(reopened().user_data_file, made)
    for database in (store, reopened()):
        assert Visibility.load(database.user_data, BEN).private == frozenset({SECRET})
        assert database.user_data.problem() is None


@EVERY_LOSS
def test_whoever_runs_the_bot_may_accept_the_loss(
    store: Database, reopened: Open, tmp_path: Path, loss: Callable[[Database], None]
) -> None:
    loss(store)
    aside = tmp_path / "backups" / "damaged-1.sqlite3"
    moved = reopened().user_data.start_over(aside)
    assert moved is None or moved.read_bytes()
    for database in (store, reopened()):
        assert Visibility.load(database.user_data, BEN).private == frozenset()
        assert database.user_data.problem() is None
    with store.user_data.writer() as session:
        user_data.link(session, BEN, SECRET)
    gone(store)
    assert not Visibility.load(reopened().user_data, BEN).is_known, "the next loss is known as one, too"


@pytest.fixture
def looks() -> Iterator[list[str]]:
    """What is asked of databases from now on, openings of connections included."""
    seen: list[str] = []

    def note(*_arguments: object) -> None:
        seen.append("opened or asked")

    for what in ("do_connect", "before_cursor_execute"):
        event.listen(Engine, what, note)
    yield seen
    for what in ("do_connect", "before_cursor_execute"):
        event.remove(Engine, what, note)


@EVERY_LOSS
def test_a_loss_is_looked_at_once_for_as_long_as_nothing_changes(
    store: Database,
    reopened: Open,
    loss: Callable[[Database], None],
    looks: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.user_data.trust._SECONDS_KEPT", 3600.0)
    loss(store)
    store.close()
    bot = reopened()
    complaint = bot.user_data.problem()
    looks.clear()
    assert bot.user_data.problem() == complaint
    assert not Visibility.load(bot.user_data, BEN).is_known
    assert not looks


@EVERY_LOSS
def test_a_loss_that_was_looked_at_is_mended_at_once(
    store: Database,
    reopened: Open,
    tmp_path: Path,
    loss: Callable[[Database], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.user_data.trust._SECONDS_KEPT", 3600.0)
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    loss(store)
    store.close()
    bot = reopened()
    assert bot.user_data.problem()
    restore(reopened().user_data_file, made)
    assert bot.user_data.problem() is None
    assert Visibility.load(bot.user_data, BEN).private == frozenset({SECRET})


def test_what_was_found_is_not_kept_for_good(
    store: Database, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.user_data.trust._SECONDS_KEPT", 0.0)
    a_link_lost(store)
    assert store.user_data.problem()
    looks.clear()
    assert store.user_data.problem()
    assert looks


def test_a_sound_file_of_another_installation_is_kept_where_it_is_accepted(store: Database) -> None:
    of_another_installation(store)
    store.user_data.start_over(store.file.with_name("damaged"))
    with store.user_data.reader() as session:
        assert user_data.hidden_games(session, BEN) == {620}


def test_a_file_that_is_only_locked_is_not_taken_for_damaged(store: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store.user_data_file.file, isolation_level=None)) as other:
        store.user_data.close()
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert not Visibility.load(store.user_data, BEN).is_known
        with pytest.raises(DatabaseUnavailable, match="locked"):
            store.user_data.start_over(tmp_path / "damaged")
        other.execute("ROLLBACK")
    assert Visibility.load(store.user_data, BEN).private == frozenset({SECRET})


def test_the_first_start_is_no_loss(empty_store: Database, reopened: Open) -> None:
    gone(empty_store)
    assert Visibility.load(reopened().user_data).private == frozenset()
    with reopened().user_data.writer() as session:
        user_data.link(session, ANA, SECRET)
    assert Visibility.load(reopened().user_data, BEN).private == frozenset({SECRET})


def test_a_copy_of_a_store_in_which_nobody_was_ever_linked_is_a_first_start(
    empty_store: Database, tmp_path: Path
) -> None:
    with empty_store.user_data.writer() as session:
        user_data.hide_game(session, ANA, 620)
    copied = backup(empty_store, tmp_path / "copies", keep=1)
    copy = Database(copied)
    copy.upgrade()
    assert Visibility.load(copy.user_data).is_known
    copy.close()


def test_a_backup_of_the_store_knows_that_people_were_linked(store: Database, tmp_path: Path) -> None:
    copy = Database(backup(store, tmp_path / "copies", keep=1))
    copy.upgrade()
    assert not Visibility.load(copy.user_data).is_known
    copy.close()


def test_a_new_store_takes_the_user_data_that_are_there(store: Database, reopened: Open) -> None:
    store.close()
    for suffix in ("", "-wal", "-shm"):
        store.file.with_name(store.file.name + suffix).unlink(missing_ok=True)
    assert Visibility.load(reopened().user_data, BEN).private == frozenset({SECRET})
    gone(store)
    assert not Visibility.load(reopened().user_data, BEN).is_known


def test_a_refresh_leaves_the_mark_of_the_store(store: Database, reopened: Open) -> None:
    with store.writer(bulk=True) as session:
        session.execute(delete(Game))
    gone(store)
    assert not Visibility.load(reopened().user_data, BEN).is_known


def test_a_store_that_is_being_refreshed_is_marked_by_the_next_write(
    empty_store: Database, reopened: Open
) -> None:
    with empty_store.writer() as refresh:
        refresh.execute(text("DELETE FROM games"))
        with empty_store.user_data.writer() as session:
            user_data.link(session, ANA, SECRET)
    reopened()
    gone(empty_store)
    assert not Visibility.load(reopened().user_data, BEN).is_known


def test_an_older_backup_put_in_place_by_hand_is_taken(
    store: Database, reopened: Open, tmp_path: Path
) -> None:
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    with store.user_data.writer() as session:
        user_data.link(session, BEN, "another")
    gone(store)
    shutil.copy(made, store.user_data_file.file)
    assert Visibility.load(store.user_data).private == frozenset({SECRET})
    assert Visibility.load(reopened().user_data).private == frozenset({SECRET})


def test_what_is_open_goes_over_to_a_file_put_in_the_place_of_the_old_one(
    store: Database, tmp_path: Path
) -> None:
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    with store.user_data.reader():
        gone(store)
        shutil.copy(made, store.user_data_file.file)
    with store.user_data.writer() as session:
        user_data.link(session, BEN, "another")
    other = Database(store.file)
    assert Visibility.load(other.user_data).private == frozenset({SECRET, "another"})
    other.close()


def test_a_damaged_file_pushes_out_no_good_backup(store: Database, tmp_path: Path) -> None:
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    a_link_lost(store)
    with pytest.raises(BackupError, match="damaged"):
        backup(store.user_data_file, tmp_path / "backups", keep=1)
    assert made.exists()


def test_a_backup_whose_links_are_damaged_is_not_restored(store: Database, tmp_path: Path) -> None:
    made = backup(store.user_data_file, tmp_path / "backups", keep=1)
    with closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("UPDATE links SET public = 1")
    with pytest.raises(BackupError, match="links are damaged"):
        restore(store.user_data_file, made)
    assert Visibility.load(store.user_data, BEN).private == frozenset({SECRET})


def test_links_are_read_in_no_other_way_than_sealed(store: Database) -> None:
    a_name_changed(store)
    # Even where the change token does not tell: two writes in the same few milliseconds.
    with pytest.raises(UserDataUnavailable), store.user_data.reader() as session:
        user_data.player_links(session)


def test_several_links_in_one_transaction_are_sealed_together(store: Database) -> None:
    with store.user_data.writer() as session:
        user_data.link(session, BEN, "first", proven=True)
        with pytest.raises(PlayerIsTaken):
            user_data.link(session, 333, "first")
        user_data.link(session, 333, "second")
        session.execute(delete(Link).where(Link.discord_id == ANA))
    assert Visibility.load(store.user_data).private == frozenset({"first", "second"})
