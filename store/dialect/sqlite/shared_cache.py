"""A cache in memory that all readers of a file share, for large tables that are read as a whole."""

import threading
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

# How much of the file a reader maps into memory, in bytes, beside the cache of its pages: all of a store of
# today's whole catalogue. What is read elsewhere takes a call to the system for each page. The system counts
# mapped pages as the process's own, but frees them as it frees its own cache.
MAPPED_BYTES = 2**30
# The key in a connection's `info` of its engine's cache.
_KEY = "nextplay.shared_cache"

Value = TypeVar("Value")


class SharedCache:
    """What was loaded from a file, by name, each with the state of the data that it was loaded in."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[str, Any]] = {}
        self._lock = threading.Lock()

    def attach(self, info: MutableMapping[Any, Any]) -> None:
        """Let the connection whose `info` this is use the cache."""
        info[_KEY] = self

    def get(
        self, connection: Connection, name: str, state: str, load: Callable[[Connection], Value]
    ) -> Value:
        """Return the entry `name` if it is of `state`, else load and keep it."""
        with self._lock:
            if name not in self._entries or self._entries[name][0] != state:
                self._entries.pop(name, None)  # freed before the next is loaded
                with _unmapped(connection):
                    self._entries[name] = state, load(connection)
            value: Value = self._entries[name][1]
        return value


def shared_cached(
    connection: Connection, name: str, state: str, load: Callable[[Connection], Value]
) -> Value:
    """Return what `load` reads, shared by all readers of a file until one asks in another state.

    While one loads, the others wait, which does not count towards their time limit. A writer, which sees
    what may never be committed, always loads.

    Args:
        connection: The connection to read with.
        name: What is loaded; one entry a name is kept.
        state: The state of the data as this transaction sees it.
        load: Reads the value; what it raises is passed on and nothing is kept.
    """
    cache: SharedCache | None = connection.info.get(_KEY)
    return load(connection) if cache is None else cache.get(connection, name, state, load)


@contextmanager
def _unmapped(connection: Connection) -> Iterator[None]:
    """Switch memory mapping off meanwhile: pages that are read once would stay in memory.

    For the same reason the connection's own cache of pages is emptied at the end.
    """
    connection.exec_driver_sql("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA shrink_memory")
        connection.exec_driver_sql(f"PRAGMA mmap_size = {MAPPED_BYTES}")
