"""Writing games and what describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import msgspec
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.clean.rows import CleanGame
from store.models import (
    Developer,
    Game,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameTag,
    Genre,
    Spec,
    Tag,
)
from store.models.base import Base
from store.runs import RowChanges

# The columns of a game that are fields of `CleanGame` too.
_COLUMNS = (
    "title",
    "listed",
    "kind",
    "publisher",
    "release_date",
    "release_year",
    "release_text",
    "price_cents",
    "early_access",
    "metascore",
    "steam_rating",
)


@dataclass(frozen=True, slots=True)
class _Description:
    """A list of a game, the table of its values, and the table that links the two."""

    field: str
    value: type[Base]
    link: type[Base]
    key: str


_DESCRIPTIONS = (
    _Description("developers", Developer, GameDeveloper, "developer_id"),
    _Description("genres", Genre, GameGenre, "genre_id"),
    _Description("tags", Tag, GameTag, "tag_id"),
    _Description("specs", Spec, GameSpec, "spec_id"),
)


def write_catalogue(connection: Connection, games: Sequence[CleanGame], *, anew: bool) -> RowChanges:
    """Write `games`, all there are, and return what changed among the listed ones.

    Those that do not differ are written too if `anew`. A game that is in the store and not in `games` stays,
    unlisted and without a description: libraries of people who left may have named it, and its id may stand
    in neighbours.
    """
    table = table_of(Game)
    stored = {
        app: (fingerprint, listed)
        for app, fingerprint, listed in connection.execute(
            select(table.c.id, table.c.fingerprint, table.c.listed)
        )
    }
    digests = {game.id: _fingerprint(game) for game in games}
    new = [game for game in games if game.id not in stored]
    changed = [game for game in games if game.id in stored and stored[game.id][0] != digests[game.id]]
    written = [game for game in games if game.id in stored] if anew else changed
    left = [app for app in stored if app not in digests and stored[app][1]]

    columns = {name: [getattr(game, name) for game in new] for name in _COLUMNS}
    insert_columns(
        connection,
        Game,
        {"id": [game.id for game in new], **columns, "fingerprint": [digests[game.id] for game in new]},
    )
    _update(connection, written, digests)
    _unlist(connection, left)
    _write_descriptions(connection, new, written, left)
    return _change(stored, new, changed, left)


def _change(
    stored: Mapping[int, tuple[bytes | None, bool]],
    new: Sequence[CleanGame],
    changed: Sequence[CleanGame],
    left: Sequence[int],
) -> RowChanges:
    """Count what changed among listed games; `stored` says of those before whether they were listed."""
    was_listed = {game.id: stored[game.id][1] for game in changed}
    return RowChanges(
        added=sum(game.listed for game in new)
        + sum(game.listed and not was_listed[game.id] for game in changed),
        changed=sum(game.listed and was_listed[game.id] for game in changed),
        gone=sum(was_listed[game.id] and not game.listed for game in changed) + len(left),
    )


def _fingerprint(game: CleanGame) -> bytes:
    return blake2b(msgspec.msgpack.encode(game), digest_size=16).digest()


def _update(connection: Connection, games: Sequence[CleanGame], digests: dict[int, bytes]) -> None:
    if games:
        table = table_of(Game)
        connection.execute(
            update(table).where(table.c.id == bindparam("app")),
            [
                {
                    "app": game.id,
                    "fingerprint": digests[game.id],
                    **{name: getattr(game, name) for name in _COLUMNS},
                }
                for game in games
            ],
        )


def _unlist(connection: Connection, apps: Sequence[int]) -> None:
    if apps:
        table = table_of(Game)
        connection.execute(
            update(table).where(table.c.id == bindparam("app")).values(listed=False, fingerprint=None),
            [{"app": app} for app in apps],
        )


def _write_descriptions(
    connection: Connection, new: Sequence[CleanGame], written: Sequence[CleanGame], left: Sequence[int]
) -> None:
    for description in _DESCRIPTIONS:
        link = table_of(description.link)
        stale = [game.id for game in written] + list(left)
        if stale:
            connection.execute(
                delete(link).where(link.c.game_id == bindparam("app")), [{"app": app} for app in stale]
            )
        described = [*new, *written]
        values = [getattr(game, description.field) for game in described]
        ids = _ids_of(connection, description.value, chain.from_iterable(values))
        insert_columns(
            connection,
            description.link,
            {
                "game_id": [game.id for game, names in zip(described, values, strict=True) for _ in names],
                description.key: [ids[name] for names in values for name in names],
                "position": [position for names in values for position in range(len(names))],
            },
        )
        value = table_of(description.value)
        used = select(link.c[description.key])
        connection.execute(delete(value).where(value.c.id.not_in(used)))


def _ids_of(connection: Connection, model: type[Base], names: Iterable[str]) -> dict[str, int]:
    """Return the id of each name, giving new ones to names that the table lacks."""
    table = table_of(model)
    ids: dict[str, int] = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    missing = sorted(set(names) - ids.keys())
    first = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    added = dict(zip(missing, range(first, first + len(missing)), strict=True))
    insert_columns(connection, model, {"id": list(added.values()), "name": list(added)})
    return ids | added
