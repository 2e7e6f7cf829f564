"""Privacy fails closed on a server, too: where its tables are lost or not trusted, no player is shown."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from store import Database, user_data
from store.database import Address
from store.errors import DatabaseUnavailable, StoreError, UserDataUnavailable
from store.visibility import Visibility
from tests.postgres import ON_A_SERVER
from tests.store.user_data.conftest import BEN, SECRET, Open

pytestmark = ON_A_SERVER

TABLES = ("links", "hidden_games", "server_settings", "audit_lines", "installation", "alembic_version")

UPGRADE = """
import sys
from store import Database
from store.database import Address
database = Database(sys.argv[1], user_data=Address(sys.argv[2]))
database.upgrade()
assert database.user_data.problem() is None, database.user_data.problem()
"""

Loss = Callable[[Connection], object]


def tables_gone(server: Connection) -> None:
    server.execute(text("DROP SCHEMA public CASCADE"))
    server.execute(text("CREATE SCHEMA public"))


def rows_gone(server: Connection) -> None:
    server.execute(text(f"TRUNCATE {', '.join(TABLES)}"))


def a_link_lost(server: Connection) -> None:
    server.execute(text("DELETE FROM links"))


def a_name_changed(server: Connection) -> None:
    server.execute(text("UPDATE links SET user_id = 'somebody-else'"))


def made_public(server: Connection) -> None:
    server.execute(text("UPDATE links SET public = true"))


def a_table_gone(server: Connection) -> None:
    server.execute(text("DROP TABLE links"))


def a_column_gone(server: Connection) -> None:
    server.execute(text("ALTER TABLE links DROP COLUMN public"))


def of_another_installation(server: Connection) -> None:
    server.execute(text("UPDATE installation SET mark = mark % 1000 + 1"))


def half_migrated(server: Connection) -> None:
    server.execute(text("DELETE FROM alembic_version"))
    server.execute(text("DROP TABLE installation"))


def of_a_newer_version(server: Connection) -> None:
    server.execute(text("UPDATE alembic_version SET version_num = 'p9999'"))


DAMAGE: tuple[Loss, ...] = (
    tables_gone,
    rows_gone,
    a_link_lost,
    a_name_changed,
    made_public,
    a_table_gone,
    a_column_gone,
    of_another_installation,
    half_migrated,
)
EVERY_LOSS = pytest.mark.parametrize("loss", [*DAMAGE, of_a_newer_version])


def spoil(place: Address, loss: Loss) -> None:
    """Do that to the database, as a program does that is not Nextplay."""
    engine = create_engine(place.url)
    with engine.begin() as connection:
        loss(connection)
    engine.dispose()


@EVERY_LOSS
def test_no_player_is_shown_by_what_reads_it_again(
    store: Database, reopened: Open, place: Address, loss: Loss
) -> None:
    assert Visibility.load(store.user_data, BEN).private == frozenset({SECRET})
    spoil(place, loss)
    for database in (store, reopened(), reopened()):
        assert not Visibility.load(database.user_data, BEN).is_known
        assert database.user_data.problem()


@EVERY_LOSS
def test_nothing_is_written_that_would_hide_the_loss(store: Database, place: Address, loss: Loss) -> None:
    spoil(place, loss)
    with pytest.raises(DatabaseUnavailable), store.user_data.writer() as session:
        user_data.link(session, BEN, SECRET, public=True)
    assert not Visibility.load(store.user_data, BEN).is_known


@pytest.mark.parametrize("loss", DAMAGE)
def test_whoever_runs_the_bot_may_accept_the_loss(
    store: Database, reopened: Open, place: Address, tmp_path: Path, loss: Loss
) -> None:
    spoil(place, loss)
    moved = reopened().user_data.start_over(tmp_path / "damaged-1.sqlite3")
    kept = frozenset({SECRET}) if loss is of_another_installation else frozenset()
    for database in (store, reopened()):
        assert Visibility.load(database.user_data, BEN).private == kept
        assert database.user_data.problem() is None
    if moved is not None:
        engine = create_engine(place.url)
        with engine.connect() as connection:
            known = connection.execute(
                text("SELECT count(*) FROM information_schema.tables WHERE table_schema = :schema"),
                {"schema": moved.name},
            )
            assert known.scalar_one()
        engine.dispose()
    with store.user_data.writer() as session:
        user_data.link(session, BEN, "another")
    spoil(place, tables_gone)
    assert not Visibility.load(reopened().user_data, BEN).is_known, "the next loss is known as one, too"


def test_the_first_start_is_no_loss(empty_store: Database, reopened: Open, place: Address) -> None:
    spoil(place, tables_gone)
    assert Visibility.load(reopened().user_data).private == frozenset()


def test_several_processes_may_start_at_once(empty_store: Database, place: Address, tmp_path: Path) -> None:
    spoil(place, tables_gone)
    address = place.url.render_as_string(hide_password=False)
    starts = [
        subprocess.Popen([sys.executable, "-c", UPGRADE, tmp_path / f"store-{number}.sqlite3", address])
        for number in range(3)
    ]
    assert [start.wait() for start in starts] == [0, 0, 0]
    assert empty_store.user_data.problem() is None


def test_tables_of_another_program_are_left_alone(store: Database, reopened: Open, place: Address) -> None:
    def of_another_program(server: Connection) -> None:
        tables_gone(server)
        server.execute(text("CREATE TABLE links (id integer)"))

    spoil(place, of_another_program)
    database = reopened()
    with pytest.raises(UserDataUnavailable, match="not one that Nextplay has made"):
        database.user_data.upgrade()
    with pytest.raises(StoreError), database.user_data.reader():
        pass
