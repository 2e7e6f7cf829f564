"""Who owns what, and for how long it was played, as one sparse matrix."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.errors import DatabaseUnavailable
from store.models import PackedLibrary
from store.scoring.packed import LIBRARIES, decode_arrays, require_consistent
from store.scoring.weights import confidence

_LIBRARIES = select(PackedLibrary.player_id, PackedLibrary.game_ids, PackedLibrary.minutes).order_by(
    PackedLibrary.player_id
)
# An hour is what separates playing a game from having tried or idled it.
PLAYED_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Libraries:
    """The matrix of players by games in compressed sparse rows.

    Row `r` has the columns `columns[starts[r]:starts[r + 1]]`, ascending, and the same slice of `minutes`.

    Attributes:
        player_ids: The player of each row, ascending.
        game_ids: The app id of each column, ascending.
        starts: Where each row begins, and the end, of shape (players + 1,).
        columns: The column of each entry, an owned game.
        minutes: How long that game was played.
    """

    player_ids: NDArray[np.int64]
    game_ids: NDArray[np.int32]
    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    minutes: NDArray[np.int32]

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many players and how many games there are."""
        return len(self.player_ids), len(self.game_ids)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Return the number of games of each player."""
        return np.diff(self.starts)

    @property
    def owners(self) -> NDArray[np.int64]:
        """Return the number of owners of each game."""
        return np.bincount(self.columns, minlength=len(self.game_ids))

    @property
    def confidence(self) -> NDArray[np.float32]:
        """Return the confidence in each entry (`store.scoring.weights.confidence`)."""
        return confidence(self.minutes.astype(np.float64)).astype(np.float32)

    def matrix(self, values: NDArray[np.float32] | None = None) -> sparse.csr_array[Any]:
        """Return the sparse matrix of `values`, one for each entry, or of ones."""
        data = np.ones(len(self.columns), np.float32) if values is None else values
        # Where indices of 32 bits suffice, products take a fifth less time by them.
        fits = len(self.columns) <= np.iinfo(np.int32).max
        starts = self.starts.astype(np.int32) if fits else self.starts
        return sparse.csr_array((data, self.columns, starts), shape=self.shape)

    def of(self, rows: NDArray[np.intp]) -> "Libraries":
        """Return the libraries of some players only, over the same games."""
        sizes = self.sizes[rows]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        entries = np.repeat(self.starts[rows] - starts[:-1], sizes) + np.arange(starts[-1])
        return Libraries(
            self.player_ids[rows], self.game_ids, starts, self.columns[entries], self.minutes[entries]
        )

    def where(self, kept: NDArray[np.bool_]) -> "Libraries":
        """Return the libraries of the same players with only the `kept` entries."""
        counts = np.concatenate(([0], np.cumsum(kept)))
        return Libraries(
            self.player_ids, self.game_ids, counts[self.starts], self.columns[kept], self.minutes[kept]
        )

    def without_unowned(self) -> "Libraries":
        """Return the same libraries over only those games that somebody owns."""
        is_owned = self.owners > 0
        new_columns = (np.cumsum(is_owned) - 1).astype(np.int32)
        return Libraries(
            self.player_ids, self.game_ids[is_owned], self.starts, new_columns[self.columns], self.minutes
        )

    def over(self, game_ids: NDArray[np.int32]) -> "Libraries":
        """Return the same libraries over the ascending `game_ids`, which must hold every owned game."""
        new_columns = np.searchsorted(game_ids, self.game_ids).astype(np.int32)
        return Libraries(self.player_ids, game_ids, self.starts, new_columns[self.columns], self.minutes)


def libraries_of(
    player_ids: NDArray[np.int64],
    sizes: NDArray[np.integer],
    games: NDArray[np.int32],
    minutes: NDArray[np.int32],
) -> Libraries:
    """Return the libraries of some players.

    Args:
        player_ids: The players, ascending.
        sizes: How many games each owns.
        games: The app ids that the first owns, ascending, then those of the second, and so on.
        minutes: How long each of these was played.

    Raises:
        ValueError: The games of a player are not ascending, or one is owned twice.
    """
    starts = np.concatenate(([0], np.cumsum(sizes)))
    falls = np.flatnonzero(games[1:] <= games[:-1]) + 1
    # Only where a library begins.
    if not np.isin(falls, starts).all():
        raise ValueError("The games of a library are not in order, or one is in it twice.")
    game_ids = np.sort(pd.unique(games))
    columns = pd.Index(game_ids).get_indexer(pd.Index(games)).astype(np.int32)
    return Libraries(player_ids, game_ids, starts, columns, minutes)


def read_libraries(session: Session) -> Libraries:
    """Read every library of the store.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    rows = session.connection().execute(_LIBRARIES).all()
    players, games, minutes = zip(*rows, strict=True) if rows else ((), (), ())
    game_ids, played = decode_arrays((b"".join(games), b"".join(minutes)), ("<i4", "<i4"), LIBRARIES)
    sizes = np.array([len(library) // game_ids.itemsize for library in games], np.int64)
    require_consistent(sizes.sum() == len(game_ids), LIBRARIES)
    try:
        return libraries_of(np.array(players, np.int64), sizes, game_ids, played)
    except ValueError as error:
        raise DatabaseUnavailable(LIBRARIES) from error
