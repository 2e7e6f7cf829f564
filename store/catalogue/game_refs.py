"""How a query's answer refers to a game."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from store.boundary.damage import naming_damage
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import Game, GameKind
from store.results import GameRef

# The columns that `ref` takes, in its order: fetching them takes a fraction of the time of whole games.
REF_COLUMNS = (
    *(Game.id, Game.title, Game.kind, Game.release_year, Game.price_cents),
    and_(Game.release_year.is_not(None), Game.release_date.is_(None)).label("year_only"),
)
_REFERRED_TO = Prepared(select(*REF_COLUMNS).where(Game.id.in_(select(VALUES_TABLE.c.value))))


def dollars(cents: int) -> Decimal:
    """Return an amount of US cents in dollars, exactly."""
    return Decimal(cents).scaleb(-2)


@naming_damage()
def game_refs(session: Session, app_ids: Iterable[int]) -> dict[int, GameRef]:
    """Return the references to games by app id; unknown ids are left out.

    A game whose title the data lack is called by its app id.
    """
    found = _REFERRED_TO.all(session.connection(), values_param(list(app_ids)))
    return {row[0]: ref(*row) for row in found}


def ref(  # noqa: PLR0917 - the columns of `REF_COLUMNS`
    app_id: int, title: str | None, kind: GameKind, year: int | None, cents: int | None, year_only: bool
) -> GameRef:
    """Return the reference to a game of which these columns are known.

    Raises:
        TypeError: The title is no text, in a damaged row.
    """
    if not isinstance(title, str | None):
        raise TypeError(f"the title of {app_id} is {type(title).__name__}")
    price = None if cents is None else dollars(cents)
    return GameRef(app_id, title or f"App {app_id}", kind, year, price, year_only)
