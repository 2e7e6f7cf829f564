"""Everything that only SQLite understands: how connections are set up, locked, limited and searched.

A second dialect is a sibling of this module with the same functions.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    URL,
    Engine,
    Text,
    bindparam,
    create_engine,
    event,
    func,
    make_url,
)
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from store.models import NAMES_PER_KIND

# A write waits this long for another one to finish before it gives up.
BUSY_TIMEOUT_MS = 10_000
# How many steps of SQLite's virtual machine run between two looks at the clock.
_STEPS_PER_LOOK = 20_000
# Of the file, a reader has up to so many bytes in memory as they are, beside its cache.
_MAPPED_BYTES = 268_435_456
# Where a connection finds what all readers of its file keep, see `kept`.
_KEPT = "nextplay.kept"

Found = TypeVar("Found")


def file_of(url: str | Path) -> Path:
    """Return the path of the database file that `url` names: a path, or a `sqlite:///` address."""
    if isinstance(url, Path) or "://" not in url:
        return Path(url).expanduser()
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ValueError(f"{url} does not name a SQLite file; use a path such as nextplay.sqlite3.")
    return Path(parsed.database).expanduser()


def writer_engine(file: Path, *, wipe: bool = False, check_rows: bool = True) -> Engine:
    """Return an engine whose transactions take the write lock as they begin, so that none fails half-way.

    With `wipe`, what is deleted is overwritten in the file; otherwise it may be read there until its place is
    needed. Without `check_rows`, references between tables are the caller's to check, by
    `require_references`.
    """
    engine = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the BEGIN below is ours alone
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = NORMAL",
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


def reader_engine(file: Path) -> Engine:
    """Return an engine that cannot write and whose transactions see one state of the data throughout."""
    uri = f"file:{file.resolve().as_posix()}"
    url = URL.create("sqlite", database=uri, query={"mode": "ro", "uri": "true"})
    # The connection that was used last has most of what is asked for in its cache.
    engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=24, pool_use_lifo=True)
    kept = _Kept()

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        entry.info[_KEPT] = kept
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "query_only = ON",
            "cache_size = -16384",
            f"mmap_size = {_MAPPED_BYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Straight to the driver, since every question does it; it reads nothing yet, so nothing can go wrong.
        connection.connection.cursor().execute("BEGIN")

    return engine


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read of a file, by name, and the state of the data that it was read in."""

    found: dict[str, tuple[str, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def kept(connection: Connection, name: str, state: str, read: Callable[[Connection], Found]) -> Found:
    """Return what `read` finds; all readers of a file keep it together until one asks in another state.

    `state` names the state of the data as this transaction sees it. Whoever asks while it is being read for
    another waits; the time limit of a question does not count that.
    """
    shared: _Kept | None = connection.info.get(_KEPT)
    if shared is None:  # a writer sees what may never be committed
        return read(connection)
    with shared.lock:
        if name not in shared.found or shared.found[name][0] != state:
            shared.found.pop(name, None)  # not in memory beside the next
            with _unmapped(connection):
                shared.found[name] = state, read(connection)
        found: Found = shared.found[name][1]
    return found


@contextmanager
def _unmapped(connection: Connection) -> Iterator[None]:
    """Have no part of the file mapped meanwhile: what is read once would take memory from then on."""
    connection.exec_driver_sql("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA mmap_size = {_MAPPED_BYTES}")


def drop_log(engine: Engine) -> None:
    """Empty the write-ahead log, which holds earlier states of the file; a reader may put it off."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def require_references(connection: Connection) -> None:
    """Raise sqlite3.IntegrityError unless every row that a row refers to exists.

    One pass over all rows takes a third of the time that looking up each row as it is inserted does.
    """
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        table, _row, parent, _key = broken
        raise sqlite3.IntegrityError(f"A row of {table} refers to one of {parent} that does not exist.")


def limit_time(connection: Any, seconds: float) -> None:
    """Interrupt whatever `connection` runs once `seconds` have passed from now."""
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_PER_LOOK)


def is_timeout(error: BaseException | None) -> bool:
    """Tell whether `error` is the driver's word for an interrupted query."""
    return isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error)


# The full-text index over `names.key`; it holds no text of its own.
CREATE_NAME_SEARCH = (
    "CREATE VIRTUAL TABLE names_fts USING fts5("
    "key, content='names', content_rowid='id', tokenize='trigram', detail='full')"
)
DROP_NAME_SEARCH = "DROP TABLE names_fts"


def is_own_table(name: str) -> bool:
    """Tell whether the table is part of the full-text index, which no model describes."""
    return name == "names_fts" or name.startswith("names_fts_")


def rebuild_name_search(connection: Connection) -> None:
    """Bring the full-text index up to date with the `names` table, within the caller's transaction."""
    # The command 'rebuild' would read the names from whichever index covers them, and take several times as
    # long: each row id that is lower than the one before it starts a new piece of the index.
    connection.exec_driver_sql("INSERT INTO names_fts(names_fts) VALUES ('delete-all')")
    connection.exec_driver_sql("INSERT INTO names_fts(rowid, key) SELECT id, key FROM names ORDER BY id")
    # One segment in place of several: searches take half the time.
    connection.exec_driver_sql("INSERT INTO names_fts(names_fts) VALUES ('optimize')")


def analyze(connection: Connection) -> None:
    """Tell the query planner how the data lie, from a sample of each index."""
    connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
    connection.exec_driver_sql("ANALYZE")


class NameRow(NamedTuple):
    """A row of the names table as a search finds it; `by_words` if all that was typed begins words of it."""

    id: int
    key: str
    label: str
    by_words: bool = False

    @property
    def ref_id(self) -> int:
        """The id of the thing named."""
        return self.id % NAMES_PER_KIND


# The trigram index finds pieces of at least this many characters.
SHORTEST_PIECE = 3
# How many names one piece of a misspelt name may bring; the common pieces tell little.
_NAMES_OF_ALL_PIECES = 1_200


def names_with_words(connection: Connection, ids: range, words: Sequence[str], limit: int) -> list[NameRow]:
    """Return the names that contain all `words`, those where each begins a word first, then by rank.

    `ids` are the name ids to look among. At least one word needs `SHORTEST_PIECE` characters.
    """
    long_words = " ".join(_phrase(word) for word in words if len(word) >= SHORTEST_PIECE)
    starts = " AND ".join("instr(' ' || n.key, ?)" for _ in words)
    contains = " AND ".join("instr(n.key, ?)" for _ in words)
    rows = connection.exec_driver_sql(
        f"SELECT n.id, n.key, n.label, ({starts}) AS by_words"  # noqa: S608 - question marks alone
        " FROM names_fts JOIN names n ON n.id = names_fts.rowid"
        f" WHERE names_fts MATCH ? AND names_fts.rowid BETWEEN ? AND ? AND {contains}"
        " ORDER BY by_words DESC, n.rank LIMIT ?",
        (*(f" {word}" for word in words), long_words, ids[0], ids[-1], *words, limit),
    )
    return [NameRow(name_id, key, label, bool(by_words)) for name_id, key, label, by_words in rows]


def names_sharing_pieces(
    connection: Connection, ids: range, pieces: Sequence[str], limit: int
) -> list[NameRow]:
    """Return the names that share most of `pieces`, each of at least `SHORTEST_PIECE` characters.

    A piece that very many names have counts for the first of them only, which bounds the time taken.
    """
    most = _NAMES_OF_ALL_PIECES // len(pieces)
    one = (
        "SELECT * FROM (SELECT rowid AS id FROM names_fts"
        " WHERE names_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
    )
    rows = connection.exec_driver_sql(
        "SELECT n.id, n.key, n.label FROM (SELECT id, count(*) AS pieces"  # noqa: S608 - question marks alone
        f" FROM ({' UNION ALL '.join([one] * len(pieces))}) GROUP BY id ORDER BY pieces DESC LIMIT ?) shared"
        " JOIN names n ON n.id = shared.id ORDER BY shared.pieces DESC, n.rank",
        (*(value for piece in pieces for value in (_phrase(piece), ids[0], ids[-1], most)), limit),
    )
    return [NameRow(*row) for row in rows]


def _phrase(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# Many values as a table, in its column `value` and in their order; `listing` of them is the parameter. One
# parameter, since a list of a thousand in the statement takes longer to prepare than to look up, and SQLite
# takes at most 32,766.
LISTED = func.json_each(bindparam("listed", type_=Text)).table_valued("value")


def listing(values: Sequence[int] | Sequence[str]) -> dict[str, str]:
    """Return the parameters with which `LISTED` is a table of `values`."""
    return {"listed": json.dumps(values)}
