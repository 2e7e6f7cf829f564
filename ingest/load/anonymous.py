"""Writing the libraries of anonymous players."""

from collections.abc import Iterator
from itertools import islice, zip_longest

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.stage import AnonymousLibraries
from store.models import AnonymousLibrary

_LIBRARIES_AT_ONCE = 50_000


def write_anonymous(connection: Connection, libraries: AnonymousLibraries) -> bool:
    """Replace the stored libraries by these unless they are equal; return whether they were written.

    Nothing tells one from another, so that all are written where any differs.
    """
    ends = np.cumsum(libraries.sizes, dtype=np.int64)
    starts = ends - libraries.sizes
    games, minutes, recommends = (
        libraries.games.astype("<i4"),
        libraries.minutes.astype("<i4"),
        libraries.recommends,
    )

    def rows() -> Iterator[tuple[bytes, bytes, bytes]]:
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield games[start:end].tobytes(), minutes[start:end].tobytes(), recommends[start:end].tobytes()

    if _has(connection, rows()):
        return False
    connection.execute(delete(table_of(AnonymousLibrary)))
    source, first = rows(), 1
    while part := list(islice(source, _LIBRARIES_AT_ONCE)):
        of_games, of_minutes, of_recommends = zip(*part, strict=True)
        insert_columns(
            connection,
            AnonymousLibrary,
            {
                "id": range(first, first + len(part)),
                "game_ids": of_games,
                "minutes": of_minutes,
                "recommends": of_recommends,
            },
        )
        first += len(part)
    return True


def _has(connection: Connection, libraries: Iterator[tuple[bytes, bytes, bytes]]) -> bool:
    """Return whether the store has these very libraries and no others."""
    table = table_of(AnonymousLibrary).c
    columns = (table.game_ids, table.minutes, table.recommends)
    stored = connection.execute(select(*columns).order_by(table.id))
    with stored:
        return all(
            known is not None and wanted is not None and tuple(known) == wanted
            for known, wanted in zip_longest(stored, libraries)
        )
