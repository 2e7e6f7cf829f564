"""What the tables of names and aliases are asked, each question by a statement of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from store.dialect import (
    VALUES_TABLE,
    NameRow,
    Prepared,
    names_sharing_pieces,
    names_with_words,
    values_param,
)
from store.models import Game, GameAlias, GameKind, Name, NameKind
from store.names.nicknames import KnownGame
from store.names.search_key import search_key

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# Of more names that are written alike, those of lower rank are not looked at. SQLite takes -1 for all.
_MOST_ALIKE = 100
_ALL = -1
# Where more names have a prefix, those of this many of the highest ranks are looked at before all are sorted.
_COMMON_PREFIX = 4_000
_HIGHEST_RANKS = 10_000
_CANDIDATES = 100
# The last character there is: what sorts between a key and the key with this begins with the key.
_LAST = "\U0010ffff"
# No game has as high a rank.
_NO_RANK = 2**31 - 1

_LIMIT = bindparam("limit", type_=Integer)
_NAMES = select(Name.id, Name.key, Name.label, Name.rank)
_OF_KIND = _NAMES.where(Name.kind == bindparam("kind"))
_IN_RANGE = (Name.key >= bindparam("start"), Name.key < bindparam("end"))
_HIGHEST_RANKED = Prepared(_OF_KIND.order_by(Name.rank).limit(_LIMIT))
_EXACT = Prepared(_OF_KIND.where(Name.key == bindparam("key")).order_by(Name.rank).limit(_LIMIT))
_BY_KEY = Prepared(_OF_KIND.where(Name.key.in_(select(VALUES_TABLE.c.value))).order_by(Name.rank))
_BY_ID = Prepared(_NAMES.where(Name.id.in_(select(VALUES_TABLE.c.value))).order_by(Name.rank))
_GAMES_CALLED = Prepared(
    select(GameAlias.game_id, GameAlias.rank).where(
        GameAlias.key >= bindparam("start"),
        GameAlias.key < bindparam("end"),
        GameAlias.rank < bindparam("below"),
    )
)
_GAMES_SPELT = Prepared(
    select(GameAlias.game_id)
    .where(GameAlias.key == bindparam("key"), GameAlias.whole)
    .order_by(GameAlias.rank)
    .limit(_LIMIT)
)
# A covering index is sorted; the labels are looked up for the few names that are shown.
_FIRST_PREFIXED = (
    select(Name.id)
    .where(Name.kind == bindparam("kind"), *_IN_RANGE)
    .order_by(Name.rank)
    .limit(_LIMIT)
    .subquery()
)
_PREFIXED = Prepared(_NAMES.join(_FIRST_PREFIXED, _FIRST_PREFIXED.c.id == Name.id).order_by(Name.rank))
_COMMONLY_PREFIXED = Prepared(
    _OF_KIND.where(
        Name.rank < _HIGHEST_RANKS, func.substr(Name.key, 1, bindparam("length")) == bindparam("start")
    )
    .order_by(Name.rank)
    .limit(_LIMIT)
)
_COUNT_PREFIXED = Prepared(
    select(func.count()).select_from(
        select(Name.id).where(Name.kind == bindparam("kind"), *_IN_RANGE).limit(_COMMON_PREFIX).subquery()
    )
)
_CONTAINING = Prepared(_OF_KIND.where(Name.key.contains(bindparam("key"))).order_by(Name.rank).limit(_LIMIT))
_OF_LENGTH = Prepared(
    _OF_KIND.where(
        *_IN_RANGE, func.length(Name.key).between(bindparam("shortest"), bindparam("longest"))
    ).limit(_LIMIT)
)
_ADD_ONS = Prepared(
    select(Game.id).where(Game.id.in_(select(VALUES_TABLE.c.value)), Game.kind != GameKind.GAME)
)


@dataclass(frozen=True)
class NameTable:
    """The names of one kind. Rows come highest rank first where nothing else is said."""

    session: Session
    kind: NameKind

    def highest_ranked(self, limit: int) -> list[NameRow]:
        """Return the names of the highest rank."""
        return self._rows(_HIGHEST_RANKED, {"limit": limit})

    def with_key(self, key: str) -> list[NameRow]:
        """Return the names with a search key: the first hundred, of players all, who are never guessed at."""
        limit = _ALL if self.kind is NameKind.PLAYER else _MOST_ALIKE
        return self._rows(_EXACT, {"key": key, "limit": limit})

    def labelled(self, labels: Sequence[str]) -> list[NameRow]:
        """Return the names that are any of the labels, in the order of these."""
        keys = [search_key(label) for label in labels]
        rows = self._rows(_BY_KEY, values_param(keys)) if keys else []
        return sorted(rows, key=lambda row: keys.index(row.key))

    def of_games(self, app_ids: Sequence[int]) -> list[NameRow]:
        """Return the names of some games."""
        if not app_ids:
            return []
        return self._rows(_BY_ID, values_param([Name.make_id(self.kind, app_id) for app_id in app_ids]))

    def of_known(self, games: Sequence[KnownGame]) -> list[NameRow]:
        """Return the names of those games that the data call so: an app id may be mistaken."""
        by_app = {game.app: game for game in games if game.app is not None}
        return [row for row in self.of_games(list(by_app)) if by_app[row.ref_id].is_called(row.key)]

    def beginning(self, start: str, limit: int) -> list[NameRow]:
        """Return the names whose search key begins so."""
        span = _beginning(start)
        (count,) = self._scalars(_COUNT_PREFIXED, span)
        if not count:
            return []
        if count >= _COMMON_PREFIX:
            known = self._rows(_COMMONLY_PREFIXED, {"start": start, "length": len(start), "limit": limit})
            if len(known) == limit:
                return known
        return self._rows(_PREFIXED, {**span, "limit": limit})

    def with_words(self, words: Sequence[str], limit: int) -> list[NameRow]:
        """Return the names in which each word begins one, then those that merely contain all of them."""
        return names_with_words(self.session.connection(), self._ids, words, limit)

    def containing(self, text: str, limit: int) -> list[NameRow]:
        """Return the names whose search key has a text in it; every one is looked at."""
        return self._rows(_CONTAINING, {"key": text, "limit": limit}, by_words=False)

    def sharing_pieces(self, pieces: Sequence[str]) -> list[NameRow]:
        """Return a hundred names that have most of some pieces of a name in them, in no order."""
        return names_sharing_pieces(self.session.connection(), self._ids, pieces, _CANDIDATES)

    def of_length(self, initial: str, shortest: int, longest: int) -> list[NameRow]:
        """Return a hundred names of a first character and about a length, in no order."""
        lengths = {"shortest": shortest, "longest": longest}
        return self._rows(_OF_LENGTH, {**_beginning(initial), **lengths, "limit": _CANDIDATES})

    def games_called(self, start: str, limit: int, *, below: int | None = None) -> list[NameRow]:
        """Return the games an alias of which begins so; with `below`, those alone whose rank is before it.

        Very many aliases may begin so, of which few are before a rank and need be sorted.
        """
        before = {"below": _NO_RANK if below is None else below}
        ranks = dict(self._all(_GAMES_CALLED, {**_beginning(start), **before}))
        return self.of_games(sorted(ranks, key=ranks.__getitem__)[:limit])

    def games_spelt(self, key: str) -> list[NameRow]:
        """Return the first hundred games whose whole title has an alias."""
        return self.of_games(self._scalars(_GAMES_SPELT, {"key": key, "limit": _MOST_ALIKE}))

    def add_ons(self, app_ids: Sequence[int]) -> set[int]:
        """Return those of some games that belong to another one, or are none."""
        return set(self._scalars(_ADD_ONS, values_param(app_ids)))

    @property
    def _ids(self) -> range:
        return Name.ids_of(self.kind)

    def _rows(
        self,
        statement: Prepared[int, str, str, int],
        parameters: Mapping[str, object],
        *,
        by_words: bool = True,
    ) -> list[NameRow]:
        return [NameRow(*row, by_words) for row in self._all(statement, parameters)]

    def _scalars(self, statement: Prepared[T], parameters: Mapping[str, object]) -> list[T]:
        return [value for (value,) in self._all(statement, parameters)]

    def _all(self, statement: Prepared[*Ts], parameters: Mapping[str, object]) -> list[tuple[*Ts]]:
        return statement.all(self.session.connection(), {"kind": self.kind, **parameters})


def _beginning(start: str) -> dict[str, str]:
    """Return the parameters of the range of all keys that begin so."""
    return {"start": start, "end": start + _LAST}


def distinct(rows: Iterable[NameRow]) -> list[NameRow]:
    """Return each name once, where it comes first."""
    first: dict[int, NameRow] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return list(first.values())
