"""Writing games and what describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import chain

import msgspec
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.clean.rows import CleanGame, CleanStorePage
from store.models import (
    Developer,
    Game,
    GameDeveloper,
    GameGenre,
    GameSpec,
    GameTag,
    GameTitle,
    Genre,
    Spec,
    StorePage,
    Tag,
)
from store.models.base import Base
from store.runs import RowChanges

# The columns of a game that `CleanGame` has too.
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
    "maturity",
)
_PAGE_COLUMNS = tuple(entry.name for entry in fields(CleanStorePage))


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
_LINKS = tuple(description.link for description in _DESCRIPTIONS)


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
    _delete_of(connection, [game.id for game in written] + left, (*_LINKS, StorePage, GameTitle))
    _write_descriptions(connection, [*new, *written])
    _write_pages(connection, [*new, *written])
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


def _delete_of(connection: Connection, apps: Sequence[int], models: Iterable[type[Base]]) -> None:
    """Delete the rows of these apps from tables that have a column `game_id`."""
    if apps:
        for table in map(table_of, models):
            connection.execute(
                delete(table).where(table.c.game_id == bindparam("app")), [{"app": app} for app in apps]
            )


def _write_descriptions(connection: Connection, games: Sequence[CleanGame]) -> None:
    for description in _DESCRIPTIONS:
        values = [getattr(game, description.field) for game in games]
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
        link, value = table_of(description.link), table_of(description.value)
        used = select(link.c[description.key])
        connection.execute(delete(value).where(value.c.id.not_in(used)))


def _write_pages(connection: Connection, games: Sequence[CleanGame]) -> None:
    pages = [(game.id, game.page) for game in games if game.page is not None]
    columns = {name: [getattr(page, name) for _, page in pages] for name in _PAGE_COLUMNS}
    insert_columns(connection, StorePage, {"game_id": [app for app, _ in pages], **columns})
    titles = [(game.id, *entry) for game in games for entry in game.titles]
    names = ("game_id", "language", "title")
    insert_columns(
        connection, GameTitle, {name: [row[place] for row in titles] for place, name in enumerate(names)}
    )


def _ids_of(connection: Connection, model: type[Base], names: Iterable[str]) -> dict[str, int]:
    """Return the id of each name, giving new ones to names that the table lacks."""
    table = table_of(model)
    ids: dict[str, int] = {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}
    missing = sorted(set(names) - ids.keys())
    first = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one() + 1
    added = dict(zip(missing, range(first, first + len(missing)), strict=True))
    insert_columns(connection, model, {"id": list(added.values()), "name": list(added)})
    return ids | added
