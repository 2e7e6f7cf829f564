"""The item index: every game that can be scored, its index, and the model's parameters of it."""

from dataclasses import dataclass, fields
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.dialect import Prepared, shared_cached
from store.models import ScoredGames
from store.scoring.libraries import Library
from store.scoring.packed import NEIGHBOURS, decode_arrays, in_range, require_consistent
from store.scoring.scorer import Indices, ItemParams, Scorer, ScoringWeights, scorer

Mask = NDArray[np.bool_]

_STATE = Prepared(select(ScoredGames.state))
_ARRAYS = select(
    ScoredGames.game_ids,
    ScoredGames.editions,
    *(getattr(ScoredGames, param.name) for param in fields(ItemParams)),
)


@dataclass(frozen=True, slots=True)
class IndexedLibrary:
    """The games of a library that can be scored.

    Attributes:
        indices: Their indices in the item index.
        minutes: How long each was played, float64; not a number where unknown.
    """

    indices: Indices
    minutes: NDArray[np.float64]

    def without(self, games: Indices) -> "IndexedLibrary":
        """Return the library without some games, given by their indices."""
        if not len(games):
            return self
        left = ~np.isin(self.indices, games)
        return IndexedLibrary(self.indices[left], self.minutes[left])

    def with_unplayed(self, games: Indices) -> "IndexedLibrary":
        """Return the library with others whose times are not known, given by ascending indices."""
        places = np.searchsorted(self.indices, games)
        return IndexedLibrary(np.insert(self.indices, places, games), np.insert(self.minutes, places, np.nan))


@dataclass(frozen=True, slots=True)
class ItemIndex:
    """All games that have neighbours: app ids to indices, which run from 0 in the order of the ids.

    Attributes:
        state: Names the training that all this is of.
        ids: The app ids, int32 of shape (games,), ascending.
        editions: Of each game the index of the first game that it is an edition of, which may be itself.
        multi_edition: The indices of all games that have other editions.
        params: The model's parameters of each game.
        scorer: The scorer for the default `ScoringWeights`.
    """

    state: str
    ids: NDArray[np.int32]
    editions: Indices
    multi_edition: Indices
    params: ItemParams
    scorer: Scorer

    def __len__(self) -> int:
        return len(self.ids)

    def indices(self, games: NDArray[np.integer]) -> Indices:
        """Return the indices of some app ids; those without neighbours are left out."""
        indices, known = self._look_up(games)
        return indices[known]

    def index_library(self, library: Library) -> IndexedLibrary:
        """Return a library by indices; games without neighbours are left out."""
        indices, known = self._look_up(library.game_ids)
        return IndexedLibrary(indices[known], library.minutes[known])

    def _look_up(self, games: NDArray[np.integer]) -> tuple[Indices, Mask]:
        """Return the index that each app id would have, and whether it has it."""
        if not len(self.ids):
            return np.zeros(len(games), np.intp), np.zeros(len(games), bool)
        # In the type of the ids: otherwise all ids would be copied into the other.
        indices = np.searchsorted(self.ids, games.astype(self.ids.dtype, copy=False))
        indices[indices == len(self.ids)] = 0
        return indices, self.ids[indices] == games

    def mask(self, indices: Indices) -> Mask:
        """Return the mask, of shape (games,), that is true at `indices`."""
        mask = np.zeros(len(self.ids), bool)
        mask[indices] = True
        return mask

    def editions_of(self, games: Mask) -> Mask:
        """Return the mask of the games of another mask and of all their other editions."""
        some = self.multi_edition
        has_edition = np.zeros(len(self.ids), bool)
        has_edition[self.editions[some[games[some]]]] = True
        mask = games.copy()
        mask[some] |= has_edition[self.editions[some]]
        return mask


def load_item_index(session: Session) -> ItemIndex:
    """Return the item index as the session sees it, without any game before the first training.

    It is read once after each training and then shared by all sessions.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    connection = session.connection()
    state = next((state for (state,) in _STATE.all(connection, {})), None)
    if state is None:
        return _UNTRAINED
    return shared_cached(connection, "item index", state, partial(_read, state))


def _read(state: str, connection: Connection) -> ItemIndex:
    row = connection.execute(_ARRAYS).one()
    ids, editions, *params = decode_arrays(
        row, ["<i4", "<i4", *["<f4"] * len(fields(ItemParams))], NEIGHBOURS
    )
    require_consistent(bool(np.all(ids[:-1] < ids[1:])) and in_range(editions, len(ids)), NEIGHBOURS)
    # NumPy takes indices of type intp without a copy.
    return _item_index(state, ids, editions.astype(np.intp), ItemParams(*params))


def _item_index(state: str, ids: NDArray[np.int32], editions: Indices, params: ItemParams) -> ItemIndex:
    multi_edition = np.flatnonzero(np.bincount(editions)[editions] > 1)
    return ItemIndex(state, ids, editions, multi_edition, params, scorer(params, ScoringWeights()))


_UNTRAINED = _item_index(
    "",
    np.zeros(0, np.int32),
    np.zeros(0, np.intp),
    ItemParams(*[np.zeros(0, np.float32)] * len(fields(ItemParams))),
)
