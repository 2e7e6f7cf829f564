"""The players of a table as a categorical column: each name once, however many rows are the player's."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Player

_PLAYERS = select(Player.id, Player.user_id).order_by(Player.id)


@dataclass(frozen=True, slots=True, eq=False)
class Players:
    """All players: the store's own ids, ascending, and their user ids as categories in the same order."""

    ids: NDArray[np.int64]
    user_ids: pandas.CategoricalDtype

    def column(self, ids: Sequence[int] | NDArray[np.integer]) -> pandas.Categorical:
        """Return the user ids of players given by the store's own ids."""
        codes = np.searchsorted(self.ids, np.asarray(ids, np.int64))
        return pandas.Categorical.from_codes(codes, dtype=self.user_ids)


def read_players(session: Session) -> Players:
    """Return all players."""
    rows = session.connection().execute(_PLAYERS).all()
    names = pandas.Index([row.user_id for row in rows], dtype="string")
    return Players(np.array([row.id for row in rows], np.int64), pandas.CategoricalDtype(names))
