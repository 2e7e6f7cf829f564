"""What is said of a file that is no store, or none of this version, and that it is left as it was."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from store import Database, DatabaseUnavailable
from store.errors import (
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseOutdated,
    DatabaseTooNew,
)


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


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE names", "ALTER TABLE alembic_version RENAME COLUMN version_num TO version"],
    ids=["no table", "no version column"],
)
def test_a_store_whose_tables_were_altered_is_said_to_be_of_no_use(
    empty_store: Database, statement: str
) -> None:
    with sqlite3.connect(empty_store.file) as connection:
        connection.execute(statement)
    with (
        pytest.raises(DatabaseDamaged, match=r"is not a usable database: no such .* restore a backup"),
        Database(empty_store.file).reader() as session,
    ):
        session.execute(text("SELECT * FROM names"))


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
