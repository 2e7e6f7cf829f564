"""Opening the store: what readers see and may not do, what writers leave, how long a question takes."""

import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from store import Database, DatabaseUnavailable, QueryTimeout, queries
from store.boundary.questions import one_question
from store.errors import DatabaseEmpty
from store.files import migration
from store.files.database_file import skip_reference_check
from store.files.migration import MigrationBranch
from store.models import Developer, Game
from tests.store.builder import SmallStore

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
# Long enough for SQLite to be asked whether the time is up.
COUNTED = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000) SELECT count(*) FROM n"
)


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


def test_a_question_may_be_allowed_another_time(empty_store: Database) -> None:
    with (
        pytest.raises(QueryTimeout, match=r"longer than 0\.05 seconds"),
        empty_store.reader(seconds=60) as session,
        one_question(session, 0.05),
    ):
        session.execute(ENDLESS)


@pytest.mark.slow
def test_each_question_of_a_session_has_the_whole_time_however_old_the_session_is(
    empty_store: Database,
) -> None:
    with empty_store.reader(seconds=0.5) as session:
        for _ in range(2):
            time.sleep(0.6)
            assert session.scalar(COUNTED) == 30_000
            with one_question(session):
                assert session.scalar(COUNTED) == 30_000


def test_what_one_question_asks_shares_its_time(empty_store: Database) -> None:
    with empty_store.reader(seconds=60) as session, one_question(session, 0.05):
        time.sleep(0.06)
        with one_question(session, 60), pytest.raises(OperationalError, match="interrupted"):
            session.scalar(COUNTED)


def test_a_session_that_goes_on_by_another_connection_keeps_its_time(empty_store: Database) -> None:
    with empty_store.reader(seconds=60), empty_store.reader(seconds=0.05) as session:
        session.rollback()
        with empty_store.reader(seconds=60) as other:
            developers(other)
            with pytest.raises(OperationalError, match="interrupted"):
                session.execute(ENDLESS)


def test_a_first_upgrade_that_was_stopped_is_done_over(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()
    database = Database(file)
    with pytest.raises(DatabaseEmpty, match="is empty"), database.reader():
        pass
    database.upgrade()
    with database.reader() as session:
        assert developers(session) == 0
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "a#b.sqlite3",
        "a?mode=memory.sqlite3",
        "a%20b%.sqlite3",
        "two words.sqlite3",
        'it\'s "quoted".sqlite3',
        "tienda ñ 店.sqlite3",
        ":memory:",
        "file:store.sqlite3",
        "store",
    ],
)
def test_a_file_may_have_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / name
    for file in (folder / name, Path("relative") / name):
        database = Database(file)
        database.upgrade()
        with database.writer() as session:
            session.add(Developer(name="Valve"))
        with database.reader() as session:
            assert developers(session) == 1
        database.close()
        assert file.is_file()
        assert {entry.name for entry in file.parent.iterdir()} == {
            file.name,
            database.user_data_file.file.name,
        }


def test_a_link_to_a_file_is_that_file(empty_store: Database, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.sqlite3"
    link.parent.mkdir()
    link.symlink_to(empty_store.file)
    linked = Database(link)
    before = linked.change_token()
    with linked.reader() as reading:
        assert developers(reading) == 0
        with empty_store.writer() as session:
            session.add(Developer(name="Valve"))
        assert linked.change_token() != before
    linked.close()


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


def test_a_bulk_block_may_leave_out_a_table_that_it_has_checked(empty_store: Database) -> None:
    with empty_store.writer(bulk=True) as session:
        session.execute(
            text("INSERT INTO developer_years (developer_id, year, items, free_items) VALUES (7, 2014, 1, 0)")
        )
        skip_reference_check(session, "developer_years")
    with empty_store.reader() as session:
        assert session.scalar(text("SELECT count(*) FROM developer_years")) == 1
    with pytest.raises(sqlite3.IntegrityError), empty_store.writer(bulk=True):
        pass  # the next block leaves out nothing


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
