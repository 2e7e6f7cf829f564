"""Writing players."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.stage import Libraries, StagedPlayer
from ingest.stage.staged import Int32
from store.models import OwnedGame, Player, PrecomputedScores, Review


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
    connection: Connection, players: Sequence[StagedPlayer], *, gone: list[int], anew: bool
) -> StoredPlayers:
    """Write `players`, all there are; those who left, by the ids `gone`, must have been removed before.

    Those who do not differ are written too if `anew`.
    """
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
    written: list[int] = []
    changed = 0
    for index, player in enumerate(players):
        before = stored.get(player.user_id)
        if before is None:
            ids[index] = next_id + len(new)
            new.append(index)
        else:
            ids[index] = before[0]
            differs = before[1:] != (player.steam_id, player.items_count, player.fingerprint)
            changed += differs
            if differs or anew:
                written.append(index)
    rows: dict[str, list[Any]] = {
        "steam_id": [player.steam_id for player in players],
        "items_count": [player.items_count for player in players],
        "items_fingerprint": [player.fingerprint for player in players],
    }
    with indexes_off(connection, (Player,), when=fills_much(len(new), len(players))):
        insert_columns(
            connection,
            Player,
            {
                "id": ids[new],
                "user_id": [players[index].user_id for index in new],
                **{name: [values[index] for index in new] for name, values in rows.items()},
            },
        )
    if written:
        connection.execute(
            update(table).where(table.c.id == bindparam("key")),
            [
                {"key": int(ids[index]), **{name: values[index] for name, values in rows.items()}}
                for index in written
            ],
        )
    return StoredPlayers(ids, new, written, changed, gone)


def remove_players(connection: Connection, players: Sequence[StagedPlayer]) -> RemovedPlayers:
    """Remove all who are not among `players`, with what is theirs."""
    table = table_of(Player)
    staying = {player.user_id for player in players}
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
