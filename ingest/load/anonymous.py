"""Writing what people without names own."""

import numpy as np
from sqlalchemy import delete
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.stage import AnonymousLibraries
from store.models import AnonymousLibrary

_LIBRARIES_AT_ONCE = 50_000


def write_anonymous(connection: Connection, libraries: AnonymousLibraries) -> None:
    """Write these libraries, all there are; nothing tells one from another, so none is compared."""
    connection.execute(delete(table_of(AnonymousLibrary)))
    ends = np.cumsum(libraries.sizes, dtype=np.int64)
    starts = ends - libraries.sizes
    games, minutes, recommends = (
        libraries.games.astype("<i4"),
        libraries.minutes.astype("<i4"),
        libraries.recommends,
    )
    for first in range(0, len(ends), _LIBRARIES_AT_ONCE):
        part = range(first, min(first + _LIBRARIES_AT_ONCE, len(ends)))
        bounds = [slice(starts[index], ends[index]) for index in part]
        insert_columns(
            connection,
            AnonymousLibrary,
            {
                "id": [index + 1 for index in part],
                "game_ids": [games[bound].tobytes() for bound in bounds],
                "minutes": [minutes[bound].tobytes() for bound in bounds],
                "recommends": [recommends[bound].tobytes() for bound in bounds],
            },
        )
