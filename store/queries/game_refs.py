"""How a query's answer refers to a game."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Game
from store.results import GameRef


def dollars(cents: int) -> Decimal:
    """Return an amount of US cents in dollars, exactly."""
    return Decimal(cents).scaleb(-2)


def game_ref(game: Game) -> GameRef:
    """Return the reference to a game; one whose title the data lack is called by its app id."""
    price = None if game.price_cents is None else dollars(game.price_cents)
    return GameRef(game.id, game.title or f"App {game.id}", game.kind, game.release_year, price)


def game_refs(session: Session, app_ids: Iterable[int]) -> dict[int, GameRef]:
    """Return the references to games by app id. Unknown ids are left out."""
    games = session.scalars(select(Game).where(Game.id.in_(list(app_ids))))
    return {game.id: game_ref(game) for game in games}
