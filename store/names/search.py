"""Looking one kind of name up by a search key: exactly, by nickname, by prefix and words, and misspelt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from store.dialect import (
    SHORTEST_PIECE,
    VALUES_TABLE,
    NameRow,
    Prepared,
    names_sharing_pieces,
    names_with_words,
    values_param,
)
from store.models import Game, GameAlias, GameKind, Name, NameKind
from store.names.editions import edition_key
from store.names.misspelt import closest, pieces_of, similarities
from store.names.nicknames import KnownGame, game_called, games_misspelt_as, games_with_nicknames_like
from store.names.numerals import in_digits, numbers, renumbered
from store.names.respelt import respellings, without_first
from store.names.search_key import search_key, squashed
from store.names.series import in_full, in_full_if_nothing_else
from store.names.studios import studios_beginning, studios_called
from store.names.vocabulary import names_beginning, names_called

T = TypeVar("T")

# What describes games has names in several languages.
_DESCRIBING = (NameKind.GENRE, NameKind.TAG)

# No name that people type is longer; what was typed beyond it is not looked at.
_LONGEST_KEY = 120
_MOST_WORDS = 12
# Where more names have a prefix, they are searched by rank instead of being sorted.
_COMMON_PREFIX = 4_000
# Fewer characters may begin a single name by mere chance.
_DECIDING_PREFIX = 3
_CANDIDATES = 100
_USUAL_LIMIT = 25
# A short one keeps few pieces whole, so names of its first letter and about its length are compared as well.
_SHORT = 8
# Percentages of similarity, chosen on misspelt Steam titles: from which a name is suggested, and from which
# it is taken as meant.
_SIMILAR = 70.0
_CLEAR = 85.0
_CLEAR_LEAD = 5.0
# The last character there is: what sorts between a key and the key with this begins with the key.
_LAST = "\U0010ffff"

_LIMIT = bindparam("limit", type_=Integer)
_NAMES = select(Name.id, Name.key, Name.label, Name.rank)
_OF_KIND = _NAMES.where(Name.kind == bindparam("kind"))
_IN_RANGE = (Name.key >= bindparam("start"), Name.key < bindparam("end"))
_HIGHEST_RANKED = Prepared(_OF_KIND.order_by(Name.rank).limit(_LIMIT))
_EXACT = Prepared(_OF_KIND.where(Name.key == bindparam("key")).order_by(Name.rank))
_BY_KEY = Prepared(_OF_KIND.where(Name.key.in_(select(VALUES_TABLE.c.value))).order_by(Name.rank))
_BY_ID = Prepared(_NAMES.where(Name.id.in_(select(VALUES_TABLE.c.value))).order_by(Name.rank))
_GAMES_CALLED = Prepared(
    select(GameAlias.game_id)
    .where(GameAlias.key >= bindparam("start"), GameAlias.key < bindparam("end"))
    .group_by(GameAlias.rank)
    .order_by(GameAlias.rank)
    .limit(_LIMIT)
)
_GAMES_SPELT = Prepared(
    select(GameAlias.game_id)
    .where(GameAlias.key == bindparam("key"), GameAlias.whole)
    .order_by(GameAlias.rank)
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
    _OF_KIND.where(func.substr(Name.key, 1, bindparam("length")) == bindparam("start"))
    .order_by(Name.rank)
    .limit(_LIMIT)
)
_COUNT_PREFIXED = Prepared(
    select(func.count()).select_from(
        select(Name.id).where(Name.kind == bindparam("kind"), *_IN_RANGE).limit(_COMMON_PREFIX).subquery()
    )
)
_CONTAINING = Prepared(_OF_KIND.where(Name.key.contains(bindparam("key"))).order_by(Name.rank).limit(_LIMIT))
_ALIKE_AT_FIRST_SIGHT = Prepared(
    _OF_KIND.where(
        *_IN_RANGE, func.length(Name.key).between(bindparam("shortest"), bindparam("longest"))
    ).limit(_LIMIT)
)
_ADD_ONS = Prepared(
    select(Game.id).where(Game.id.in_(select(VALUES_TABLE.c.value)), Game.kind != GameKind.GAME)
)


@dataclass(frozen=True)
class NameSearch:
    """The search for `key` among the names of one kind. Rows come in the order they should be shown."""

    session: Session
    kind: NameKind
    key: str

    def best(self, limit: int) -> list[NameRow]:
        """Return up to `limit` names: exact, then nicknames, then by words, which a prefix is too.

        Games come before add-ons and the like, and the better known first. If no game begins with the key or
        has words that do, the numerals are tried in their other form; if still nothing does, names that
        resemble the key are added. Without a key: the highest ranked.
        """
        if not self.key:
            return self._rows(_HIGHEST_RANKED, {"limit": limit})
        sure = [*self.exact, *self.called, *self.respelt]
        found = _distinct([*sure, *self.by_words(limit)])
        misspelt = [row for _, row in self._misspelt_nicknames]
        if not _any_by_words(found):
            found = _distinct(found + self.of_other_edition + misspelt + self._similar())
        elif misspelt and not self.with_whole_words():
            found = _distinct([*sure, *misspelt, *found])
        return found[:limit]

    @cached_property
    def exact(self) -> list[NameRow]:
        """The names with this very key, highest rank first."""
        return self._rows(_EXACT, {"key": self.key})

    @cached_property
    def called(self) -> list[NameRow]:
        """What players call so, in whatever language, and games whose title it is but for spelling."""
        if self.kind in _DESCRIBING:
            return self._labelled(names_called(self.key))
        if self.kind is NameKind.DEVELOPER:
            return self._labelled(studios_called(self.key))
        if self.kind is not NameKind.GAME:
            return []
        spelt_so = self._scalars(_GAMES_SPELT, {"key": squashed(in_digits(self.key))})
        found = self.nicknamed + self._games(spelt_so)
        # "cod" may be any of the series, "cod ghosts" is one game.
        if self._in_full is not None and " " in self.key:
            found += self._in_full.exact + self._in_full.called
        return _distinct(found)

    @cached_property
    def nicknamed(self) -> list[NameRow]:
        """The game that has the key for a nickname, if it has a name in the data."""
        known = game_called(self.key)
        return [] if known is None else self._named_as([known])

    @cached_property
    def respelt(self) -> list[NameRow]:
        """The game that is called so with its number as the title has it: "gta five", "fm 17", "quake 1"."""
        if self.kind is not NameKind.GAME:
            return []
        found = [row for other in respellings(self.key) for row in self._whole(other)]
        first = without_first(self.key)
        if first is not None:
            found += [row for row in self._whole(first) if numbers(row.key) == numbers(first)]
        return found[:1]

    def _whole(self, key: str) -> list[NameRow]:
        """Return what another key is the name of."""
        other = NameSearch(self.session, self.kind, key)
        return other.exact + other.called

    @cached_property
    def of_other_edition(self) -> list[NameRow]:
        """The game of which the key says an edition that the data do not have: "skyrim remastered"."""
        key = edition_key(self.key) if self.kind is NameKind.GAME else self.key
        if key == self.key:
            return []
        plain = NameSearch(self.session, self.kind, key)
        return _distinct(plain.exact + plain.called)[:1]

    def by_words(self, limit: int) -> list[NameRow]:
        """Return the names that begin with the key or have words that do, or are called by its beginning.

        Names that merely contain what was typed follow those. Base games come before all else, first those of
        the series that the key begins with ("cod", "nfs most wanted").
        """
        return self._by_words[:limit] if limit <= _USUAL_LIMIT else self._find_by_words(limit)

    @cached_property
    def _by_words(self) -> list[NameRow]:
        """As many as are usually asked for: understanding a name looks at them several times."""
        return self._find_by_words(_USUAL_LIMIT)

    def _find_by_words(self, limit: int) -> list[NameRow]:
        of_series = [] if self._in_full is None else self._in_full._find_by_words(limit)
        found = self._literally(limit)
        if self._other_numeral is not None and not any(row.by_words for row in self._base(found)):
            found = _distinct(found + self._other_numeral._literally(limit))
        if not found and self.kind is NameKind.GAME:
            of_series = self._of_short_series(limit)
        series = {row.id for row in of_series}
        found = _distinct(of_series + found)
        add_ons = self._add_ons(found)
        return sorted(
            found, key=lambda row: (row.ref_id in add_ons, row.id not in series, not row.by_words, row.rank)
        )

    def _of_short_series(self, limit: int) -> list[NameRow]:
        series = in_full_if_nothing_else(self.key)
        if series is None or series == self.key:
            return []
        return NameSearch(self.session, self.kind, series)._find_by_words(limit)

    def only_one(self) -> NameRow | None:
        """Return the name that begins with the key or has words that do, if there is only one such name."""
        if len(self.key) < _DECIDING_PREFIX:
            return None
        rows = [row for row in self.by_words(limit=5) if row.by_words]
        return rows[0] if len({row.key for row in rows}) == 1 else None

    def best_known(self) -> tuple[NameRow, NameRow | None] | None:
        """Return the best known game that has the words or is called so, and the next; add-ons are none.

        Games that have several words as they were typed, or no other words, go before those that have them
        apart. An edition of the first is no other game.
        """
        if len(self.key) < _DECIDING_PREFIX:
            return None
        games = [row for row in self._base(self.by_words(_USUAL_LIMIT)) if row.by_words]
        if " " in self.key:
            games = [row for row in games if self._is_phrase_of(row)] or games
        others = (row for row in games[1:] if edition_key(row.key) != edition_key(games[0].key))
        return (games[0], next(others, None)) if games else None

    def _is_phrase_of(self, row: NameRow) -> bool:
        """Tell whether a name has the words in their order, or no others."""
        typed, name = in_digits(self.key), in_digits(row.key)
        return f" {typed}" in f" {name}" or sorted(typed.split()) == sorted(name.split())

    def with_whole_words(self) -> list[NameRow]:
        """Return the games in whose names the key stands as it is, exact ones first."""
        games = self._base(_distinct(self.exact + self.by_words(_USUAL_LIMIT)))
        return [row for row in games if f" {self.key} " in f" {row.key} "]

    def resembles(self, row: NameRow) -> bool:
        """Tell whether the key may be a misspelling of a name."""
        return bool(closest(self.key, [row.key], _CLEAR))

    def clearly_meant(self) -> list[NameRow]:
        """Return the names that the key may misspell: that which it resembles most, and what comes near that.

        A number is never a misspelling of another: "Half-Life 3" is not "Half-Life 2".
        """
        own = numbers(self.key)
        # What resembles the key less does not come near one that does clearly.
        close = closest(self.key, [row.key for row in self._candidates], _CLEAR - _CLEAR_LEAD - 1)
        scored = [(score, self._candidates[at]) for at, score in close.items()]
        scored = [entry for entry in scored if numbers(entry[1].key) == own] + self._misspelt_nicknames
        top = max((score for score, _ in scored), default=0.0)
        if top < _CLEAR:
            return []
        near: dict[str, NameRow] = {}
        for score, row in sorted(scored, key=lambda entry: (-entry[0], entry[1].rank)):
            if top - score < _CLEAR_LEAD:
                near.setdefault(row.key, row)
        return list(near.values())

    def misspelt_nickname(self) -> NameRow | None:
        """Return the one game that has a nickname or title which the key misspells."""
        return self._misspelt_nicknames[0][1] if len(self._misspelt_nicknames) == 1 else None

    def missing(self) -> KnownGame | None:
        """Return the well-known game that the key misspells, if the data have no name of it."""
        game = self._close_nicknames[0][1] if self._close_nicknames else None
        return None if game is None or self._named_as([game]) else game

    @cached_property
    def _misspelt_nicknames(self) -> list[tuple[float, NameRow]]:
        """The games that have a nickname or title which the key misspells, by how much it resembles that."""
        close = {game.app: score for score, game in self._close_nicknames}
        rows = {row.ref_id: row for row in self._named_as([game for _, game in self._close_nicknames])}
        return [(score, rows[app]) for app, score in close.items() if app in rows]

    @cached_property
    def _close_nicknames(self) -> tuple[tuple[float, KnownGame], ...]:
        return games_misspelt_as(self.key, _CLEAR) if self.kind is NameKind.GAME else ()

    def is_base(self, row: NameRow) -> bool:
        """Tell whether a name is that of a game rather than an add-on and the like."""
        return bool(self._base([row]))

    @cached_property
    def _in_full(self) -> "NameSearch | None":
        """The search for the key with the series that it begins with in full; None if it has none."""
        key = in_full(self.key) if self.kind is NameKind.GAME else None
        return None if key is None else NameSearch(self.session, self.kind, key)

    @property
    def _other_numeral(self) -> "NameSearch | None":
        """The search for the key with 5 for V and V for 5; None if it has no such number."""
        key = renumbered(self.key)
        return None if key == self.key else NameSearch(self.session, self.kind, key)

    def _literally(self, limit: int) -> list[NameRow]:
        prefixed = self._prefixed(limit)
        if self.kind is NameKind.PLAYER and len(prefixed) >= limit:
            return prefixed  # players are called by one word, and there are very many
        return _distinct(prefixed + self._beginning(limit) + self._with_words(limit))

    def _beginning(self, limit: int) -> list[NameRow]:
        """Return what is called by something that begins with the key."""
        if self.kind in _DESCRIBING:
            return self._labelled(names_beginning(self.key))
        if self.kind is NameKind.DEVELOPER and len(self.key) >= _DECIDING_PREFIX:
            return self._labelled(studios_beginning(self.key))
        if self.kind is not NameKind.GAME or len(self.key) < _DECIDING_PREFIX:
            return []
        nicknamed = self._named_as(games_with_nicknames_like(self.key))
        start = squashed(in_digits(self._short_key))
        aliased = self._scalars(_GAMES_CALLED, {"start": start, "end": start + _LAST, "limit": limit})
        return self._games(aliased) + nicknamed

    def _labelled(self, labels: Sequence[str]) -> list[NameRow]:
        """Return the names that are any of the labels, in the order of these."""
        keys = [search_key(label) for label in labels]
        rows = self._rows(_BY_KEY, values_param(keys)) if keys else []
        return sorted(rows, key=lambda row: keys.index(row.key))

    def _games(self, app_ids: Sequence[int]) -> list[NameRow]:
        if not app_ids:
            return []
        return self._rows(_BY_ID, values_param([Name.make_id(self.kind, app_id) for app_id in app_ids]))

    def _named_as(self, games: Sequence[KnownGame]) -> list[NameRow]:
        """Return the names of those games that the data call so: an app id may be mistaken."""
        by_app = {game.app: game for game in games if game.app is not None}
        return [row for row in self._games(list(by_app)) if by_app[row.ref_id].is_called(row.key)]

    def _base(self, rows: Sequence[NameRow]) -> list[NameRow]:
        add_ons = self._add_ons(rows)
        return [row for row in rows if row.ref_id not in add_ons]

    def _add_ons(self, rows: Sequence[NameRow]) -> set[int]:
        if self.kind is not NameKind.GAME:
            return set()
        unknown = [row.ref_id for row in rows if row.ref_id not in self._is_add_on]
        if unknown:
            found = set(self._scalars(_ADD_ONS, values_param(unknown)))
            self._is_add_on.update((app_id, app_id in found) for app_id in unknown)
        return {row.ref_id for row in rows if self._is_add_on[row.ref_id]}

    @cached_property
    def _is_add_on(self) -> dict[int, bool]:
        """What was looked up of games so far: the same are asked about several times."""
        return {}

    def _prefixed(self, limit: int) -> list[NameRow]:
        (count,) = self._scalars(_COUNT_PREFIXED, self._range)
        if not count:
            return []
        if count < _COMMON_PREFIX:
            return self._rows(_PREFIXED, {**self._range, "limit": limit})
        prefix = self._short_key
        return self._rows(_COMMONLY_PREFIXED, {"start": prefix, "length": len(prefix), "limit": limit})

    def _with_words(self, limit: int) -> list[NameRow]:
        words = self._short_key.split()[:_MOST_WORDS]
        if self._is_bare_number:
            return []
        if any(len(word) >= SHORTEST_PIECE for word in words):
            return names_with_words(self.session.connection(), self._ids, words, limit)
        if self.key.isascii():
            return []
        # One or two characters are a word of Chinese or Japanese, and too short for the index.
        return self._rows(_CONTAINING, {"key": self._short_key, "limit": limit}, by_words=False)

    def _similar(self) -> list[NameRow]:
        scores = similarities(self._short_key, [row.key for row in self._candidates], _SIMILAR - 1)
        rounded = {at: round(score) for at, score in sorted(scores.items())}
        similar = [at for at, score in rounded.items() if score >= _SIMILAR]
        return [self._candidates[at] for at in sorted(similar, key=lambda at: -rounded[at])]

    @cached_property
    def _candidates(self) -> list[NameRow]:
        key = self._short_key
        if len(key) <= SHORTEST_PIECE or self._is_bare_number:
            return []
        shared = names_sharing_pieces(self.session.connection(), self._ids, pieces_of(key), _CANDIDATES)
        return _distinct(shared + self._alike_at_first_sight())

    def _alike_at_first_sight(self) -> list[NameRow]:
        # Tens of thousands of players begin with a 7, as every SteamID64 does.
        if len(self.key) > _SHORT or self.kind is NameKind.PLAYER:
            return []
        initial, length = self.key[0], len(self.key)
        span = {"start": initial, "end": initial + _LAST, "shortest": length - 1, "longest": length + 1}
        return self._rows(_ALIKE_AT_FIRST_SIGHT, {**span, "limit": _CANDIDATES})

    @property
    def _short_key(self) -> str:
        return self.key[:_LONGEST_KEY].rstrip()

    @property
    def _ids(self) -> range:
        return Name.ids_of(self.kind)

    @property
    def _is_bare_number(self) -> bool:
        """Whether the key is digits of a SteamID64: very many share them, and none resembles another."""
        return self.kind is NameKind.PLAYER and self.key.isdigit()

    @property
    def _range(self) -> dict[str, str]:
        """The range of keys that begin with this one."""
        return {"start": self._short_key, "end": self._short_key + _LAST}

    def _rows(
        self,
        statement: Prepared[int, str, str, int],
        parameters: Mapping[str, object],
        *,
        by_words: bool = True,
    ) -> list[NameRow]:
        found = statement.all(self.session.connection(), {"kind": self.kind, **parameters})
        return [NameRow(*row, by_words) for row in found]

    def _scalars(self, statement: Prepared[T], parameters: Mapping[str, object]) -> list[T]:
        return [
            value for (value,) in statement.all(self.session.connection(), {"kind": self.kind, **parameters})
        ]


def _distinct(rows: list[NameRow]) -> list[NameRow]:
    first: dict[int, NameRow] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return list(first.values())


def _any_by_words(rows: list[NameRow]) -> bool:
    return any(row.by_words for row in rows)
