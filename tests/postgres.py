"""PostgreSQL for tests: on a socket in a temporary folder, as a user of its own where tests run as root."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from store import Database
from store.database import Address

# PostgreSQL does not run as root; Debian's package makes this user.
_USER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")
_NEW = ("--auth=trust", "--username=nextplay", "--locale=C.UTF-8", "--no-sync")
# Nothing that a test stores need outlive the machine.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "autovacuum": "off",
}


class PostgresServer:
    """A server with a folder of its own, which tests may stop, kill and freeze."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        """Name the programs, and a folder that becomes the server's own; `create` or `copy` fills it."""
        self._binaries = binaries
        self.folder = folder
        self._numbers = itertools.count()
        as_root = os.geteuid() == 0
        self._as_user = {"user": _USER, "group": pwd.getpwnam(_USER).pw_gid} if as_root else {}
        if as_root:
            shutil.chown(folder, _USER)

    def create(self) -> None:
        """Make the files of a new server, which takes a second or two."""
        self._run(self._binaries / "initdb", *_NEW, "-D", self.folder / "data")

    def copy(self, other: "PostgresServer") -> None:
        """Make them from those of another that has never run, which takes less."""
        self._run("cp", "-r", other.folder / "data", self.folder)
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in _SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._control("-w", "-l", self.folder / "log", "start")

    def stop(self) -> None:
        """Stop it at once; who is connected is turned out."""
        self._control("-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """Have it die at once, and with it all connections."""
        self._control("-w", "-m", "immediate", "stop")

    @property
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""
        return (self.folder / "data" / "postmaster.pid").exists()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Have it answer nothing for the block, with all connections open."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        processes = [postmaster, *map(int, children)]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def new_database(self, template: str = "template1") -> Address:
        """Create a database, and return its address."""
        name = f"test_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return Address(self.url(name))

    def url(self, database: str) -> str:
        """Return the address of a database, with a password in it that must be seen nowhere."""
        return f"postgresql+psycopg://nextplay:hush-hush@/{database}?host={quote(str(self.folder), safe='')}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as a program that is not Nextplay."""
        return psycopg.connect(
            host=str(self.folder), user="nextplay", dbname=database, autocommit=True, connect_timeout=10
        )

    def _control(self, *arguments: str | Path) -> None:
        self._run(self._binaries / "pg_ctl", "-D", self.folder / "data", *arguments)

    def _run(self, *command: str | Path) -> None:
        subprocess.run(
            command,
            cwd=self.folder,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **self._as_user,  # type: ignore[call-overload]
        )


@contextmanager
def _files() -> Iterator[PostgresServer]:
    """Give a folder to a server, for the block; skip the test where there is no PostgreSQL."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("needs PostgreSQL; install Debian's package postgresql, or put initdb on the path")
    folder = Path(tempfile.mkdtemp(prefix="nextplay-postgres-"))
    try:
        yield PostgresServer(binaries, folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(template: PostgresServer) -> Iterator[PostgresServer]:
    with _files() as server:
        server.copy(template)
        server.start()
        try:
            yield server
        finally:
            if server.is_running:
                server.kill()


def _binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest if there are several; None if there is none."""
    if os.geteuid() == 0 and not any(user.pw_name == _USER for user in pwd.getpwall()):
        return None
    packaged = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresServer]:
    """The files of a server, to be copied."""
    with _files() as server:
        server.create()
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_template: PostgresServer) -> Iterator[PostgresServer]:
    """A server that all tests of this process share; each takes a database of its own."""
    with _running(postgres_template) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_tables(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that has the tables of user data and nothing in them, to be copied."""
    address = postgres.new_database()
    database = Database(tmp_path_factory.mktemp("tables") / "nextplay.sqlite3", user_data=address)
    database.user_data.upgrade()
    database.close()
    return str(address.url.database)


@pytest.fixture
def own_postgres(postgres_template: PostgresServer) -> Iterator[PostgresServer]:
    """A server of the test's own, which it may stop, kill and freeze."""
    with _running(postgres_template) as server:
        yield server


# Where what people stored lies in a test that takes `place`: in a file beside the store, or on a server.
BOTH_PLACES = ("file", "server")


@pytest.fixture(params=BOTH_PLACES)
def place(request: pytest.FixtureRequest) -> Address | None:
    """The address of tables with nothing in them, for user data on a server; None for those in a file."""
    if request.param == "file":
        return None
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database(request.getfixturevalue("postgres_tables"))


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
    """Tell whether a test is run with user data on a server."""
    return hasattr(item, "callspec") and item.callspec.params.get("place") == "server"


IN_A_FILE = pytest.mark.parametrize("place", ["file"], indirect=True)
ON_A_SERVER = pytest.mark.parametrize("place", ["server"], indirect=True)
