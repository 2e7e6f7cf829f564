"""Who reviewed what, for or against: whoever reviewed a game knows it, as its owners do."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from recommender.data.columns import read_columns
from store.models import Review


@dataclass(frozen=True, slots=True)
class Reviews:
    """All reviews, one entry each; nobody reviews a game twice.

    Attributes:
        players: The player of each, int64.
        games: The app id of each, int64.
    """

    players: NDArray[np.int64]
    games: NDArray[np.int64]


def no_reviews() -> Reviews:
    """Return none at all."""
    return Reviews(np.zeros(0, np.int64), np.zeros(0, np.int64))


def read_reviews(session: Session) -> Reviews:
    """Read who reviewed which game."""
    return Reviews(*read_columns(session.connection(), Review.player_id, Review.game_id))
