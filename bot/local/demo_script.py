"""The script of the demo: which commands to show for the data there are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.dialect import least
from store.models import Player, PlayerStats

# A library that a reader can take in, by somebody who also wrote about games.
_LIBRARY = (20, 120)


@dataclass(frozen=True, slots=True)
class Step:
    """A command line of the script, and whether an admin types it."""

    line: str
    as_admin: bool = False


def example_players(session: Session) -> tuple[str, str]:
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


def demo_script(session: Session) -> tuple[Step, ...]:
    """Return the steps; their two players are those of `example_players`."""
    first, second = example_players(session)
    return (
        Step("/help"),
        Step("/recommend game:620"),
        Step(f"/recommend player:{first}"),
        Step("/recommend games:Portal 2, Terraria genre:Indie max_price:15"),
        Step(f"/play-together player1:{first} player2:{second}"),
        Step("/game name:Portal 2"),
        Step("/compare games first:Portal second:Portal 2"),
        Step("/compare developers first:Valve second:Bethesda Game Studios"),
        Step(f"/compare players first:{first} second:{second}"),
        Step("/top by:Recommendations genre:Action"),
        Step("/developer name:Valve"),
        Step("/developer name:Vavle"),
        Step("/best-developers year:2014"),
        Step("/reviews developer:Valve"),
        Step("/reviews game:Portal 2 show:The words they use"),
        Step("/year year:2014"),
        Step("/genre name:Action"),
        Step(f"/userdata player:{first}"),
        Step(f"/link player:{first}"),
        Step("/me"),
        Step("/hidden"),
        Step("/unlink"),
        Step("/forget-me"),
        Step("/settings language language:es", as_admin=True),
        Step("/settings view", as_admin=True),
        Step("/admin refresh", as_admin=True),
        Step("/admin audit", as_admin=True),
        Step("/admin status", as_admin=True),
    )
