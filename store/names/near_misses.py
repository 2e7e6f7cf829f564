"""The names that a misspelt search key comes near to."""

from dataclasses import dataclass
from functools import cached_property

from store.dialect import SHORTEST_PIECE, NameRow
from store.models import NameKind
from store.names.misspelt import closest, pieces_of, similarities
from store.names.name_table import NameTable, distinct
from store.names.nicknames import KnownGame, games_misspelt_as
from store.names.numerals import in_digits, numbers

# A short one keeps few pieces whole, so names of its first letter and about its length are compared as well.
_SHORT = 8
# Percentages of similarity, chosen on misspelt Steam titles: from which a name is suggested, from which a
# nickname is (one letter of six is another), and from which either is taken as meant.
_SIMILAR = 70.0
_NEAR = 80.0
_CLEAR = 85.0
_CLEAR_LEAD = 5.0


@dataclass(frozen=True)
class NearMisses:
    """What resembles the search key `key` among the names of a table, and among nicknames."""

    names: NameTable
    key: str

    def may_be(self, row: NameRow) -> bool:
        """Return whether the key may be a misspelling of a name."""
        return bool(closest(self.key, [row.key], _CLEAR))

    def clearly_meant(self) -> list[NameRow]:
        """Return the names that the key may misspell: that which it resembles most, and what comes near that.

        A number is never a misspelling of another: "Half-Life 3" is not "Half-Life 2".
        """
        own = numbers(self.key)
        # What resembles the key less does not come near one that does clearly.
        close = closest(self.key, [row.key for row in self._candidates], _CLEAR - _CLEAR_LEAD - 1)
        scored = [(score, self._candidates[at]) for at, score in close.items()]
        scored = [
            (score, row)
            for score, row in scored
            if numbers(row.key) == own and not self._goes_on_after(row.key)
        ]
        scored += self._scored_nicknamed
        top = max((score for score, _ in scored), default=0.0)
        if top < _CLEAR:
            return []
        near: dict[str, NameRow] = {}
        for score, row in sorted(scored, key=lambda entry: (-entry[0], entry[1].rank)):
            if top - score < _CLEAR_LEAD:
                near.setdefault(row.key, row)
        return list(near.values())

    @property
    def nicknamed(self) -> list[NameRow]:
        """The games that have a nickname or title which the key misspells, what it resembles most first."""
        return [row for _, row in self._scored_nicknamed]

    @property
    def nearly_nicknamed(self) -> list[NameRow]:
        """The games that have a nickname or title which the key comes near to."""
        near = games_misspelt_as(self.key, _NEAR) if self.names.kind is NameKind.GAME else ()
        return self.names.of_known([game for _, game in near if not any(map(self._goes_on_after, game.said))])

    def similar(self) -> list[NameRow]:
        """Return the names that resemble the key, what does most first."""
        scores = similarities(self.key, [row.key for row in self._candidates], _SIMILAR - 1)
        rounded = {at: round(score) for at, score in sorted(scores.items())}
        similar = [at for at, score in rounded.items() if score >= _SIMILAR]
        return [self._candidates[at] for at in sorted(similar, key=lambda at: -rounded[at])]

    def missing(self) -> KnownGame | None:
        """Return the well-known game that the key misspells, if the data have no name of it."""
        game = self._known[0][1] if self._known else None
        return None if game is None or self.names.of_known([game]) else game

    @cached_property
    def _scored_nicknamed(self) -> list[tuple[float, NameRow]]:
        misspelt = [entry for entry in self._known if not any(map(self._goes_on_after, entry[1].said))]
        close = {game.app: score for score, game in misspelt}
        rows = {row.ref_id: row for row in self.names.of_known([game for _, game in misspelt])}
        return [(score, rows[app]) for app, score in close.items() if app in rows]

    def _goes_on_after(self, name: str) -> bool:
        """Return whether the key is a name and more words, which are no slip: "hitman bm" is not "hitman"."""
        return f"{in_digits(self.key)} ".startswith(f"{in_digits(name)} ")

    @cached_property
    def _known(self) -> tuple[tuple[float, KnownGame], ...]:
        return games_misspelt_as(self.key, _CLEAR) if self.names.kind is NameKind.GAME else ()

    @cached_property
    def _candidates(self) -> list[NameRow]:
        is_player = self.names.kind is NameKind.PLAYER
        # None resembles another by the digits of a SteamID64, which very many players share.
        if len(self.key) <= SHORTEST_PIECE or (is_player and self.key.isdigit()):
            return []
        found = self.names.sharing_pieces(pieces_of(self.key))
        # Tens of thousands of players begin with a 7, as every SteamID64 does.
        if len(self.key) <= _SHORT and not is_player:
            found += self.names.of_length(self.key[0], len(self.key) - 1, len(self.key) + 1)
        return distinct(found)
