"""All that depends on PostgreSQL, which may hold what people stored: connections, locks, notices, errors.

psycopg is imported where a connection is prepared: only who names a server needs the extra `postgres`.
"""

from store.dialect.postgres.address import Address
from store.dialect.postgres.engines import close, reader_engine, writer_engine
from store.dialect.postgres.listener import Listener, notify
from store.dialect.postgres.locks import HeldLock, lock_for_session, lock_for_transaction
from store.dialect.postgres.tables import move_to_schema, restart_numbering, vacuum
from store.dialect.postgres.timed import is_installed
from store.dialect.postgres.trouble import Trouble, driver_errors, trouble_of

__all__ = [
    "Address",
    "HeldLock",
    "Listener",
    "Trouble",
    "close",
    "driver_errors",
    "is_installed",
    "lock_for_session",
    "lock_for_transaction",
    "move_to_schema",
    "notify",
    "reader_engine",
    "restart_numbering",
    "trouble_of",
    "vacuum",
    "writer_engine",
]
