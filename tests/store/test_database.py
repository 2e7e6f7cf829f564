"""Opening the store: what readers see, what they may not do, and what is said of files that will not do."""

import shutil
import sqlite3
import threading
from functools import partial
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store import Database, DatabaseUnavailable, QueryTimeout, migration, queries
from store.migration import MigrationBranch
from store.models import Developer, Game
from store.session_cache import cached
from tests.store.builder import SmallStore

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


def developers(session: Session) -> int:
    return session.scalar(select(func.count(Developer.id))) or 0


def test_an_empty_file_becomes_a_store_and_stays_one(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'folder' / 'nextplay.sqlite3'}")
    database.upgrade()
    with database.writer() as session:
        session.add(Developer(name="Valve"))
    database.upgrade()

    with database.reader() as session:
        assert developers(session) == 1
    database.close()


@pytest.mark.parametrize("branch", list(MigrationBranch))
def test_the_newest_migration_is_the_one_that_the_program_works_with(branch: MigrationBranch) -> None:
    scripts = ScriptDirectory.from_config(migration.config(branch))
    assert scripts.get_heads() == [migration.head(branch)]


def test_a_store_that_is_up_to_date_is_opened_while_another_writes(empty_store: Database) -> None:
    """A bot can start during a refresh, which writes for longer than anybody would wait."""
    with empty_store.writer(), empty_store.user_data.writer():
        again = Database(empty_store.file)
        again.upgrade()
        again.close()


def test_a_reader_cannot_write(empty_store: Database) -> None:
    with (
        pytest.raises(DatabaseUnavailable, match="readonly database"),
        empty_store.reader() as session,
    ):
        session.execute(insert(Developer).values(name="Valve"))


def test_a_reader_cannot_lift_its_own_restriction(empty_store: Database) -> None:
    def write(session: Session) -> None:
        session.execute(text("PRAGMA query_only = OFF"))
        session.execute(text("INSERT INTO developers (name) VALUES ('Valve')"))

    with pytest.raises(DatabaseUnavailable), empty_store.reader() as session:
        write(session)


def test_a_reader_sees_one_state_while_another_is_written(empty_store: Database) -> None:
    with empty_store.reader() as early:
        assert developers(early) == 0
        with empty_store.writer() as session:
            session.add(Developer(name="Valve"))
            session.flush()
            with empty_store.reader() as during:
                assert developers(during) == 0
        with empty_store.reader() as late:
            assert developers(late) == 1
        assert developers(early) == 0


def test_a_writer_that_fails_leaves_nothing_behind(empty_store: Database) -> None:
    def fail() -> None:
        with empty_store.writer() as session:
            session.add(Developer(name="Valve"))
            session.flush()
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    with empty_store.reader() as session:
        assert developers(session) == 0


def test_writers_wait_for_one_another(empty_store: Database) -> None:
    first_has_begun = threading.Event()

    def second() -> None:
        first_has_begun.wait()
        with empty_store.writer() as session:
            session.add(Developer(name=f"after {developers(session)}"))

    thread = threading.Thread(target=second)
    thread.start()
    with empty_store.writer() as session:
        first_has_begun.set()
        session.add(Developer(name="first"))
    thread.join()

    with empty_store.reader() as session:
        assert set(session.scalars(select(Developer.name))) == {"first", "after 1"}


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_runs(empty_store: Database) -> None:
    with (
        pytest.raises(QueryTimeout, match=r"longer than 0\.05 seconds"),
        empty_store.reader(seconds=0.05) as session,
    ):
        session.execute(ENDLESS)
    with empty_store.reader() as session:
        assert developers(session) == 0


def test_a_session_may_be_allowed_another_time(empty_store: Database) -> None:
    def ask(session: Session) -> None:
        empty_store.limit_time(session, 0.05)
        session.execute(ENDLESS)

    with (
        pytest.raises(QueryTimeout, match=r"longer than 0\.05 seconds"),
        empty_store.reader(seconds=60) as session,
    ):
        ask(session)


