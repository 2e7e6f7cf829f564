"""Engines: how connections are set up, locked, limited in time and checked."""

import os
import re
import sqlite3
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from store.dialect.sqlite.audience import hide_from_everyone
from store.dialect.sqlite.shared_cache import MAPPED_BYTES, SharedCache
from store.dialect.sqlite.time_limit import TimeLimit, time_limit_of

# A write waits this long for another one to finish before it gives up.
BUSY_TIMEOUT_MS = 10_000
# Whether a commit waits for the disk: in WAL mode a power failure may undo the last ones, and spoils nothing.
SYNCHRONOUS = "NORMAL"
_ADDRESS = re.compile(r"[a-z][a-z0-9+]*://", re.IGNORECASE)
# What was written is safe without it, so that nobody waits for long.
_WIPE_TIMEOUT_MS = 1_000


def file_of(url: str | Path) -> Path:
    """Return the path of the database file that `url` names: a path, or a `sqlite:///` address.

    Raises:
        ValueError: It names no file.
    """
    if isinstance(url, Path) or not _ADDRESS.match(url):
        return _at_home(Path(url))
    parsed = make_url(url)
    if (
        parsed.get_backend_name() != "sqlite"
        or not parsed.database
        or parsed.database == ":memory:"
        or "?" in url
    ):
        raise ValueError(f"{url} does not name a SQLite file; use a path such as nextplay.sqlite3.")
    return _at_home(Path(parsed.database))


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"The home folder that {path} begins with is not known; write it out.") from None


def uri_of(file: Path) -> str:
    """Return the address by which SQLite opens `file`, whatever characters are in its name."""
    return Path(os.path.realpath(file)).as_uri()


def writer_engine(file: Path, *, wipe: bool = False, check_rows: bool = True) -> Engine:
    """Return an engine whose transactions take the write lock as they begin, so that none fails half-way.

    With `wipe`, what is deleted is overwritten in the file; otherwise it may be read there until its place is
    needed. Without `check_rows`, references between tables are the caller's to check, by
    `require_references`.
    """
    # Relative to no folder: a file may be called ":memory:", which SQLite would make a database in memory of.
    url = URL.create("sqlite", database=os.path.realpath(file))
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the BEGIN below is ours alone
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            f"synchronous = {SYNCHRONOUS}",
            f"foreign_keys = {'ON' if check_rows else 'OFF'}",
            "cache_size = -65536",
            "temp_store = MEMORY",
            f"secure_delete = {'ON' if wipe else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def reader_engine(
    file: Path,
    *,
    mapped: bool = True,
    busy_timeout_ms: int | None = None,
    cache: SharedCache | None = None,
    for_adults: bool = True,
    immutable: bool = False,
) -> Engine:
    """Return an engine that cannot write and whose transactions see one state of the data throughout.

    Args:
        file: The database.
        mapped: Whether the file is mapped into memory. A process that reads a mapped file dies where another
            one cuts the file short.
        busy_timeout_ms: How long to wait where another process keeps even readers out; as long as a writer
            waits if None.
        cache: What its connections share with those of another engine of the file; its own if None.
        for_adults: Whether its connections see the games that are for adults.
        immutable: Whether nobody writes the file for as long as it is there: it is read without locks then,
            and needs neither a log beside it nor a folder that can be written.
    """
    unlocked = {"immutable": "1"} if immutable else {}
    url = URL.create("sqlite", database=uri_of(file), query={"mode": "ro", "uri": "true", **unlocked})
    # The connection that was used last has most of what is asked for in its cache.
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=24, pool_use_lifo=True)
    shared = cache or SharedCache()

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        shared.attach(entry.info)
        TimeLimit().attach(connection, entry.info)
        connection.isolation_level = None
        if not for_adults:
            hide_from_everyone(connection)
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS if busy_timeout_ms is None else busy_timeout_ms}",
            "query_only = ON",
            "cache_size = -16384",
            f"mmap_size = {MAPPED_BYTES if mapped else 0}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def begin_statement(connection: Connection, *_statement: object) -> None:
        limit = time_limit_of(connection)
        if limit is not None:
            limit.begin_statement()

    return engine


def wipe(engine: Engine, *, rows: bool) -> bool:
    """Empty the write-ahead log, which holds earlier states of the file; return whether that was done.

    With `rows`, the file is rewritten first: as rows are moved between pages, even with `secure_delete`
    copies of them stay in the room that no row uses. Somebody who reads or writes, or a full disk, may put
    it off.
    """
    connection = engine.raw_connection()
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {_WIPE_TIMEOUT_MS}")
        if rows:
            cursor.execute("VACUUM")
        (is_busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy
    except sqlite3.Error:
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.close()


def require_references(connection: Connection, *, sound: Collection[str] = ()) -> None:
    """Check that every row that a row refers to exists, but for rows of tables known to be `sound`.

    One pass over all rows takes a third of the time that looking up each row as it is inserted does.

    Raises:
        sqlite3.IntegrityError: A reference leads nowhere.
    """
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
    for name in set(tables.scalars()) - {*sound}:
        broken = connection.exec_driver_sql(f'PRAGMA foreign_key_check("{name}")').first()
        if broken is not None:
            table, _row, parent, _key = broken
            raise sqlite3.IntegrityError(f"A row of {table} refers to one of {parent} that does not exist.")


def page_damage(connection: Connection) -> str | None:
    """Return what SQLite finds wrong with the pages of the database; None if nothing."""
    finding: str = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return None if finding == "ok" else " ".join(finding.split())


def analyze(connection: Connection) -> None:
    """Gather statistics for the query planner, from a sample of each index."""
    connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    connection.exec_driver_sql("ANALYZE")
