"""Writing what describes games: developers, genres, tags and specs."""

from collections.abc import Iterable, Sequence
from itertools import chain

from sqlalchemy import delete, exists, func, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.clean.rows import CleanGame
from store.catalogue.descriptions import DESCRIPTIONS, names_by_game
from store.models.base import Base

LINKS = tuple(tables.link for tables in DESCRIPTIONS.values())


def write_descriptions(connection: Connection, games: Sequence[CleanGame]) -> None:
    """Write the descriptions of games that have none in the store."""
    for field, tables in DESCRIPTIONS.items():
        values = [getattr(game, field) for game in games]
        ids = _ids_of(connection, tables.name, chain.from_iterable(values))
        insert_columns(
            connection,
            tables.link,
            {
                "game_id": [game.id for game, names in zip(games, values, strict=True) for _ in names],
                tables.name_id.key: [ids[name] for names in values for name in names],
                "position": [position for names in values for position in range(len(names))],
            },
        )


def delete_unused(connection: Connection) -> None:
    """Delete the developers, genres, tags and specs that no game has."""
    for tables in DESCRIPTIONS.values():
        link, value = table_of(tables.link), table_of(tables.name)
        used = exists().where(link.c[tables.name_id.key] == value.c.id)
        connection.execute(delete(value).where(~used))


def names_of(connection: Connection, field: str, apps: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return what the store has for a list of some games, in its order; a game without any is left out."""
    tables = DESCRIPTIONS[field]
    return names_by_game(connection, tables.rows.where(tables.link.game_id.in_(apps)))


def _ids_of(connection: Connection, model: type[Base], names: Iterable[str]) -> dict[str, int]:
    """Return the id of each name, giving new ones to names that the table lacks."""
    table = table_of(model)
    ids: dict[str, int] = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    missing = sorted(set(names) - ids.keys())
    first = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    added = dict(zip(missing, range(first, first + len(missing)), strict=True))
    insert_columns(connection, model, {"id": list(added.values()), "name": list(added)})
    return ids | added
