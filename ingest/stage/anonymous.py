"""Bringing together what people without names own, of as many of them as are wanted, in bounded memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.clean.rows import AnonymousColumns
from ingest.stage.staged import AnonymousLibraries

UInt64 = NDArray[np.uint64]

# How many rows are added before people are left out again.
_GROWTH = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Columns of one length: a row for each person and game."""

    people: UInt64
    games: NDArray[np.int32]
    minutes: NDArray[np.int32]
    recommends: NDArray[np.int8]

    def where(self, kept: NDArray[np.bool_] | NDArray[np.intp]) -> "_Rows":
        return _Rows(self.people[kept], self.games[kept], self.minutes[kept], self.recommends[kept])


class AnonymousSample:
    """Keeps the libraries of at most `most` people, whoever they are, however many there are.

    Numbers of people are well mixed, so that those below a bound are a random sample of all, and whole
    libraries; the bound falls as more people come (distinct sampling; Gibbons, VLDB 2001). The sample is the
    same in whichever order the rows come.
    """

    def __init__(self, most: int) -> None:
        """Keep the libraries of `most` people."""
        self._most = most
        self._bound = 2**64 - 1
        self._parts: list[_Rows] = []
        self._held = 0
        self._look_at = _GROWTH

    def add(self, part: AnonymousColumns) -> None:
        """Add some rows."""
        rows = _Rows(
            np.frombuffer(part.people, np.uint64),
            np.frombuffer(part.games, np.int32),
            np.frombuffer(part.minutes, np.int32),
            np.frombuffer(part.recommends, np.int8),
        )
        self._parts.append(rows.where(rows.people <= np.uint64(self._bound)))
        self._held += len(self._parts[-1].people)
        if self._held > self._look_at:
            self._parts = [self._bounded()]
            self._held = len(self._parts[0].people)
            self._look_at = self._held + _GROWTH

    def libraries(self) -> AnonymousLibraries:
        """Return the libraries of at least two games: nothing can be learnt from a single game.

        Of a game that somebody owns twice the most minutes count.
        """
        rows = self._bounded()
        rows = rows.where(np.lexsort((-rows.minutes, rows.games, rows.people)))  # the most minutes first
        new_person = _differs(rows.people)
        rows = rows.where(new_person | _differs(rows.games))
        starts = np.flatnonzero(_differs(rows.people))
        sizes = np.diff(np.append(starts, len(rows.people)))
        is_kept = sizes > 1
        rows = rows.where(np.repeat(is_kept, sizes))
        return AnonymousLibraries(sizes[is_kept].astype(np.int32), rows.games, rows.minutes, rows.recommends)

    def _bounded(self) -> _Rows:
        """Return the rows of the people with the smallest numbers, as many as are wanted."""
        rows = _Rows(
            np.concatenate([np.zeros(0, np.uint64), *(part.people for part in self._parts)]),
            np.concatenate([np.zeros(0, np.int32), *(part.games for part in self._parts)]),
            np.concatenate([np.zeros(0, np.int32), *(part.minutes for part in self._parts)]),
            np.concatenate([np.zeros(0, np.int8), *(part.recommends for part in self._parts)]),
        )
        everybody = np.unique(rows.people)
        if len(everybody) <= self._most:
            return rows
        if not self._most:
            return rows.where(np.zeros(len(rows.people), bool))
        self._bound = int(everybody[self._most - 1])
        return rows.where(rows.people <= np.uint64(self._bound))


def _differs(values: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return for each value whether it differs from the one before it; the first does."""
    return np.concatenate((np.ones(min(len(values), 1), bool), values[1:] != values[:-1]))