def test_what_was_found_is_remembered_until_the_session_sees_newer_data(empty_store: Database) -> None:
    found = iter(range(10))
    with empty_store.reader() as session:
        seen = [cached(session, "what", partial(next, found)) for _ in range(3)]
        session.rollback()
        seen += [cached(session, "what", partial(next, found)) for _ in range(2)]
    assert seen == [0, 0, 0, 1, 1]


def test_a_writer_looks_anew_each_time(empty_store: Database) -> None:
    found = iter(range(10))
    with empty_store.writer() as session:
        assert [cached(session, "what", partial(next, found)) for _ in range(2)] == [0, 1]


def test_a_missing_file_is_said_to_be_missing_and_not_created(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"
    with (
        pytest.raises(
            DatabaseUnavailable, match=r"There is no database at .*none\.sqlite3; .*nextplay refresh"
        ),
        Database(file).reader(),
    ):
        pass
    assert not file.exists()


def test_a_database_without_tables_is_said_to_be_empty(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite3"
    file.touch()
    database = Database(file)
    with pytest.raises(DatabaseUnavailable, match="is empty"), database.reader():
        pass
    database.close()


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are my notes on what to play next.\n" * 100)
    database = Database(file)
    with pytest.raises(DatabaseUnavailable, match=r"notes\.txt is not a usable database"), database.reader():
        pass
    with pytest.raises(DatabaseUnavailable, match=r"notes\.txt cannot be set up"):
        database.upgrade()
    assert file.read_text().startswith("These are my notes")
    database.close()


def test_a_database_of_another_version_is_refused_with_the_remedy(empty_store: Database) -> None:
    with empty_store.writer() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database = Database(empty_store.file)
    with (
        pytest.raises(DatabaseUnavailable, match=r"another version .* `nextplay db upgrade"),
        database.reader(),
    ):
        pass
    database.close()


@pytest.mark.parametrize("url", ["postgresql://server/games", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="does not name a SQLite file"):
        Database(url)


def test_a_foreign_key_is_enforced(empty_store: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), empty_store.writer() as session:
        session.execute(
            text("INSERT INTO developer_years (developer_id, year, items, free_items) VALUES (7, 2014, 1, 0)")
        )


def test_a_bulk_block_may_refer_to_rows_that_it_inserts_later(empty_store: Database) -> None:
    with empty_store.writer(bulk=True) as session:
        session.execute(
            text("INSERT INTO developer_years (developer_id, year, items, free_items) VALUES (7, 2014, 1, 0)")
        )
        session.execute(text("INSERT INTO developers (id, name) VALUES (7, 'Valve')"))
    with empty_store.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM developer_years")) == 1


def test_a_bulk_block_that_leaves_a_reference_to_nothing_is_rolled_back(empty_store: Database) -> None:
    with (
        pytest.raises(sqlite3.IntegrityError, match="developer_years refers to one of developers"),
        empty_store.writer(bulk=True) as session,
    ):
        session.execute(
            text("INSERT INTO developer_years (developer_id, year, items, free_items) VALUES (7, 2014, 1, 0)")
        )
    with empty_store.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM developer_years")) == 0


def test_a_file_put_in_place_of_the_database_is_read_from_then_on(
    small_store: SmallStore, tmp_path: Path
) -> None:
    database = small_store.database
    with small_store.fill() as b:
        b.game(1, "Before")
    assert small_store.ask(queries.game, "1", similar=0).game.title == "Before"
    database.close()
    other = SmallStore(Database(shutil.copy(database.file, tmp_path / "other.sqlite3")))
    with other.database.writer() as session:
        session.execute(update(Game).values(title="After"))
    other.database.close()
    with database.reader():
        pass  # a connection to the file that is about to go
    other.database.file.replace(database.file)
    assert small_store.ask(queries.game, "1", similar=0).game.title == "After"
