"""Every game that can be scored, and what is known of it."""

from dataclasses import dataclass, fields
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.dialect import shared_cached
from store.models import ScoredGames
from store.scoring.libraries import Library
from store.scoring.packed import NEIGHBOURS, are_places, require, unpacked
from store.scoring.scorer import Facts, Places, Scorer, Taste, scorer
from store.session_cache import cached

Mask = NDArray[np.bool_]

_STATE = select(ScoredGames.state)
_ARRAYS = select(
    ScoredGames.game_ids,
    ScoredGames.editions,
    *(getattr(ScoredGames, fact.name) for fact in fields(Facts)),
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """The games of a library that can be scored, by place, and for how many minutes each was played."""

    places: Places
    minutes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorable:
    """All games that have neighbours. Where a game stands in the arrays is its place.

    `ids` are ascending app ids; of games that are editions of one, `editions` has the same place, and
    `of_several` are the places of all that have other editions. `state` names the training that all this is
    of. `scorer` is that of the usual taste.
    """

    state: str
    ids: NDArray[np.int32]
    editions: Places
    of_several: Places
    facts: Facts
    scorer: Scorer

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, games: NDArray[np.integer]) -> Places:
        """Return the places of some games by app id; those without neighbours are passed over."""
        at, known = self._found(games)
        return at[known]

    def shelved(self, library: Library) -> Shelved:
        """Return the games of a library by their places."""
        at, known = self._found(library.game_ids)
        return Shelved(at[known], library.minutes[known])

    def _found(self, games: NDArray[np.integer]) -> tuple[Places, Mask]:
        """Return where each app id would stand, and whether it is there."""
        if not len(self.ids):
            return np.zeros(len(games), np.intp), np.zeros(len(games), bool)
        # In its own kind of number: otherwise all ids would be copied into the other.
        at = np.searchsorted(self.ids, games.astype(self.ids.dtype, copy=False))
        at[at == len(self.ids)] = 0
        return at, self.ids[at] == games

    def at(self, places: Places) -> Mask:
        """Tell of every game whether its place is one of `places`."""
        mask = np.zeros(len(self.ids), bool)
        mask[places] = True
        return mask

    def editions_of(self, games: Mask) -> Mask:
        """Tell of every game whether it is one of those that `games` tells of, or another edition of one."""
        of_several = self.of_several
        mask = np.zeros(len(self.ids), bool)
        mask[self.editions[of_several[games[of_several]]]] = True
        found = games.copy()
        found[of_several] |= mask[self.editions[of_several]]
        return found


def read_scorable(session: Session) -> Scorable:
    """Return what is known of all games that have neighbours; there are none before the first training.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    return cached(session, "scorable", partial(_read_scorable, session.connection()))


def _read_scorable(connection: Connection) -> Scorable:
    state = connection.scalar(_STATE)
    return (
        _UNTRAINED if state is None else shared_cached(connection, "scorable", state, partial(_read, state))
    )


def _read(state: str, connection: Connection) -> Scorable:
    packed = connection.execute(_ARRAYS).one()
    ids, editions, *facts = unpacked(packed, ["<i4", "<i4", *["<f4"] * len(fields(Facts))], NEIGHBOURS)
    require(bool(np.all(ids[:-1] < ids[1:])) and are_places(editions, len(ids)), NEIGHBOURS)
    # Of the kind that looks up without a copy.
    return _scorable(state, ids, editions.astype(np.intp), Facts(*facts))


def _scorable(state: str, ids: NDArray[np.int32], editions: Places, facts: Facts) -> Scorable:
    of_several = np.flatnonzero(np.bincount(editions)[editions] > 1)
    return Scorable(state, ids, editions, of_several, facts, scorer(facts, Taste()))


_UNTRAINED = _scorable(
    "", np.zeros(0, np.int32), np.zeros(0, np.intp), Facts(*[np.zeros(0, np.float32)] * len(fields(Facts)))
)
