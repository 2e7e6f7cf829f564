"""A PostgreSQL server on a socket in a folder of its own, as a user of its own where root starts it."""

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

from store.database import Address

# PostgreSQL does not run as root; Debian's package makes this user.
_USER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")
_NEW = ("--auth=trust", "--username=nextplay", "--locale=C.UTF-8", "--no-sync")
# Nothing that is stored need outlive the machine.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "autovacuum": "off",
}


class NoPostgres(Exception):
    """This machine has no PostgreSQL; the message says what to do."""


class PostgresServer:
    """A server that whoever has it may stop, kill and freeze."""

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
        self._configure()

    def copy(self, other: "PostgresServer") -> None:
        """Make them from those of another that does not run, which takes less."""
        self._run("cp", "-r", other.folder / "data", self.folder)
        self._configure()

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

    def new_database(self, template: str = "template1", *, name: str | None = None) -> Address:
        """Create a database as the template is, and return its address."""
        name = name or f"test_{next(self._numbers)}"
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

    def _configure(self) -> None:
        """Write the settings down; those of a copied server stand before, and give way."""
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in _SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")

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
def server_files() -> Iterator[PostgresServer]:
    """Give a folder to a server that is not made yet, for the block.

    Raises:
        NoPostgres: Its programs are not there.
    """
    binaries = _binaries()
    if binaries is None:
        raise NoPostgres("needs PostgreSQL; install Debian's package postgresql, or put initdb on the path")
    folder = Path(tempfile.mkdtemp(prefix="nextplay-postgres-"))
    try:
        yield PostgresServer(binaries, folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def running(server: PostgresServer) -> Iterator[PostgresServer]:
    """Start a server whose files are made, and have it ended by the end of the block."""
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
