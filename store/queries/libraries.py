"""What somebody owns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store import sqlite
from store.columns import in_one_text, numbers
from store.models import OwnedGame, Player

_OWNER = select(Player.user_id).where(Player.id == bindparam("player"))
_OWNED = (
    select(Player.id, Player.user_id, in_one_text(OwnedGame.game_id), in_one_text(OwnedGame.minutes))
    .outerjoin(OwnedGame, OwnedGame.player_id == Player.id)
    .where(Player.id.in_(select(sqlite.LISTED.c.value)))
    .group_by(Player.id)
)


@dataclass(frozen=True, slots=True)
class Library:
    """The games that somebody owns: ascending app ids, and minutes played, not a number where unknown."""

    game_ids: NDArray[np.int64]
    minutes: NDArray[np.float64]


def read_libraries(session: Session, players: Sequence[int]) -> list[tuple[str, Library]]:
    """Return the user id of each player, given by the store's own id, and what the player owns."""
    rows = session.connection().execute(_OWNED, sqlite.listing(players)).all()
    found = {player: (owner, _library(*texts)) for player, owner, *texts in rows}
    return [found[player] for player in players]


def _library(games: str | None, minutes: str | None) -> Library:
    game_ids = numbers(games)
    ascending = np.argsort(game_ids, kind="stable")
    return Library(game_ids[ascending], numbers(minutes)[ascending].astype(np.float64))


def owner_of(session: Session, player: int) -> str:
    """Return the user id of the player with this id of the store."""
    owner: str = session.connection().execute(_OWNER, {"player": player}).scalar_one()
    return owner
