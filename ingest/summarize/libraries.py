"""Each library as one row, for whoever reads it whole."""

from itertools import pairwise

import numpy as np
from sqlalchemy import bindparam, delete
from sqlalchemy.engine import Connection

from ingest.bulk_insert import Column, insert_columns, table_of
from ingest.load import StoredPlayers
from ingest.stage import Libraries
from ingest.stage.staged import Int32
from store.models import PackedLibrary


def write_packed_libraries(connection: Connection, libraries: Libraries, players: StoredPlayers) -> None:
    """Pack the libraries that are new or written again, and drop those of players who left.

    Unlike other summaries these are not rewritten as a whole: they are as large as the libraries themselves.
    """
    table = table_of(PackedLibrary)
    stale = [*players.gone, *players.ids[players.written].tolist()]
    if stale:
        connection.execute(
            delete(table).where(table.c.player_id == bindparam("key")), [{"key": key} for key in stale]
        )
    for indices in (players.written, players.new):
        insert_columns(connection, PackedLibrary, _packed(players.rows_of(libraries, indices)))


def _packed(rows: dict[str, Int32]) -> dict[str, Column]:
    """Return the same libraries as columns of the table in which each is one row."""
    owners = rows["player_id"]
    starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1])[: len(owners)])
    bounds = list(pairwise([*starts.tolist(), len(owners)]))

    def packed(column: str) -> list[bytes]:
        array = rows[column].astype("<i4", copy=False)
        return [array[start:stop].tobytes() for start, stop in bounds]

    return {"player_id": owners[starts], "game_ids": packed("game_id"), "minutes": packed("minutes")}
