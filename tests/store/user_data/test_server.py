"""User data on a server: while it is away nobody waits, nothing is lost, and it is used again by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from store import Database, StoreError, user_data
from store.database import Address
from store.errors import NotWritten, OutcomeUnknown, UserDataUnavailable
from store.files import migration
from store.files.migration import MigrationBranch
from store.user_data.models import UserDataBase
from store.visibility import Visibility
from tests.copies import NewStore
from tests.postgres import TABLES
from tools.postgres_server import PostgresServer

pytestmark = pytest.mark.faults

ANA, BEN, SECRET = 111, 222, "keeps-to-herself"
PASSWORD = "hush-hush"


@pytest.fixture
def address(own_postgres: PostgresServer) -> Address:
    return own_postgres.new_database(TABLES)


@pytest.fixture
def store(new_store: NewStore, address: Address, tmp_path: Path) -> Iterator[Database]:
    """A store in which Ana keeps a player private, watched as by a bot."""
    database = Database(new_store(tmp_path / "store.sqlite3").file, user_data=address)
    database.upgrade()
    with database.user_data.writer() as session:
        user_data.link(session, ANA, SECRET)
    database.user_data.watch()
    wait_until(lambda: database.user_data.change_token() == database.user_data.change_token())
    yield database
    database.close()


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_back(store: Database) -> bool:
    return Visibility.load(store.user_data, BEN).private == frozenset({SECRET})


@contextmanager
def stopped(server: PostgresServer) -> Iterator[None]:
    server.stop()
    yield
    server.start()


@contextmanager
def killed(server: PostgresServer) -> Iterator[None]:
    server.kill()
    yield
    server.start()


def frozen(server: PostgresServer) -> AbstractContextManager[None]:
    return server.frozen()


AWAY = pytest.mark.parametrize("away", [stopped, killed, frozen])
Away = Callable[[PostgresServer], AbstractContextManager[None]]


@AWAY
def test_while_it_is_away_no_player_is_shown_and_then_all_as_before(
    store: Database, own_postgres: PostgresServer, away: Away
) -> None:
    assert is_back(store)
    with away(own_postgres):
        assert not Visibility.load(store.user_data, BEN).is_known
        with pytest.raises(UserDataUnavailable, match="start the server"), store.user_data.reader():
            pass
        with pytest.raises(NotWritten, match="PostgreSQL server"), store.user_data.writer():
            pass
        assert store.user_data.problem()
    wait_until(lambda: is_back(store))
    with store.user_data.writer() as session:
        user_data.hide_game(session, BEN, 620)


def test_nobody_waits_for_a_frozen_server_twice(store: Database, own_postgres: PostgresServer) -> None:
    with own_postgres.frozen():
        assert store.user_data.problem()
        # Each would wait until pytest's own limit of two minutes is over.
        for _ in range(1_000):
            assert store.user_data.problem()
    wait_until(lambda: is_back(store))


def test_a_change_that_is_cut_off_changes_nothing(store: Database, own_postgres: PostgresServer) -> None:
    def begin_and_lose_the_server() -> None:
        with store.user_data.writer() as session:
            user_data.hide_game(session, BEN, 620)
            session.flush()
            own_postgres.kill()
            user_data.hide_game(session, BEN, 400)

    with pytest.raises(NotWritten):
        begin_and_lose_the_server()
    own_postgres.start()
    wait_until(lambda: is_back(store))
    with store.user_data.reader() as session:
        assert user_data.hidden_games(session, BEN) == frozenset()


def test_a_commit_that_is_cut_off_is_not_said_to_have_changed_nothing(
    store: Database, own_postgres: PostgresServer, address: Address
) -> None:
    with own_postgres.connect(str(address.url.database)) as other:
        # The server turns its client out as this one commits.
        other.execute(
            "CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
        )
        other.execute(
            "CREATE CONSTRAINT TRIGGER cut_off AFTER INSERT ON hidden_games DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION cut_off()"
        )
    with pytest.raises(OutcomeUnknown), store.user_data.writer() as session:
        user_data.hide_game(session, BEN, 620)
    wait_until(lambda: is_back(store))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ('ALTER DATABASE "{name}" CONNECTION LIMIT 0', "too many connections"),
        ('REVOKE ALL ON DATABASE "{name}" FROM PUBLIC', "permission denied for database"),
        ("ALTER ROLE guest NOLOGIN", "not permitted to log in"),
        ('ALTER DATABASE "{name}" RENAME TO elsewhere', "does not exist"),
        ("SELECT", "permission denied for table"),
    ],
)
def test_a_server_that_refuses_is_told_with_its_reason(
    store: Database, own_postgres: PostgresServer, address: Address, statement: str, reason: str
) -> None:
    store.close()
    as_guest = address.url.set(username="guest").render_as_string(hide_password=False)
    guest = Database(store.file, user_data=Address(as_guest))
    with own_postgres.connect() as other:
        other.execute("CREATE ROLE guest LOGIN")
        other.execute(statement.format(name=address.url.database).encode())
    with pytest.raises(UserDataUnavailable, match=reason), guest.user_data.reader():
        pass
    guest.close()


def test_a_standby_can_be_read_and_not_written(
    store: Database, own_postgres: PostgresServer, address: Address
) -> None:
    store.user_data.close()
    with own_postgres.connect() as other:
        other.execute(
            f'ALTER DATABASE "{address.url.database}" SET default_transaction_read_only = on'.encode()
        )
    assert is_back(store)
    with pytest.raises(NotWritten, match="name the primary server"), store.user_data.writer() as session:
        user_data.hide_game(session, BEN, 620)


def test_a_server_that_was_away_at_the_start_is_set_up_when_it_comes(
    own_postgres: PostgresServer, tmp_path: Path
) -> None:
    address = own_postgres.new_database()
    own_postgres.stop()
    database = Database(tmp_path / "store.sqlite3", user_data=address)
    database.upgrade()
    database.user_data.watch()
    assert not Visibility.load(database.user_data).is_known
    own_postgres.start()
    wait_until(lambda: Visibility.load(database.user_data).is_known)
    database.close()


def test_its_tables_are_those_of_the_models(address: Address, store: Database) -> None:
    engine = create_engine(address.url)
    with engine.connect() as connection:
        migration.check(connection, MigrationBranch.USER_DATA)
    engine.dispose()


def test_one_writer_waits_for_another(store: Database, address: Address) -> None:
    another = Database(store.file, user_data=address)
    with (
        pytest.raises(NotWritten, match="try again"),
        store.user_data.writer(),
        another.user_data.writer(),
    ):
        pass
    another.close()


def test_readers_see_one_state_and_cannot_write(store: Database) -> None:
    with store.user_data.reader() as reading:
        assert user_data.linked_player(reading, ANA)
        store.user_data.forget(ANA)
        reading.expire_all()
        assert user_data.linked_player(reading, ANA)
    with pytest.raises((DBAPIError, StoreError)), store.user_data.reader() as reading:
        reading.execute(text("DELETE FROM links"))


def test_a_change_by_another_process_is_heard(store: Database, address: Address) -> None:
    another = Database(store.file, user_data=address)
    before = store.user_data.change_token()
    with another.user_data.writer() as session:
        user_data.link(session, BEN, "another")
    wait_until(lambda: store.user_data.change_token() != before)
    assert Visibility.load(store.user_data).private == frozenset({SECRET, "another"})
    another.close()


def test_whom_another_process_forgets_is_heard_of(store: Database, address: Address) -> None:
    forgotten: list[int | None] = []
    store.user_data.watch(forgotten.append)
    another = Database(store.file, user_data=address)
    another.user_data.forget(ANA)
    wait_until(lambda: forgotten == [ANA])
    another.close()


def test_whoever_was_forgotten_while_nobody_listened_may_be_anybody(
    store: Database, own_postgres: PostgresServer
) -> None:
    forgotten: list[int | None] = []
    store.user_data.watch(forgotten.append)
    own_postgres.kill()
    own_postgres.start()
    wait_until(lambda: None in forgotten)


def test_what_was_erased_is_in_no_table_file_once_it_is_wiped(
    store: Database, own_postgres: PostgresServer, address: Address
) -> None:
    def in_tables() -> bool:
        with own_postgres.connect(str(address.url.database)) as other:
            other.execute("CHECKPOINT")
            folder = own_postgres.folder / "data"
            files = [
                str(row[0])
                for name in UserDataBase.metadata.tables
                for row in other.execute("SELECT pg_relation_filepath(%s)", (name,))
            ]
        return any(SECRET.encode() in (folder / file).read_bytes() for file in files)

    assert in_tables()
    store.user_data.forget(ANA)
    assert store.user_data.has_traces
    assert store.user_data.wipe()
    assert not store.user_data.has_traces
    assert not in_tables()


def test_the_password_is_in_no_sentence_trace_or_representation(
    own_postgres: PostgresServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_postgres.stop()
    address = Address(own_postgres.url("nowhere"))
    database = Database(tmp_path / "store.sqlite3", user_data=address)
    with pytest.raises(UserDataUnavailable) as caught, database.user_data.reader():
        pass
    error: BaseException | None = caught.value
    while error is not None:
        assert PASSWORD not in f"{error!s} {error!r}"
        error = error.__cause__ or error.__context__
    assert PASSWORD not in f"{address} {address!r} {database.user_data.problem()} {caplog.text}"
    database.close()


def test_a_watch_ends_with_its_database_even_while_the_server_is_frozen(
    store: Database, own_postgres: PostgresServer
) -> None:
    ended = Event()
    with own_postgres.frozen():
        store.close()
        ended.set()
    assert ended.is_set()


def test_what_still_reads_when_it_is_closed_closes_its_connection_too(
    store: Database, own_postgres: PostgresServer
) -> None:
    with store.user_data.reader() as session:
        store.close()
        assert user_data.linked_player(session, ANA) is not None
    with own_postgres.connect() as connection:
        opened = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nextplay'"
        wait_until(lambda: connection.execute(opened).fetchone() == (0,))
