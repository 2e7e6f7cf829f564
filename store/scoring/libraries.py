"""What somebody owns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import PackedLibrary, Player
from store.scoring.packed import LIBRARIES, decode_arrays

_OWNER = select(Player.user_id).where(Player.id == bindparam("player"))
_OWNED = Prepared(
    select(Player.id, Player.user_id, PackedLibrary.game_ids, PackedLibrary.minutes)
    .outerjoin(PackedLibrary, PackedLibrary.player_id == Player.id)
    .where(Player.id.in_(select(VALUES_TABLE.c.value)))
)


@dataclass(frozen=True, slots=True)
class Library:
    """The games that somebody owns: ascending app ids, and minutes played, not a number where unknown."""

    game_ids: NDArray[np.integer]
    minutes: NDArray[np.float64]


def read_libraries(session: Session, players: Sequence[int]) -> list[tuple[str, Library]]:
    """Return the user id of each player, given by the store's own id, and what the player owns.

    Raises DatabaseUnavailable if the store contradicts itself.
    """
    rows = _OWNED.all(session.connection(), values_param(players))
    found = {player: (owner, _library(games, minutes)) for player, owner, games, minutes in rows}
    return [found[player] for player in players]


def _library(games: bytes | None, minutes: bytes | None) -> Library:
    game_ids, played = decode_arrays((games or b"", minutes or b""), ("<i4", "<i4"), LIBRARIES)
    return Library(game_ids, played.astype(np.float64))


def owner_of(session: Session, player: int) -> str:
    """Return the user id of the player with this id of the store."""
    owner: str = session.connection().execute(_OWNER, {"player": player}).scalar_one()
    return owner
