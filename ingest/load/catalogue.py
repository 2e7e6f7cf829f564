"""Writing games, their store pages and what describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b

import msgspec
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.clean.rows import CleanGame, CleanStorePage
from ingest.load.descriptions import LINKS, delete_unused, write_descriptions
from ingest.load.facts import facts_of, stored_facts, touched_by
from ingest.touched import EVERYTHING, Touched
from store.models import Game, GameTitle, StorePage
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
class CatalogueChanges:
    """What changed among listed games, and which facts differ of any."""

    games: RowChanges
    touched: Touched


def write_catalogue(connection: Connection, games: Sequence[CleanGame], *, rewrite: bool) -> CatalogueChanges:
    """Write `games`, which are the whole catalogue.

    With `rewrite`, games that do not differ are written too. One in the store and not in `games` stays,
    unlisted and without a description or a fingerprint: libraries of people who left may have named it, and
    its id may stand in neighbours.
    """
    table = table_of(Game)
    stored = {
        app: (fingerprint, listed)
        for app, fingerprint, listed in connection.execute(
            select(table.c.id, table.c.fingerprint, table.c.listed)
        ).all()
    }
    digests = {game.id: _fingerprint(game) for game in games}
    new = [game for game in games if game.id not in stored]
    changed = [game for game in games if game.id in stored and stored[game.id][0] != digests[game.id]]
    written = [game for game in games if game.id in stored] if rewrite else changed
    left = [
        app
        for app, (fingerprint, listed) in stored.items()
        if app not in digests and (listed or fingerprint is not None)
    ]
    some = [*new, *written]
    is_much = rewrite or fills_much(len(some), len(games))
    before = {} if is_much else stored_facts(connection, [game.id for game in written] + left)

    columns = {name: [getattr(game, name) for game in new] for name in _COLUMNS}
    insert_columns(
        connection,
        Game,
        {"id": [game.id for game in new], **columns, "fingerprint": [digests[game.id] for game in new]},
    )
    _update(connection, written, digests)
    _unlist(connection, left)
    with indexes_off(connection, LINKS, when=is_much):
        _delete_of(connection, [game.id for game in written] + left, (*LINKS, StorePage, GameTitle))
        write_descriptions(connection, some)
        _write_pages(connection, some)
    if written or left:
        delete_unused(connection)
    return CatalogueChanges(
        _change(stored, new, changed, left),
        EVERYTHING if is_much else touched_by(before, {game.id: facts_of(game) for game in some}),
    )


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
        gone=sum(was_listed[game.id] and not game.listed for game in changed)
        + sum(stored[app][1] for app in left),
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


def _write_pages(connection: Connection, games: Sequence[CleanGame]) -> None:
    pages = [(game.id, game.page) for game in games if game.page is not None]
    columns = {name: [getattr(page, name) for _, page in pages] for name in _PAGE_COLUMNS}
    insert_columns(connection, StorePage, {"game_id": [app for app, _ in pages], **columns})
    titles = [(game.id, *entry) for game in games for entry in game.titles]
    names = ("game_id", "language", "title")
    insert_columns(
        connection, GameTitle, {name: [row[place] for row in titles] for place, name in enumerate(names)}
    )
