"""Writing players and what they own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import Column, insert_columns, table_of
from ingest.changes import Change
from ingest.runtime.progress import ProgressSink
from ingest.stage import Libraries, StagedPlayer
from ingest.stage.staged import Int32
from store.models import OwnedGame, PackedLibrary, Player, PrecomputedScores, Review

# How many players' libraries are compared at once; SQLite takes at most 32,766 values in a statement.
_PLAYERS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class PlayersWritten:
    """The ids of the players, by place; the places of those who are new and of those who changed."""

    ids: Int32
    new: list[int]
    changed: list[int]
    change: Change


def write_players(connection: Connection, players: Sequence[StagedPlayer]) -> PlayersWritten:
    """Write `players`, all there are; those who left must have been removed before."""
    table = table_of(Player)
    stored = {
        user_id: (key, steam_id, items_count, fingerprint)
        for key, user_id, steam_id, items_count, fingerprint in connection.execute(
            select(
                table.c.id, table.c.user_id, table.c.steam_id, table.c.items_count, table.c.items_fingerprint
            )
        )
    }
    next_id = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    ids = np.empty(len(players), dtype=np.int32)
    new: list[int] = []
    changed: list[int] = []
    for place, player in enumerate(players):
        before = stored.get(player.user_id)
        if before is None:
            ids[place] = next_id + len(new)
            new.append(place)
        else:
            ids[place] = before[0]
            if before[1:] != (player.steam_id, player.items_count, player.fingerprint):
                changed.append(place)
    rows: dict[str, list[Any]] = {
        "steam_id": [player.steam_id for player in players],
        "items_count": [player.items_count for player in players],
        "items_fingerprint": [player.fingerprint for player in players],
    }
    insert_columns(
        connection,
        Player,
        {
            "id": ids[new],
            "user_id": [players[place].user_id for place in new],
            **{name: [values[place] for place in new] for name, values in rows.items()},
        },
    )
    if changed:
        connection.execute(
            update(table).where(table.c.id == bindparam("key")),
            [
                {"key": int(ids[place]), **{name: values[place] for name, values in rows.items()}}
                for place in changed
            ],
        )
    return PlayersWritten(ids, new, changed, Change(added=len(new), changed=len(changed)))


def remove_players(connection: Connection, players: Sequence[StagedPlayer]) -> tuple[int, int, int]:
    """Remove all who are not among `players`; return how many players, owned games and reviews went."""
    table = table_of(Player)
    staying = {player.user_id for player in players}
    gone = [
        {"key": key}
        for key, user_id in connection.execute(select(table.c.id, table.c.user_id))
        if user_id not in staying
    ]
    if not gone:
        return 0, 0, 0
    for model in (PrecomputedScores, PackedLibrary):
        _delete_of(connection, model, gone)
    owned_gone, reviews_gone = (_delete_of(connection, model, gone) for model in (OwnedGame, Review))
    connection.execute(delete(table).where(table.c.id == bindparam("key")), gone)
    return len(gone), owned_gone, reviews_gone


def _delete_of(connection: Connection, model: type, players: list[dict[str, int]]) -> int:
    """Delete the rows of some players, each given by the `key`; return how many there were."""
    table = table_of(model)
    return connection.execute(delete(table).where(table.c.player_id == bindparam("key")), players).rowcount


def write_libraries(
    connection: Connection, libraries: Libraries, players: PlayersWritten, progress: ProgressSink
) -> Change:
    """Write the libraries of new and changed players and return what changed among owned games."""
    new = _rows_of(libraries, players, players.new)
    changed = _rows_of(libraries, players, players.changed)
    change = _compare(connection, changed, players.ids[players.changed])
    change.added += len(new["player_id"])
    if players.changed:
        keys = [{"key": int(key)} for key in players.ids[players.changed]]
        for model in (PrecomputedScores, PackedLibrary, OwnedGame):
            _delete_of(connection, model, keys)
    progress.start("Writing libraries", len(new["player_id"]) + len(changed["player_id"]), "rows")
    for columns in (changed, new):
        insert_columns(connection, OwnedGame, columns, progress)
        insert_columns(connection, PackedLibrary, _packed(columns))
    progress.finish()
    return change


def _packed(rows: dict[str, Int32]) -> dict[str, Column]:
    """Return the same libraries as columns of the table in which each is one row."""
    owners = rows["player_id"]
    starts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1])[: len(owners)])
    bounds = list(pairwise([*starts.tolist(), len(owners)]))

    def packed(column: str) -> list[bytes]:
        array = rows[column].astype("<i4", copy=False)
        return [array[start:stop].tobytes() for start, stop in bounds]

    return {"player_id": owners[starts], "game_ids": packed("game_id"), "minutes": packed("minutes")}


def _rows_of(libraries: Libraries, players: PlayersWritten, places: Sequence[int]) -> dict[str, Int32]:
    """Return the rows of the players at `places`, as columns of the table."""
    wanted = np.zeros(len(players.ids), dtype=bool)
    wanted[places] = True
    # In a first ingest everybody is new, and nothing needs to be copied.
    rows = slice(None) if wanted.all() else wanted[libraries.player]
    return {
        "player_id": players.ids[libraries.player[rows]],
        "game_id": libraries.game[rows],
        "minutes": libraries.minutes[rows],
        "minutes_2weeks": libraries.minutes_2weeks[rows],
    }


def _compare(connection: Connection, changed: dict[str, Int32], players: Int32) -> Change:
    """Compare the changed libraries with what the store has of those `players` (ids)."""
    new = np.stack(list(changed.values()), axis=1)
    empty = np.empty((0, 4), dtype=np.int32)
    old = np.concatenate([empty, *_stored_libraries(connection, np.sort(players))])
    old_pairs, new_pairs = ((rows[:, 0].astype(np.int64) << 32) | rows[:, 1] for rows in (old, new))
    _both, in_old, in_new = np.intersect1d(old_pairs, new_pairs, assume_unique=True, return_indices=True)
    differing = int((old[in_old, 2:] != new[in_new, 2:]).any(axis=1).sum())
    return Change(added=len(new) - len(in_new), changed=differing, gone=len(old) - len(in_old))


def _stored_libraries(connection: Connection, players: Int32) -> Iterator[NDArray[np.int32]]:
    table = table_of(OwnedGame)
    for start in range(0, len(players), _PLAYERS_AT_ONCE):
        part = players[start : start + _PLAYERS_AT_ONCE].tolist()
        rows = connection.execute(select(table).where(table.c.player_id.in_(part))).all()
        yield np.array([tuple(row) for row in rows], dtype=np.int32).reshape(-1, 4)
