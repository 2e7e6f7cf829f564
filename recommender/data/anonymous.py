"""Libraries of anonymous players, which add to what training learns from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.data.libraries import Libraries, libraries_of
from store.errors import DatabaseUnavailable
from store.models import AnonymousLibrary
from store.scoring.packed import LIBRARIES, decode_arrays, require_consistent

# The Gram matrix of this many games takes 0.8 GB.
MOST_GAMES = 14_000
_NOT_RECOMMENDED = 0
_LEAST_GAMES = 2
_ROWS = select(AnonymousLibrary.game_ids, AnonymousLibrary.minutes, AnonymousLibrary.recommends).order_by(
    AnonymousLibrary.id
)


def with_anonymous(session: Session, libraries: Libraries, most_games: int = MOST_GAMES) -> Libraries:
    """Return the players' libraries, followed by those of anonymous players.

    Of the games that no player owns the most owned count, up to `most_games` in all; who is left with a
    single game is left out. A game that somebody does not recommend counts as owned and not played.

    Args:
        session: What to read from.
        libraries: Those of the players.
        most_games: How many games there may be.

    Raises:
        DatabaseUnavailable: The store contradicts itself.
    """
    rows = session.connection().execute(_ROWS).all()
    if not rows:
        return libraries
    sizes, games, minutes = _decoded(rows)
    kept = np.isin(games, _chosen(libraries.game_ids, games, most_games))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    kept &= np.bincount(owner[kept], minlength=len(sizes))[owner] >= _LEAST_GAMES
    sizes = np.bincount(owner[kept], minlength=len(sizes))
    sizes = sizes[sizes > 0]
    first = int(libraries.player_ids.max(initial=0)) + 1
    try:
        return libraries_of(
            np.concatenate((libraries.player_ids, np.arange(first, first + len(sizes)))),
            np.concatenate((libraries.sizes, sizes)),
            np.concatenate((libraries.game_ids[libraries.columns], games[kept])),
            np.concatenate((libraries.minutes, minutes[kept])),
        )
    except ValueError as error:
        raise DatabaseUnavailable(LIBRARIES) from error


def _decoded(
    rows: Sequence[Sequence[Any]],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the sizes of the libraries, and the games and minutes of one after the other."""
    columns = tuple(b"".join(column) for column in zip(*rows, strict=True))
    games, minutes = decode_arrays(columns[:2], ("<i4", "<i4"), LIBRARIES)
    recommends = np.frombuffer(columns[2], np.int8)
    sizes = np.array([len(row[0]) // games.itemsize for row in rows], np.int64)
    require_consistent(sizes.sum() == len(games) == len(recommends), LIBRARIES)
    return sizes, games, np.where(recommends == _NOT_RECOMMENDED, 0, minutes).astype(np.int32)


def _chosen(known: NDArray[np.int32], games: NDArray[np.int32], most: int) -> NDArray[np.int32]:
    """Return the known games, and the most owned of the others; of equals the lower app ids."""
    others, owners = np.unique(games[~np.isin(games, known)], return_counts=True)
    best = others[np.argsort(-owners, kind="stable")][: max(most - len(known), 0)]
    return np.concatenate((known, best))
