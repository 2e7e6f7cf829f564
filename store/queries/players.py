"""What the numbers say about a player."""

from sqlalchemy.orm import Session

from store.models import NameKind, Player, PlayerStats
from store.names import resolve
from store.queries.game_refs import dollars
from store.results import UserData


def userdata(session: Session, user_id: str) -> UserData:
    """Return what a player's library cost, how much it holds, and how often the player recommends.

    `user_id` is the exact id, the id in another case where that is one player only, or a SteamID64.

    Raises NotFound if no player goes by it.
    """
    player = session.get_one(Player, resolve(session, NameKind.PLAYER, user_id))
    stats = session.get(PlayerStats, player.id)
    spent, unpriced, reviews, recommended = (
        (0, 0, 0, 0)
        if stats is None
        else (stats.spent_cents, stats.unpriced, stats.reviews, stats.recommended)
    )
    return UserData(
        user_id=player.user_id,
        money_spent=dollars(spent),
        recommend_percent=100 * recommended / reviews if reviews else None,
        items=player.items_count or 0,
        reviews=reviews,
        unpriced_items=unpriced,
    )
