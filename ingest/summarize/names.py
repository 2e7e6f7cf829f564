"""The names that people look things up by, and their ranks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection

from ingest.bulk_insert import fills_much, indexes_off, insert_columns, table_of
from ingest.load import StoredPlayers
from ingest.stage import Staged
from ingest.summarize.ownership import Ownership
from ingest.touched import EVERYTHING, Touched
from store.dialect import rebuild_name_search, update_name_search
from store.models import Developer, GameKind, Genre, Name, NameKind, Tag
from store.names.fame import fame
from store.names.search_key import search_key
from store.people.anonymous import is_anonymous

_TITLED = Touched.APPS | Touched.TITLES | Touched.KINDS
_COUNTED = Touched.LIBRARIES | Touched.REVIEWS | Touched.RATINGS
# What the names of a kind, and their ranks, are made of.
MADE_OF = {
    NameKind.GAME: _TITLED | _COUNTED,
    NameKind.DEVELOPER: Touched.APPS | Touched.CREDITS | _COUNTED,
    NameKind.GENRE: Touched.GENRES,
    NameKind.TAG: Touched.TAGS,
    NameKind.PLAYER: Touched.PLAYERS | Touched.LIBRARIES,
}


class _TitledGame(NamedTuple):
    """A game that has a title; `fame` is how many know it."""

    id: int
    title: str
    is_base: bool
    fame: int


@dataclass(frozen=True, slots=True)
class NameChanges:
    """How the names of some kinds differ from those in the store before.

    `gone` are ids with their keys, `new` names by id as label and rank, and `moved` ids with another rank
    alone; a name with another label is gone and new. `kept` counts those with the same label.
    """

    gone: dict[int, str]
    new: dict[int, tuple[str, int]]
    moved: dict[int, int]
    kept: int

    @property
    def games(self) -> frozenset[int]:
        """The app ids of the games that have another name than before, or are new or gone."""
        games = Name.ids_of(NameKind.GAME)
        return frozenset(Name.ref_of(name) for name in (*self.gone, *self.new) if name in games)


def write_names(
    connection: Connection,
    staged: Staged,
    ownership: Ownership,
    players: StoredPlayers,
    touched: Touched,
) -> NameChanges:
    """Bring the names of games, developers, genres, tags and players up to date, but not the index over them.

    Ranks: base games before what belongs to them, then by how many own, review or rate them; developers by
    how many do so with their games; genres and tags by their games; players by what they own, but for
    anonymous ones, who have no name. Equals go by name.
    """
    ranked = {
        NameKind.GAME: lambda: _games(staged, ownership),
        NameKind.DEVELOPER: lambda: _developers(connection, staged, ownership),
        NameKind.GENRE: lambda: _described(connection, Genre, (game.genres for game in staged.games)),
        NameKind.TAG: lambda: _described(connection, Tag, (game.tags for game in staged.games)),
        NameKind.PLAYER: lambda: _players(staged, ownership, players),
    }
    kinds = [kind for kind in NameKind if touched & MADE_OF[kind]]
    if not kinds:
        return NameChanges({}, {}, {}, 0)
    wanted = {
        Name.make_id(kind, key): (label, rank)
        for kind in kinds
        for rank, (key, label) in enumerate(ranked[kind]())
    }
    if touched == EVERYTHING:
        # Keys too may be made by other rules than those in the store.
        connection.execute(delete(table_of(Name)))
        changes = NameChanges({}, wanted, {}, 0)
    else:
        changes = _compare(connection, kinds, wanted)
    _write(connection, changes)
    return changes


def index_names(connection: Connection, changes: NameChanges) -> None:
    """Bring the full-text index over the names up to date with what `write_names` changed."""
    if fills_much(len(changes.gone) + len(changes.new), changes.kept + len(changes.new)):
        rebuild_name_search(connection)
    else:
        keys = {name: search_key(label) for name, (label, _rank) in changes.new.items()}
        update_name_search(connection, gone=changes.gone, new=keys)


def _games(staged: Staged, ownership: Ownership) -> Iterable[tuple[int, str]]:
    titled = [
        _TitledGame(game.id, game.title, game.kind is GameKind.GAME, known_by)
        for game, known_by in zip(staged.games, _fame(staged, ownership), strict=True)
        if game.title
    ]
    titled.sort(key=lambda game: (not game.is_base, -game.fame, game.title, game.id))
    return ((game.id, game.title) for game in titled)


def _fame(staged: Staged, ownership: Ownership) -> Iterator[int]:
    """Yield how many people know each game."""
    reviews = Counter(review.game_id for review in staged.reviews)
    for game, owners in zip(staged.games, ownership.owners.tolist(), strict=True):
        yield fame(owners, reviews[game.id], game.page.rating_count if game.page else None)


def _developers(connection: Connection, staged: Staged, ownership: Ownership) -> Iterable[tuple[int, str]]:
    known_by: Counter[str] = Counter()
    for game, people in zip(staged.games, _fame(staged, ownership), strict=True):
        known_by.update(dict.fromkeys(game.developers, people))
    return _ranked(known_by, _ids(connection, Developer))


def _described(
    connection: Connection, model: type, names_of_games: Iterable[tuple[str, ...]]
) -> Iterable[tuple[int, str]]:
    games: Counter[str] = Counter()
    for names in names_of_games:
        games.update(names)
    return _ranked(games, _ids(connection, model))


def _players(staged: Staged, ownership: Ownership, players: StoredPlayers) -> Iterable[tuple[int, str]]:
    users = (
        entry
        for entry in zip(players.ids.tolist(), staged.players.user_ids, ownership.owned.tolist(), strict=True)
        if not is_anonymous(entry[1])
    )
    ranked = sorted(users, key=lambda entry: (-entry[2], entry[1]))
    return ((key, user_id) for key, user_id, _owned in ranked)


def _ids(connection: Connection, model: type) -> dict[str, int]:
    table = table_of(model)
    return {name: key for key, name in connection.execute(select(table.c.id, table.c.name))}


def _ranked(counts: Mapping[str, int], ids: Mapping[str, int]) -> Iterable[tuple[int, str]]:
    return ((ids[name], name) for name in sorted(counts, key=lambda name: (-counts[name], name)))


def _compare(
    connection: Connection, kinds: Iterable[NameKind], wanted: dict[int, tuple[str, int]]
) -> NameChanges:
    """Compare all names of some kinds, as they are to be, with those in the store."""
    new, gone, moved, kept = dict(wanted), dict[int, str](), dict[int, int](), 0
    for name, key, label, rank in _stored(connection, kinds):
        label_wanted, rank_wanted = new.get(name, (None, rank))
        if label_wanted != label:
            gone[name] = key
            continue
        del new[name]
        kept += 1
        if rank_wanted != rank:
            moved[name] = rank_wanted
    return NameChanges(gone, new, moved, kept)


def _stored(connection: Connection, kinds: Iterable[NameKind]) -> Iterator[tuple[int, str, str, int]]:
    table = table_of(Name)
    rows = select(table.c.id, table.c.key, table.c.label, table.c.rank)
    for kind in kinds:
        ids = Name.ids_of(kind)
        yield from map(tuple, connection.execute(rows.where(table.c.id.between(ids[0], ids[-1]))))


def _write(connection: Connection, changes: NameChanges) -> None:
    table = table_of(Name)
    new = {name: (search_key(label), label, rank) for name, (label, rank) in sorted(changes.new.items())}
    is_much = fills_much(len(changes.gone) + len(new) + len(changes.moved), changes.kept + len(new))
    with indexes_off(connection, (Name,), when=is_much):
        by_id = table.c.id == bindparam("name")
        if changes.gone:
            connection.execute(delete(table).where(by_id), [{"name": name} for name in changes.gone])
        if changes.moved:
            connection.execute(
                update(table).where(by_id).values(rank=bindparam("new_rank")),
                [{"name": name, "new_rank": rank} for name, rank in changes.moved.items()],
            )
        insert_columns(
            connection,
            Name,
            {
                "id": list(new),
                "kind": [int(Name.kind_of(name)) for name in new],
                "key": [key for key, _label, _rank in new.values()],
                "label": [label for _key, label, _rank in new.values()],
                "rank": [rank for _key, _label, rank in new.values()],
            },
        )
