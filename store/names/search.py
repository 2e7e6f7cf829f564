"""Looking one kind of name up by a search key: exactly, by nickname, by prefix and words, and misspelt."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from store.dialect import SHORTEST_PIECE, NameRow
from store.models import NameKind
from store.names.editions import edition_key
from store.names.firms import firm_key, without_legal_form
from store.names.name_table import NameTable, distinct
from store.names.near_misses import NearMisses
from store.names.nicknames import KnownGame, game_called, games_with_nicknames_like
from store.names.numerals import has_numbers_of, in_digits, numbers, renumbered
from store.names.respelt import respellings, without_first
from store.names.search_key import squashed
from store.names.series import before_number, in_full, in_full_if_nothing_else, is_series
from store.names.studios import studios_beginning, studios_called
from store.names.vocabulary import names_beginning, names_called

# What describes games has names in several languages.
_DESCRIBING = (NameKind.GENRE, NameKind.TAG)

# No name that people type is longer; what was typed beyond it is not looked at.
_LONGEST_KEY = 120
_MOST_WORDS = 12
# Fewer characters may begin a single name by mere chance.
DECIDING_PREFIX = 3
USUAL_LIMIT = 25
# How many developers that begin with a firm's name are looked at for other spellings of it.
_MOST_OF_A_FIRM = 100


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
        resemble the key are added. Where no game has the number that ends the key, those come first that have
        the name before it. Without a key: the highest ranked.
        """
        if not self.key:
            return self._names.highest_ranked(limit)
        sure = [*self.exact, *self.called, *self.respelt]
        found = distinct([*sure, *self.by_words(limit)])
        found = distinct([*sure, *self._of_other_number(found, limit), *found])
        misspelt = self._near_misses.nicknamed
        if not any(row.by_words for row in found):
            near = self._near_misses.nearly_nicknamed + self._near_misses.similar()
            found = distinct(found + self.of_other_edition + misspelt + near)
        elif misspelt and not self.with_whole_words():
            found = distinct([*sure, *misspelt, *found])
        return found[:limit]

    @cached_property
    def exact(self) -> list[NameRow]:
        """The names with this very key, highest rank first."""
        return self._names.with_key(self.key)

    @cached_property
    def called(self) -> list[NameRow]:
        """What players call so, in whatever language, and games whose title it is but for spelling."""
        if self.kind in _DESCRIBING:
            return self._names.labelled(names_called(self.key))
        if self.kind is NameKind.DEVELOPER:
            return distinct(self._names.labelled(self.studios) + self._of_same_firm)
        if self.kind is not NameKind.GAME:
            return []
        found = self.nicknamed + self._names.games_spelt(squashed(in_digits(self.key)))
        # "cod" may be any of the series, "cod ghosts" is one game.
        if self._in_full is not None and " " in self.key:
            found += self._in_full.exact + self._in_full.called
        return distinct(found)

    @property
    def studios(self) -> tuple[str, ...]:
        """What the data may call the well-known studio that the key names, with a legal form or without."""
        return studios_called(self.key) or studios_called(without_legal_form(self.key))

    @property
    def _of_same_firm(self) -> list[NameRow]:
        """The developers whose name is the key but for spelling and legal form."""
        firm = without_legal_form(self.key)
        if len(firm) < DECIDING_PREFIX:
            return []
        return [
            row
            for row in self._names.beginning(firm, _MOST_OF_A_FIRM)
            if firm_key(row.label) == squashed(firm)
        ]

    @cached_property
    def nicknamed(self) -> list[NameRow]:
        """The game that has the key for a nickname, if it has a name in the data."""
        known = game_called(self.key)
        return [] if known is None else self._names.of_known([known])

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
        return distinct(plain.exact + plain.called)[:1]

    def by_words(self, limit: int) -> list[NameRow]:
        """Return the names that begin with the key or have words that do, or are called by its beginning.

        Names that merely contain what was typed follow those. Base games come before all else, first those of
        the series that the key begins with ("cod", "nfs most wanted").
        """
        return self._by_words[:limit] if limit <= USUAL_LIMIT else self._find_by_words(limit)

    @cached_property
    def _by_words(self) -> list[NameRow]:
        """As many as are usually asked for: understanding a name looks at them several times."""
        return self._find_by_words(USUAL_LIMIT)

    def _find_by_words(self, limit: int) -> list[NameRow]:
        of_series = [] if self._in_full is None else self._in_full._find_by_words(limit)
        of_short_series = self._of_short_series(limit)
        found = self._literally(limit)
        if self._other_numeral is not None and not any(row.by_words for row in self.without_add_ons(found)):
            # The V of "Fallout V" begins many a word.
            same = (row for row in self._other_numeral._literally(limit) if has_numbers_of(row.key, self.key))
            found = distinct([*found, *same])
        # Those of "civ" are of "Civilization", not of "Galactic Civilizations".
        series = {row.id for row in of_series if self._in_full and self._in_full._is_of_series(row)}
        if is_series(self.key):
            series |= {row.id for row in found if self._is_of_series(row)}
        found = distinct(of_series + found + of_short_series)
        add_ons = self._add_ons(found)
        return sorted(
            found, key=lambda row: (row.ref_id in add_ons, row.id not in series, not row.by_words, row.rank)
        )

    def _of_short_series(self, limit: int) -> list[NameRow]:
        """Return the games of a series in two letters, which begin or are part of other titles too."""
        series = in_full_if_nothing_else(self.key) if self.kind is NameKind.GAME else None
        if series is None or series == self.key or self._in_full is not None:
            return []
        return NameSearch(self.session, self.kind, series)._find_by_words(limit)

    def _of_other_number(self, found: Sequence[NameRow], limit: int) -> list[NameRow]:
        """Return the games of the name before the number that ends the key, where none of those found has it.

        "hl3" is no game, but Half-Life is. Other titles may have the words apart, as "Pinball FX3 - Portal ®
        Pinball" has those of "portal 3".
        """
        name = before_number(self.key) if self.kind is NameKind.GAME else None
        if name is None or self._is_written_in(found):
            return []
        plain = NameSearch(self.session, self.kind, name)
        return plain.best(limit) if is_series(name) or plain.exact or plain.called else []

    def _is_written_in(self, rows: Sequence[NameRow]) -> bool:
        """Return whether the key stands in the name of a game, which may go on with more."""
        keys = [in_digits(search.key) for search in (self, self._in_full) if search is not None]
        names = [f" {in_digits(row.key)}" for row in self.without_add_ons(rows)]
        return any(f" {key}" in name for key in keys for name in names)

    def is_phrase_of(self, row: NameRow) -> bool:
        """Return whether a name has the words in their order, or no others."""
        typed, name = in_digits(self.key), in_digits(row.key)
        return f" {typed}" in f" {name}" or sorted(typed.split()) == sorted(name.split())

    def _is_of_series(self, row: NameRow) -> bool:
        """Return whether a name is of the series that the key is, or begins with."""
        if not is_series(self.key):
            return self.is_phrase_of(row)
        return f" {in_digits(self.key)} " in f" {in_digits(row.key)} "

    def with_whole_words(self) -> list[NameRow]:
        """Return the games in whose names the key stands as it is, exact ones first."""
        games = self.without_add_ons(distinct(self.exact + self.by_words(USUAL_LIMIT)))
        typed = in_digits(self.key)
        return [row for row in games if f" {typed} " in f" {in_digits(row.key)} "]

    def resembles(self, row: NameRow) -> bool:
        """Return whether the key may be a misspelling of a name."""
        return self._near_misses.may_be(row)

    def clearly_meant(self) -> list[NameRow]:
        """Return the names that the key may misspell: what it resembles most, and what comes near that."""
        return self._near_misses.clearly_meant()

    def misspelt_nickname(self) -> NameRow | None:
        """Return the one game that has a nickname or title which the key misspells."""
        nicknamed = self._near_misses.nicknamed
        return nicknamed[0] if len(nicknamed) == 1 else None

    def missing(self) -> KnownGame | None:
        """Return the well-known game that the key misspells, if the data have no name of it."""
        return self._near_misses.missing()

    def without_add_ons(self, rows: Sequence[NameRow]) -> list[NameRow]:
        """Return the names of games rather than of add-ons and the like."""
        add_ons = self._add_ons(rows)
        return [row for row in rows if row.ref_id not in add_ons]

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
        prefixed = self._names.beginning(self._short_key, limit)
        if self.kind is NameKind.PLAYER and len(prefixed) >= limit:
            return prefixed  # players are called by one word, and there are very many
        return distinct(prefixed + self._called_by_beginning(limit, prefixed) + self._with_words(limit))

    def _called_by_beginning(self, limit: int, prefixed: Sequence[NameRow]) -> list[NameRow]:
        """Return what is called by something that begins with the key.

        Of games, where `prefixed` are as many as are asked for, only those that would be shown before the
        last of them.
        """
        if self.kind in _DESCRIBING:
            return self._names.labelled(names_beginning(self.key))
        if self.kind is NameKind.DEVELOPER and len(self.key) >= DECIDING_PREFIX:
            return self._names.labelled(studios_beginning(self.key))
        if self.kind is not NameKind.GAME or len(self.key) < DECIDING_PREFIX:
            return []
        below = prefixed[-1].rank if len(prefixed) >= limit else None
        aliased = self._names.games_called(squashed(in_digits(self._short_key)), limit, below=below)
        return aliased + self._names.of_known(games_with_nicknames_like(self.key))

    def _with_words(self, limit: int) -> list[NameRow]:
        words = self._short_key.split()[:_MOST_WORDS]
        if self.kind is NameKind.PLAYER and self.key.isdigit():
            return []  # very many share the digits of a SteamID64
        if any(len(word) >= SHORTEST_PIECE for word in words):
            return self._names.with_words(words, limit)
        if self.key.isascii():
            return []
        # One or two characters are a word of Chinese or Japanese, and too short for the index.
        return self._names.containing(self._short_key, limit)

    def _add_ons(self, rows: Sequence[NameRow]) -> set[int]:
        if self.kind is not NameKind.GAME:
            return set()
        unknown = [row.ref_id for row in rows if row.ref_id not in self._is_add_on]
        if unknown:
            found = self._names.add_ons(unknown)
            self._is_add_on.update((app_id, app_id in found) for app_id in unknown)
        return {row.ref_id for row in rows if self._is_add_on[row.ref_id]}

    @cached_property
    def _is_add_on(self) -> dict[int, bool]:
        """What was looked up of games so far: the same are asked about several times."""
        return {}

    @cached_property
    def _names(self) -> NameTable:
        return NameTable(self.session, self.kind)

    @cached_property
    def _near_misses(self) -> NearMisses:
        return NearMisses(self._names, self._short_key)

    @property
    def _short_key(self) -> str:
        return self.key[:_LONGEST_KEY].rstrip()
