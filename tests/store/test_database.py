"""Opening the store: what readers see, what they may not do, and what is said of files that will not do."""

import os
import shutil
import sqlite3
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from store import Database, DatabaseUnavailable, QueryTimeout, queries
from store.boundary.questions import one_question
from store.caches.session_cache import cached
from store.errors import (
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseOutdated,
    DatabaseTooNew,
)
from store.files import migration
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
    with pytest.raises(DatabaseDamaged, match=r"notes\.txt is not a usable database"), database.reader():
        pass
    with pytest.raises(DatabaseDamaged, match=r"notes\.txt is not a usable database.*name another file"):
        database.upgrade()
    assert file.read_text().startswith("These are my notes")
    database.close()


@pytest.mark.parametrize(
    ("statement", "error", "sentence"),
    [
        (
            "UPDATE alembic_version SET version_num = '0001'",
            DatabaseOutdated,
            r"older version .* `nextplay db upgrade`",
        ),
        (
            "UPDATE alembic_version SET version_num = '9999'",
            DatabaseTooNew,
            r"newer version .* install that version",
        ),
        (
            "UPDATE alembic_version SET version_num = 'p0001'",
            DatabaseForeign,
            "not one that Nextplay has made",
        ),
        ("DELETE FROM alembic_version", DatabaseForeign, "does not say by which version"),
        ("DROP TABLE alembic_version", DatabaseForeign, "does not say by which version"),
    ],
    ids=["older", "newer", "the other branch", "no version row", "no version table"],
)
def test_a_database_of_another_version_is_refused_with_the_remedy(
    empty_store: Database, statement: str, error: type[DatabaseUnavailable], sentence: str
) -> None:
    with empty_store.writer() as session:
        session.execute(text(statement))
    database = Database(empty_store.file)
    with pytest.raises(error, match=sentence), database.reader():
        pass
    with pytest.raises(error, match=sentence), database.writer():
        pass
    if error is not DatabaseOutdated:
        before = database.file.read_bytes()
        with pytest.raises(error, match=sentence):
            database.upgrade()
        assert database.file.read_bytes() == before
    database.close()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "bookmarks.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.close()
    before = file.read_bytes()
    database = Database(file)
    with pytest.raises(DatabaseForeign, match=r"bookmarks\.sqlite3 is not one that Nextplay has made"):
        database.upgrade()
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
    database.close()


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


def test_a_folder_or_a_pipe_is_no_database(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file, sentence in ((tmp_path, "is a folder"), (pipe, "is no regular file")):
        database = Database(file)
        for ask in (database.upgrade, database.exists):
            with pytest.raises(DatabaseMissing, match=sentence):
                ask()
        with pytest.raises(DatabaseMissing, match=sentence), database.reader():
            pass


def test_a_folder_that_cannot_hold_a_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnavailable, match=r"cannot be set up: .*; check the file, its folder"):
        Database(tmp_path / "file" / "store.sqlite3").upgrade()


def test_a_home_that_is_not_known_is_said() -> None:
    with pytest.raises(ValueError, match=r"home folder .* is not known; write it out"):
        Database("~nobody-of-this-name/store.sqlite3")


@pytest.mark.parametrize(
    "url", ["postgresql://server/games", "sqlite://", "sqlite:///:memory:", "sqlite:///a?b"]
)
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
