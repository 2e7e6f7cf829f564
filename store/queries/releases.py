"""Which of some games are not out yet."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import false, func, not_, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, values_param
from store.models import Game, GameStats
from store.scoring.releases import IS_OUT

_COMING = (
    select(Game.id)
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    # Of a game without stats it is neither true nor false that somebody owns it.
    .where(Game.id.in_(select(VALUES_TABLE.c.value)), not_(func.coalesce(IS_OUT, false())))
)


def coming_games(session: Session, app_ids: Iterable[int], today: date) -> frozenset[int]:
    """Return those of the games by app id that are not out on a day, as far as the data tell."""
    parameters = {**values_param(list(app_ids)), "today": today, "this_year": today.year}
    return frozenset(session.connection().execute(_COMING, parameters).scalars())
