"""What somebody owns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store.columns import in_one_text, numbers
from store.models import OwnedGame, Player

_OWNER = select(Player.user_id).where(Player.id == bindparam("player"))
_OWNED = select(
    _OWNER.scalar_subquery(), in_one_text(OwnedGame.game_id), in_one_text(OwnedGame.minutes)
).where(OwnedGame.player_id == bindparam("player"))


@dataclass(frozen=True, slots=True)
class Library:
    """The games that somebody owns: ascending app ids, and minutes played, not a number where unknown."""

    game_ids: NDArray[np.int64]
    minutes: NDArray[np.float64]


def read_library(session: Session, player: int) -> tuple[str, Library]:
    """Return the user id of the player with this id of the store, and what that player owns."""
    owner, *texts = session.connection().execute(_OWNED, {"player": player}).one()
    games, minutes = map(numbers, texts)
    ascending = np.argsort(games, kind="stable")
    return owner, Library(games[ascending], minutes[ascending].astype(np.float64))


def owner_of(session: Session, player: int) -> str:
    """Return the user id of the player with this id of the store."""
    owner: str = session.connection().execute(_OWNER, {"player": player}).scalar_one()
    return owner
