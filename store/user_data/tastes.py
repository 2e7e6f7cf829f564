"""The games that people say they like, or do not.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from store.people.taste import Taste
from store.user_data.erasure import mark_erasure
from store.user_data.models import HiddenGame, StoredTaste

# Enough for anybody, and few enough that a list of all is read at once.
MOST_RATED = 500


@dataclass(frozen=True, slots=True)
class TasteEntry:
    """A game of somebody's taste, by its app id: whether it is liked, and since when that is known."""

    game_id: int
    likes: bool
    told_at: datetime


def record_taste(session: Session, discord_id: int, game_ids: Sequence[int], *, likes: bool) -> None:
    """Remember that a person likes these games, or does not, in place of what was stored of them before.

    Above `MOST_RATED` games the oldest are erased.
    """
    for game_id in game_ids:
        session.merge(
            StoredTaste(discord_id=discord_id, game_id=game_id, likes=likes, told_at=datetime.now(UTC))
        )
    session.flush()
    mine = StoredTaste.discord_id == discord_id
    too_many = (session.scalar(select(func.count()).select_from(StoredTaste).where(mine)) or 0) - MOST_RATED
    if too_many > 0:
        oldest = select(StoredTaste.game_id).where(mine).order_by(StoredTaste.told_at, StoredTaste.game_id)
        erase_taste(session, discord_id, session.scalars(oldest.limit(too_many)).all())


def erase_taste(session: Session, discord_id: int, game_ids: Collection[int]) -> None:
    """Erase these games from a person's taste."""
    mark_erasure(session)
    session.execute(
        delete(StoredTaste).where(StoredTaste.discord_id == discord_id, StoredTaste.game_id.in_(game_ids))
    )


def stored_tastes(session: Session, discord_id: int) -> tuple[TasteEntry, ...]:
    """Return the games of a person's taste, newest first."""
    rows = session.scalars(
        select(StoredTaste)
        .where(StoredTaste.discord_id == discord_id)
        .order_by(StoredTaste.told_at.desc(), StoredTaste.game_id)
    )
    return tuple(TasteEntry(row.game_id, row.likes, row.told_at) for row in rows)


def taste_of(session: Session, discord_id: int) -> Taste:
    """Return which games a person likes and which not."""
    told = stored_tastes(session, discord_id)
    return Taste(
        tuple(one.game_id for one in told if one.likes), tuple(one.game_id for one in told if not one.likes)
    )


def unwanted_games(session: Session, discord_id: int) -> frozenset[int]:
    """Return the app ids that are never suggested to a person: of games hidden, and of those not liked."""
    hidden = select(HiddenGame.game_id).where(HiddenGame.discord_id == discord_id)
    disliked = select(StoredTaste.game_id).where(StoredTaste.discord_id == discord_id, ~StoredTaste.likes)
    return frozenset(session.scalars(hidden.union_all(disliked)))
