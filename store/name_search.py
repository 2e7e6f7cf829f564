"""Looking one kind of name up by a search key: exactly, by prefix, by words, and misspelt."""

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from store import sqlite
from store.models import NAMES_PER_KIND, Game, GameKind, Name, NameKind
from store.sqlite import NameRow

# No name that people type is longer; what was typed beyond it is not looked at.
_LONGEST_KEY = 120
_MOST_WORDS = 12
# A prefix that more names have is looked for from the highest rank on instead of being sorted.
_COMMON_PREFIX = 1_000
# Fewer characters may begin a single name by mere chance.
_DECIDING_PREFIX = 3
# A misspelt name is cut into so many pieces; few mistakes leave most of them whole.
_PIECES = 10
_CANDIDATES = 250
# Percentages of similarity, chosen on misspelt Steam titles: what is worth showing, and what needs no asking.
_SIMILAR = 70.0
_CLEAR = 85.0
_CLEAR_LEAD = 5.0
# A shorter name is part of many a word.
_SHORTEST_PART = 5

_ROMAN = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
    "xvi",
)
_NUMBER = re.compile(rf"[0-9]+|\b(?:{'|'.join(_ROMAN)})\b")


@dataclass(frozen=True)
class NameSearch:
    """The search for `key` among the names of one kind. Rows come in the order they should be shown."""

    session: Session
    kind: NameKind
    key: str

    def best(self, limit: int) -> list[NameRow]:
        """Return up to `limit` names: exact, then by prefix, then by words.

        If no name begins with the key or has words that do, the numerals are tried in their other form, and
        then names that resemble the key are added. Without a key: the highest ranked.
        """
        if not self.key:
            return self._rows(_names(self.kind).order_by(Name.rank).limit(limit))
        found = self._literal(limit)
        renumbered = self.renumbered()
        if renumbered is not None and not _any_by_words(found):
            found = _distinct(renumbered._literal(limit) + found)
        if not _any_by_words(found):
            found = _distinct(found + self._similar())
        return found[:limit]

    def exact(self) -> list[NameRow]:
        """Return the names with this very key, highest rank first."""
        return self._rows(_names(self.kind).where(Name.key == self.key).order_by(Name.rank))

    def only_one(self) -> NameRow | None:
        """Return the name that begins with the key or has words that do, if there is only one such name."""
        if len(self.key) < _DECIDING_PREFIX:
            return None
        prefixed = self.session.scalars(
            select(Name.key).where(*self._is_prefixed()).distinct().limit(2)
        ).all()
        if len(prefixed) > 1:
            return None
        rows = [row for row in self._with_words(limit=5) if row.by_words]
        if prefixed:
            rows = NameSearch(self.session, self.kind, prefixed[0]).exact() + rows
        return rows[0] if len({row.key for row in rows}) == 1 else None

    def clearly_meant(self) -> NameRow | None:
        """Return the name that the key misspells, if none resembles it nearly as much.

        A number is never a misspelling of another: "Half-Life 3" is not "Half-Life 2".
        """
        numbers = _numbers(self.key)
        scored = [
            (_closeness(self.key, row.key), row) for row in self._candidates if _numbers(row.key) == numbers
        ]
        if not scored:
            return None
        top, row = max(scored, key=lambda entry: entry[0])
        others = (score for score, other in scored if other.key != row.key)
        return row if top >= _CLEAR and top - max(others, default=0.0) >= _CLEAR_LEAD else None

    def renumbered(self) -> "NameSearch | None":
        """Return the search for the key with 5 for V and V for 5; None if it has no such number."""
        words = [_OTHER_NUMERAL.get(word, word) for word in self.key.split()]
        key = " ".join(words)
        return None if key == self.key else NameSearch(self.session, self.kind, key)

    def _literal(self, limit: int) -> list[NameRow]:
        found = _distinct(self.exact() + self._prefixed(limit))
        add_ons = self._add_ons(found)
        if len(found) >= limit and not add_ons:
            return found
        found = _distinct(found + self._with_words(limit))
        add_ons = self._add_ons(found)
        # "Civilization V" begins its add-ons' titles, but not its own: Sid Meier's Civilization V.
        return sorted(found, key=lambda row: (row.key != self.key, not row.by_words, row.ref_id in add_ons))

    def _add_ons(self, rows: list[NameRow]) -> set[int]:
        if self.kind is not NameKind.GAME or not rows:
            return set()
        among = Game.id.in_([row.ref_id for row in rows])
        return set(self.session.scalars(select(Game.id).where(among, Game.kind != GameKind.GAME)))

    def _prefixed(self, limit: int) -> list[NameRow]:
        matching = select(Name.id).where(*self._is_prefixed()).limit(_COMMON_PREFIX).subquery()
        count = self.session.scalar(select(func.count()).select_from(matching)) or 0
        prefix = self._short_key
        condition = (
            self._is_prefixed()
            if count < _COMMON_PREFIX
            else (func.substr(Name.key, 1, len(prefix)) == prefix,)
        )
        return self._rows(_names(self.kind).where(*condition).order_by(Name.rank).limit(limit))

    def _with_words(self, limit: int) -> list[NameRow]:
        words = self._short_key.split()[:_MOST_WORDS]
        if self._is_bare_number:
            return []
        if any(len(word) >= sqlite.SHORTEST_PIECE for word in words):
            return sqlite.names_with_words(self.session.connection(), self._ids, words, limit)
        if self.key.isascii():
            return []
        # One or two characters are a word of Chinese or Japanese, and too short for the index.
        within = _names(self.kind).where(Name.key.contains(self._short_key, autoescape=True))
        return self._rows(within.order_by(Name.rank).limit(limit), by_words=False)

    def _similar(self) -> list[NameRow]:
        scored = [(round(_similarity(self._short_key, row.key)), row) for row in self._candidates]
        similar = [entry for entry in scored if entry[0] >= _SIMILAR]
        return [row for _, row in sorted(similar, key=lambda entry: -entry[0])]

    @cached_property
    def _candidates(self) -> list[NameRow]:
        key = self._short_key
        if len(key) <= sqlite.SHORTEST_PIECE or self._is_bare_number:
            return []
        return sqlite.names_sharing_pieces(self.session.connection(), self._ids, _pieces(key), _CANDIDATES)

    @property
    def _short_key(self) -> str:
        return self.key[:_LONGEST_KEY].rstrip()

    @property
    def _ids(self) -> range:
        return range(self.kind * NAMES_PER_KIND, (self.kind + 1) * NAMES_PER_KIND)

    @property
    def _is_bare_number(self) -> bool:
        """Whether the key is digits of a SteamID64: very many share them, and none resembles another."""
        return self.kind is NameKind.PLAYER and self.key.isdigit()

    def _is_prefixed(self) -> tuple[ColumnElement[bool], ...]:
        prefix = self._short_key
        return (Name.kind == self.kind, Name.key >= prefix, Name.key < prefix + "\U0010ffff")

    def _rows(self, statement: Select[int, str, str], *, by_words: bool = True) -> list[NameRow]:
        return [
            NameRow(name_id, key, label, by_words) for name_id, key, label in self.session.execute(statement)
        ]


