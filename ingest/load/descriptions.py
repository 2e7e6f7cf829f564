"""Writing what describes games: developers, genres, tags and specs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import delete, exists, func, select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.clean.rows import CleanGame
from store.models import (
    Developer,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameTag,
    Genre,
    Spec,
    Tag,
)
from store.models.base import Base


@dataclass(frozen=True, slots=True)
class _Description:
    """The table of the values of a list of a game, and the table that links the two."""

    value: type[Base]
    link: type[Base]
    key: str


_DESCRIPTIONS = {
    "developers": _Description(Developer, GameDeveloper, "developer_id"),
    "genres": _Description(Genre, GameGenre, "genre_id"),
    "tags": _Description(Tag, GameTag, "tag_id"),
    "specs": _Description(Spec, GameSpec, "spec_id"),
}
LINKS = tuple(description.link for description in _DESCRIPTIONS.values())


def write_descriptions(connection: Connection, games: Sequence[CleanGame]) -> None:
    """Write the descriptions of games that have none in the store."""
    for field, description in _DESCRIPTIONS.items():
        values = [getattr(game, field) for game in games]
        ids = _ids_of(connection, description.value, chain.from_iterable(values))
        insert_columns(
            connection,
            description.link,
            {
                "game_id": [game.id for game, names in zip(games, values, strict=True) for _ in names],
                description.key: [ids[name] for names in values for name in names],
                "position": [position for names in values for position in range(len(names))],
            },
        )


def delete_unused(connection: Connection) -> None:
    """Delete the developers, genres, tags and specs that no game has."""
    for description in _DESCRIPTIONS.values():
        link, value = table_of(description.link), table_of(description.value)
        used = exists().where(link.c[description.key] == value.c.id)
        connection.execute(delete(value).where(~used))


def names_of(connection: Connection, field: str, apps: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return what the store has for a list of some games, in its order; a game without any is left out."""
    description = _DESCRIPTIONS[field]
    link, value = table_of(description.link), table_of(description.value)
    rows = connection.execute(
        select(link.c.game_id, value.c.name)
        .join(value, value.c.id == link.c[description.key])
        .where(link.c.game_id.in_(apps))
        .order_by(link.c.game_id, link.c.position)
    )
    names: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for app, name in rows:
        names[app] += (name,)
    return names


def _ids_of(connection: Connection, model: type[Base], names: Iterable[str]) -> dict[str, int]:
    """Return the id of each name, giving new ones to names that the table lacks."""
    table = table_of(model)
    ids: dict[str, int] = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    missing = sorted(set(names) - ids.keys())
    first = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    added = dict(zip(missing, range(first, first + len(missing)), strict=True))
    insert_columns(connection, model, {"id": list(added.values()), "name": list(added)})
    return ids | added
