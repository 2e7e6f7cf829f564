"""One cache of compiled SQL for all stores of a process, since each test opens stores of its own.

SQLAlchemy keeps what it has compiled per engine and per dialect object, of which every engine has its own.
Each test would compile all of its statements anew, which takes longer than running them on a few rows.
https://docs.sqlalchemy.org/en/21/core/connections.html#sql-compilation-caching
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

# More than all tests together ask: a statement and the order of its columns is one.
CACHE: LRUCache[Any, Any] = LRUCache(3_000)


def share_compiled_statements() -> None:
    """Let engines of SQLite files use one cache from now on; their dialects differ in nothing."""
    event.listen(Engine, "engine_connect", _share)
    SQLiteDialect_pysqlite.__eq__ = _same_class  # type: ignore[method-assign]
    SQLiteDialect_pysqlite.__hash__ = _hash_of_class  # type: ignore[method-assign, assignment]


def _share(connection: Connection) -> None:
    if isinstance(connection.dialect, SQLiteDialect_pysqlite):
        connection.engine._compiled_cache = CACHE


def _same_class(dialect: object, other: object) -> bool:
    return type(dialect) is type(other)


def _hash_of_class(dialect: object) -> int:
    return hash(type(dialect))
