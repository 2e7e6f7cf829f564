"""The local store: `Database` opens it, `store.queries` answers questions about it.

>>> from store import Database, queries
>>> with Database("data/nextplay.sqlite3").reader() as session:
...     report = queries.developer(session, "Valve")
"""

from store.database import Database
from store.errors import DatabaseUnavailable, NextplayError, NotFound, QueryTimeout, StoreError

__all__ = [
    "Database",
    "DatabaseUnavailable",
    "NextplayError",
    "NotFound",
    "QueryTimeout",
    "StoreError",
]
