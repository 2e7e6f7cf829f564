"""PostgreSQL for tests: a server that the tests of a process share, or one of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from store import Database
from store.database import Address
from tools.postgres_server import NoPostgres, PostgresServer, running, server_files

# The database of every server that has the tables of user data and nothing in them, to be copied.
TABLES = "tables"


@contextmanager
def _files() -> Iterator[PostgresServer]:
    """Give a folder to a server, for the block; skip the test where there is no PostgreSQL."""
    try:
        with server_files() as server:
            yield server
    except NoPostgres as reason:
        pytest.skip(str(reason))


@contextmanager
def _copy(template: PostgresServer) -> Iterator[PostgresServer]:
    with _files() as server:
        server.copy(template)
        with running(server):
            yield server


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """The files of a server that does not run and has the database `TABLES`, to be copied."""
    with _files() as server:
        server.create()
        with running(server):
            address = server.new_database(name=TABLES)
            database = Database(tmp_path_factory.mktemp("tables") / "nextplay.sqlite3", user_data=address)
            database.user_data.upgrade()
            database.close()
            server.stop()
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_template: PostgresServer) -> Iterator[PostgresServer]:
    """A server that all tests of this process share; each takes a database of its own."""
    with _copy(postgres_template) as server:
        yield server


@pytest.fixture
def own_postgres(postgres_template: PostgresServer) -> Iterator[PostgresServer]:
    """A server of the test's own, which it may stop, kill and freeze."""
    with _copy(postgres_template) as server:
        yield server


# Where what people stored lies in a test that takes `place`: in a file beside the store, or on a server.
BOTH_PLACES = ("file", "server")


@pytest.fixture(params=BOTH_PLACES)
def place(request: pytest.FixtureRequest) -> Address | None:
    """The address of tables with nothing in them, for user data on a server; None for those in a file."""
    if request.param == "file":
        return None
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database(TABLES)


@pytest.fixture
def own_store(own_store: Database, place: Address | None) -> Iterator[Database]:
    """The copy of the sample for one test, with user data in both places; import it where they matter."""
    if place is None:
        yield own_store
        return
    database = Database(own_store.file, user_data=place)
    yield database
    database.close()


def is_on_a_server(item: pytest.Function) -> bool:
    """Return whether a test is run with user data on a server."""
    return hasattr(item, "callspec") and item.callspec.params.get("place") == "server"


IN_A_FILE = pytest.mark.parametrize("place", ["file"], indirect=True)
ON_A_SERVER = pytest.mark.parametrize("place", ["server"], indirect=True)
