"""How well known a game is."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import GameStats

# A game so many times as well known as the next is the one that a part of its name means.
DECIDING_LEAD: Final = 10

_STATS = Prepared(
    select(
        GameStats.game_id, GameStats.owners + GameStats.negative + GameStats.neutral + GameStats.positive
    ).where(GameStats.game_id.in_(select(VALUES_TABLE.c.value)))
)


def fame_of(session: Session, app_ids: Sequence[int]) -> dict[int, int]:
    """Return how many own or review each game, by app id; nobody where nothing is counted."""
    counted = _STATS.all(session.connection(), values_param(list(app_ids)))
    return {**dict.fromkeys(app_ids, 0), **dict(counted)}


def stands_out(session: Session, app_id: int, rival: int | None) -> bool:
    """Tell whether a game is at least ten times as well known as its rival; without one, known to ten."""
    fame = fame_of(session, [app_id] if rival is None else [app_id, rival])
    return fame[app_id] >= DECIDING_LEAD * max(1, 0 if rival is None else fame[rival])
