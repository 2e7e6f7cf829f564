"""Writing players."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.stage import Libraries, StagedPlayers
from ingest.stage.players import FINGERPRINT_BYTES, NO_LIBRARY, STEAM_ID, SteamIds
from ingest.stage.staged import Int32
from store.models import OwnedGame, Player, PrecomputedScores, Review

# Of how many players' rows objects are made at a time.
_PLAYERS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class StoredPlayers:
    """Which rows the players have: their `ids`, by index in `Staged.players`.

    `new` are indices of those who are new, `written` of the others whose rows are written again: those whose
    library, SteamID or count is another, which are `changed` many, or all. `gone` are ids of those who left.
    """

    ids: Int32
    new: list[int]
    written: list[int]
    changed: int
    gone: list[int]

    def rows_of(self, libraries: Libraries, indices: Sequence[int]) -> dict[str, Int32]:
        """Return the libraries of the players at `indices`, as columns of the table of owned games."""
        wanted = np.zeros(len(self.ids), dtype=bool)
        wanted[indices] = True
        # In a first ingest everybody is new, and nothing needs to be copied.
        rows = slice(None) if wanted.all() else wanted[libraries.player]
        return {
            "player_id": self.ids[libraries.player[rows]],
            "game_id": libraries.game[rows],
            "minutes": libraries.minutes[rows],
            "minutes_2weeks": libraries.minutes_2weeks[rows],
        }


@dataclass(frozen=True, slots=True)
class RemovedPlayers:
    """The ids of players who were removed, and how many owned games and reviews went with them."""

    players: list[int]
    owned_games: int
    reviews: int


def write_players(
    connection: Connection, players: StagedPlayers, *, gone: list[int], rewrite: bool
) -> StoredPlayers:
    """Write `players`, all there are; those who left, by the ids `gone`, must have been removed before.

    Those who do not differ are written too if `rewrite`.
    """
    stored, keys = _read_stored(connection)
    before = _stored_indices(players, stored)
    is_new = before < 0
    ids = np.empty(len(players), np.int32)
    next_id = int(keys.max(initial=0)) + 1
    ids[is_new] = np.arange(next_id, next_id + np.count_nonzero(is_new), dtype=np.int32)
    known = np.flatnonzero(~is_new)
    ids[known] = keys[before[known]]
    differs = _differ(players, known, stored, before[known])
    new = np.flatnonzero(is_new).tolist()
    written = (known if rewrite else known[differs]).tolist()
    with indexes_off(connection, (Player,), when=fills_much(len(new), len(players))):
        for some in _parts(new):
            insert_columns(
                connection,
                Player,
                {
                    "id": ids[some],
                    "user_id": [players.user_ids[index] for index in some],
                    **_values(players, some),
                },
            )
    statement = update(table_of(Player)).where(table_of(Player).c.id == bindparam("key"))
    for some in _parts(written):
        columns = {"key": ids[some].tolist(), **_values(players, some)}
        rows = zip(*columns.values(), strict=True)
        connection.execute(statement, [dict(zip(columns, row, strict=True)) for row in rows])
    return StoredPlayers(ids, new, written, int(np.count_nonzero(differs)), gone)


def _read_stored(connection: Connection) -> tuple[StagedPlayers, Int32]:
    """Return the players that the store has, and their ids."""
    table = table_of(Player)
    rows = connection.execute(
        select(table.c.id, table.c.user_id, table.c.steam_id, table.c.items_count, table.c.items_fingerprint)
    )
    keys, counts = array("i"), array("i")
    user_ids: list[str] = []
    steam_ids: list[SteamIds] = [np.zeros(0, STEAM_ID)]
    fingerprints = bytearray()
    for part in rows.partitions(_PLAYERS_AT_ONCE):
        for key, user_id, _steam_id, count, fingerprint in part:
            keys.append(key)
            user_ids.append(user_id)
            counts.append(NO_LIBRARY if count is None else count)
            fingerprints += fingerprint or bytes(FINGERPRINT_BYTES)
        steam_ids.append(np.array([row.steam_id or "" for row in part], STEAM_ID))
    stored = StagedPlayers(
        user_ids,
        np.concatenate(steam_ids),
        np.array(counts, np.int32),
        np.frombuffer(fingerprints, np.uint8).reshape(-1, FINGERPRINT_BYTES),
    )
    return stored, np.array(keys, np.int32)


def _stored_indices(players: StagedPlayers, stored: StagedPlayers) -> NDArray[np.intp]:
    """Return the index of each player among those stored, -1 where there is none."""
    place_of = {user_id: place for place, user_id in enumerate(stored.user_ids)}
    return np.fromiter((place_of.get(user_id, -1) for user_id in players.user_ids), np.intp)


def _differ(
    players: StagedPlayers, indices: NDArray[np.intp], stored: StagedPlayers, places: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Return for each of some players whether the stored row differs."""
    return np.asarray(
        (players.steam_ids[indices] != stored.steam_ids[places])
        | (players.items_counts[indices] != stored.items_counts[places])
        | (players.fingerprints[indices] != stored.fingerprints[places]).any(axis=1)
    )


def _parts(indices: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(indices), _PLAYERS_AT_ONCE):
        yield indices[start : start + _PLAYERS_AT_ONCE]


def _values(players: StagedPlayers, indices: list[int]) -> dict[str, list[Any]]:
    """Return the columns of some players other than their names."""
    return {
        "steam_id": players.steam_ids_of(indices),
        "items_count": players.items_counts_of(indices),
        "items_fingerprint": players.fingerprints_of(indices),
    }


def remove_players(connection: Connection, players: StagedPlayers) -> RemovedPlayers:
    """Remove all who are not among `players`, with what is theirs."""
    table = table_of(Player)
    staying = set(players.user_ids)
    gone = [
        {"key": key}
        for key, user_id in connection.execute(select(table.c.id, table.c.user_id))
        if user_id not in staying
    ]
    if not gone:
        return RemovedPlayers([], 0, 0)
    _delete_of(connection, PrecomputedScores, gone)
    owned_gone, reviews_gone = (_delete_of(connection, model, gone) for model in (OwnedGame, Review))
    connection.execute(delete(table).where(table.c.id == bindparam("key")), gone)
    return RemovedPlayers([player["key"] for player in gone], owned_gone, reviews_gone)


def _delete_of(connection: Connection, model: type, players: list[dict[str, int]]) -> int:
    """Delete the rows of some players, each given by the `key`; return how many there were."""
    table = table_of(model)
    return connection.execute(delete(table).where(table.c.player_id == bindparam("key")), players).rowcount
