"""The names that people look things up by, and their ranks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import Connection

from ingest.bulk_insert import insert_columns, table_of
from ingest.stage import Staged
from ingest.stage.staged import Int32
from ingest.summarize.playtime import Totals
from store.anonymous import is_anonymous
from store.models import Developer, GameKind, Genre, Name, NameKind, Tag
from store.names.search_key import search_key


class _TitledGame(NamedTuple):
    """A game that has a title; `fame` is how many own or review it."""

    id: int
    title: str
    is_base: bool
    fame: int


def write_names(connection: Connection, staged: Staged, player_ids: Int32, totals: Totals) -> None:
    """Fill the names of games, developers, genres, tags and players, but not the full-text index over them.

    Ranks: base games before what belongs to them, then by how many own or review them; developers by the
    owners of their games; genres and tags by their games; players by what they own, but for anonymous ones,
    who have no name. Equals go by name.
    """
    owners = totals.owners.tolist()
    reviews = Counter(review.game_id for review in staged.reviews)
    titled = [
        _TitledGame(game.id, game.title, game.kind is GameKind.GAME, own + reviews[game.id])
        for game, own in zip(staged.games, owners, strict=True)
        if game.title
    ]
    titled.sort(key=lambda game: (not game.is_base, -game.fame, game.title, game.id))
    _write(connection, NameKind.GAME, ((game.id, game.title) for game in titled))

    developers: Counter[str] = Counter()
    genres: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for game, own in zip(staged.games, owners, strict=True):
        developers.update(dict.fromkeys(game.developers, own))
        genres.update(game.genres)
        tags.update(game.tags)
    _write(connection, NameKind.DEVELOPER, _ranked(developers, _ids(connection, Developer)))
    _write(connection, NameKind.GENRE, _ranked(genres, _ids(connection, Genre)))
    _write(connection, NameKind.TAG, _ranked(tags, _ids(connection, Tag)))

    users = (
        entry
        for entry in zip(player_ids.tolist(), staged.players.user_ids, totals.owned.tolist(), strict=True)
        if not is_anonymous(entry[1])
    )
    ranked = sorted(users, key=lambda entry: (-entry[2], entry[1]))
    _write(connection, NameKind.PLAYER, ((key, user_id) for key, user_id, _owned in ranked))


def _ids(connection: Connection, model: type) -> dict[str, int]:
    table = table_of(model)
    return {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}


def _ranked(counts: Mapping[str, int], ids: Mapping[str, int]) -> Iterable[tuple[int, str]]:
    return ((ids[name], name) for name in sorted(counts, key=lambda name: (-counts[name], name)))


def _write(connection: Connection, kind: NameKind, ranked: Iterable[tuple[int, str]]) -> None:
    rows = sorted((key, label, rank) for rank, (key, label) in enumerate(ranked))
    insert_columns(
        connection,
        Name,
        {
            "id": [Name.make_id(kind, key) for key, _label, _rank in rows],
            "kind": [int(kind)] * len(rows),
            "key": [search_key(label) for _key, label, _rank in rows],
            "label": [label for _key, label, _rank in rows],
            "rank": [rank for _key, _label, rank in rows],
        },
    )
