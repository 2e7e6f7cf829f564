"""What an ingest says of a database that it cannot fill, and that it leaves it as it is."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ingest import ingest
from store import Database, DatabaseUnavailable
from store.errors import DatabaseDamaged, DatabaseForeign, DatabaseMissing, DatabaseTooNew
from tests.ingest.raw_files import RawFolder

pytestmark = pytest.mark.slow


def execute(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def newer(file: Path) -> None:
    Database(file).upgrade()
    execute(file, "UPDATE alembic_version SET version_num = '9999'")


def without_row(file: Path) -> None:
    Database(file).upgrade()
    execute(file, "DELETE FROM alembic_version")


def without_table(file: Path) -> None:
    Database(file).upgrade()
    execute(file, "DROP TABLE alembic_version")


def of_another_program(file: Path) -> None:
    execute(file, "CREATE TABLE bookmarks (address TEXT)")


def text(file: Path) -> None:
    file.write_text("These are my notes.\n" * 100)


def cut_off(file: Path) -> None:
    execute(file, "CREATE TABLE games (id INTEGER)")
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (newer, DatabaseTooNew),
        (without_row, DatabaseForeign),
        (without_table, DatabaseForeign),
        (of_another_program, DatabaseForeign),
        (text, DatabaseDamaged),
        (cut_off, DatabaseDamaged),
        (Path.mkdir, DatabaseMissing),
    ],
)
def test_a_database_that_cannot_be_filled_is_left_as_it_is(
    world: RawFolder, tmp_path: Path, make: Callable[[Path], None], error: type[DatabaseUnavailable]
) -> None:
    file = tmp_path / "store.sqlite3"
    make(file)
    before = file.read_bytes() if file.is_file() else None
    database = Database(file)
    with pytest.raises(error, match=r"store\.sqlite3.*; .*\.$"):
        ingest(database, [world.path])
    database.close()
    assert before is None or file.read_bytes() == before


@pytest.mark.parametrize("name", ["a#b.sqlite3", "a?b.sqlite3", "a%20b.sqlite3", "tienda ñ 'x'.sqlite3"])
def test_an_empty_file_of_any_name_is_filled(world: RawFolder, tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    database = Database(tmp_path / name)
    assert ingest(database, [world.path]).counts["games"] == 4
    database.close()