_OTHER_NUMERAL = {roman: str(number) for number, roman in enumerate(_ROMAN, start=1)}
_OTHER_NUMERAL |= {number: roman for roman, number in _OTHER_NUMERAL.items()}


def _names(kind: NameKind) -> Select[int, str, str]:
    return select(Name.id, Name.key, Name.label).where(Name.kind == kind)


def _distinct(rows: list[NameRow]) -> list[NameRow]:
    first: dict[int, NameRow] = {}
    for row in rows:
        first.setdefault(row.id, row)
    return list(first.values())


def _any_by_words(rows: list[NameRow]) -> bool:
    return any(row.by_words for row in rows)


def _pieces(key: str) -> list[str]:
    """Cut a key into at most `_PIECES` pieces: all trigrams of a short one, some tetragrams of a long one."""
    size = sqlite.SHORTEST_PIECE + (len(key) > _PIECES + 2)
    starts = len(key) - size + 1
    count = min(starts, _PIECES)
    return list(dict.fromkeys(key[at * starts // count :][:size] for at in range(count)))


def _closeness(key: str, other: str) -> float:
    """Return the similarity of two whole names, 0 to 100, whatever their spacing."""
    return fuzz.ratio(key.replace(" ", ""), other.replace(" ", ""))


def _similarity(key: str, other: str) -> float:
    """Return how much a name resembles what was typed, 0 to 100; a part of it that does counts for less."""
    whole = _closeness(key, other)
    if len(other) < _SHORTEST_PART:
        return whole
    return max(whole, fuzz.partial_ratio(key, other) * (0.9 if len(other) >= len(key) else 0.75))


def _numbers(key: str) -> list[str]:
    """Return the numbers in a key, Roman ones as digits, in order of size."""
    return sorted(_OTHER_NUMERAL[word] if word in _ROMAN else word for word in _NUMBER.findall(key))
