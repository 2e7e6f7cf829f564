"""A short tour: which commands to show for the data there are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import least
from store.models import Player, PlayerStats

# A library that a reader can take in, by somebody who also wrote about games.
_LIBRARY = (20, 120)


@dataclass(frozen=True, slots=True)
class Stop:
    """A command line of the tour, and whether an admin types it."""

    line: str
    as_admin: bool = False


def readers(session: Session) -> tuple[str, str]:
    """Return two players with middling libraries and the most reviews."""
    statement = (
        select(Player.user_id)
        .join(PlayerStats, PlayerStats.player_id == Player.id)
        .order_by(
            PlayerStats.owned.between(*_LIBRARY).desc(),
            least(PlayerStats.reviews, 5).desc(),
            Player.user_id,
        )
        .limit(2)
    )
    first, second = session.scalars(statement)
    return first, second


def tour(session: Session) -> tuple[Stop, ...]:
    """Return the stops; its two players are those of `readers`."""
    first, second = readers(session)
    return (
        Stop("/help"),
        Stop("/recommend game:620"),
        Stop(f"/recommend player:{first}"),
        Stop("/recommend games:Portal 2, Terraria genre:Indie max_price:15"),
        Stop(f"/play-together player1:{first} player2:{second}"),
        Stop("/game name:Portal 2"),
        Stop("/compare games first:Portal second:Portal 2"),
        Stop("/compare developers first:Valve second:Bethesda Game Studios"),
        Stop(f"/compare players first:{first} second:{second}"),
        Stop("/top by:Recommendations genre:Action"),
        Stop("/developer name:Valve"),
        Stop("/developer name:Vavle"),
        Stop("/best-developers year:2014"),
        Stop("/reviews developer:Valve"),
        Stop("/reviews game:Portal 2 show:The words they use"),
        Stop("/year year:2014"),
        Stop("/genre name:Action"),
        Stop(f"/userdata player:{first}"),
        Stop(f"/link player:{first}"),
        Stop("/me"),
        Stop("/hidden"),
        Stop("/unlink"),
        Stop("/forget-me"),
        Stop("/settings language language:es", as_admin=True),
        Stop("/settings view", as_admin=True),
        Stop("/admin refresh", as_admin=True),
        Stop("/admin audit", as_admin=True),
        Stop("/admin status", as_admin=True),
    )
