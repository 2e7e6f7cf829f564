"""Writing what players own."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.load.players import StoredPlayers
from ingest.stage import Libraries
from ingest.stage.staged import Int32
from store.models import Game, OwnedGame, Player, PrecomputedScores
from store.runs import Progress, RowChanges, Stage

# How many players' libraries are compared at once; SQLite takes at most 32,766 values in a statement.
_PLAYERS_AT_ONCE = 1_000


def write_libraries(
    connection: Connection, libraries: Libraries, players: StoredPlayers, progress: Progress
) -> RowChanges:
    """Write the libraries of the players who are written and return what changed among owned games."""
    new = players.rows_of(libraries, players.new)
    written = players.rows_of(libraries, players.written)
    change = _compare(connection, written, players.ids[players.written])
    if players.written:
        keys = [{"key": int(key)} for key in players.ids[players.written]]
        for model in (PrecomputedScores, OwnedGame):
            table = table_of(model)
            connection.execute(delete(table).where(table.c.player_id == bindparam("key")), keys)
    progress.start(Stage.WRITING_LIBRARIES, len(new["player_id"]) + len(written["player_id"]), "rows")
    for columns in (written, new):
        insert_columns(connection, OwnedGame, columns, progress)
    progress.finish()
    return RowChanges(change.added + len(new["player_id"]), change.changed, change.gone)


def are_references_sound(connection: Connection, libraries: Libraries, players: StoredPlayers) -> bool:
    """Return whether all libraries were written, and the store has their games and players.

    To look at columns takes a small part of the time that looking up each row does.
    """
    if len(players.new) + len(players.written) < len(players.ids):
        return False
    rows = players.rows_of(libraries, players.new + players.written)
    return all(
        np.isin(rows[column], np.fromiter(connection.scalars(select(table_of(model).c.id)), np.int32)).all()
        for model, column in ((Game, "game_id"), (Player, "player_id"))
    )


def _compare(connection: Connection, written: dict[str, Int32], players: Int32) -> RowChanges:
    """Compare the libraries that are written with what the store has of those `players` (ids)."""
    new = np.stack(list(written.values()), axis=1)
    empty = np.empty((0, 4), dtype=np.int32)
    old = np.concatenate([empty, *_stored_libraries(connection, np.sort(players))])
    old_pairs, new_pairs = ((rows[:, 0].astype(np.int64) << 32) | rows[:, 1] for rows in (old, new))
    _both, in_old, in_new = np.intersect1d(old_pairs, new_pairs, assume_unique=True, return_indices=True)
    differing = int((old[in_old, 2:] != new[in_new, 2:]).any(axis=1).sum())
    return RowChanges(added=len(new) - len(in_new), changed=differing, gone=len(old) - len(in_old))


def _stored_libraries(connection: Connection, players: Int32) -> Iterator[NDArray[np.int32]]:
    table = table_of(OwnedGame)
    for start in range(0, len(players), _PLAYERS_AT_ONCE):
        part = players[start : start + _PLAYERS_AT_ONCE].tolist()
        rows = connection.execute(select(table).where(table.c.player_id.in_(part))).all()
        yield np.array([tuple(row) for row in rows], dtype=np.int32).reshape(-1, 4)
