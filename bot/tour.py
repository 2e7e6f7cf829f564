"""A short tour: which commands to show for the data there are."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import Player, PlayerStats

# A library that a reader can take in, by somebody who also wrote about games.
_LIBRARY = (20, 120)


@dataclass(frozen=True, slots=True)
class Stop:
    """A command line of the tour, and whether an admin types it."""

    line: str
    as_admin: bool = False


def tour(session: Session) -> tuple[Stop, ...]:
    """Return the stops; the player of the tour has a middling library and the most reviews."""
    player = session.scalar(
        select(Player.user_id)
        .join(PlayerStats, PlayerStats.player_id == Player.id)
        .order_by(
            PlayerStats.owned.between(*_LIBRARY).desc(),
            func.min(PlayerStats.reviews, 5).desc(),
            Player.user_id,
        )
        .limit(1)
    )
    return (
        Stop("/help"),
        Stop("/recommend game:620"),
        Stop(f"/recommend player:{player}"),
        Stop("/game name:Portal 2"),
        Stop("/developer name:Valve"),
        Stop("/best-developers year:2014"),
        Stop("/reviews developer:Valve"),
        Stop("/year year:2014"),
        Stop("/genre name:Action"),
        Stop(f"/userdata player:{player}"),
        Stop("/developer name:Vavle"),
        Stop("/admin status", as_admin=True),
    )
