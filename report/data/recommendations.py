"""What a sample of players is recommended, by the query that answers them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import queries
from store.errors import NothingLeft, NothingToGoOn
from store.models import NeighbourBasis, Neighbours, Player
from store.people.anonymous import is_anonymous

_SAMPLE = 300
FIRST = 10


@dataclass(frozen=True, slots=True)
class Recommended:
    """The first ten recommendations of each sampled player, without the players.

    Attributes:
        by_basis: How many games have neighbours, by what these come from.
        asked: How many players were sampled.
        answered: How many of them got a list.
        times: How often each app id stands in a list.
    """

    by_basis: dict[NeighbourBasis, int]
    asked: int
    answered: int
    times: Counter[int]


def read_recommended(session: Session, owners: Sequence[int]) -> Recommended:
    """Recommend games to players spread evenly over `owners`, the store's ids of all who own a game."""
    counted = session.execute(select(Neighbours.basis, func.count()).group_by(Neighbours.basis))
    by_basis = {basis: count for basis, count in counted}  # noqa: C416 - a row is no tuple to mypy
    if not by_basis:
        return Recommended({}, 0, 0, Counter())
    sampled = owners[:: max(1, len(owners) // _SAMPLE)][:_SAMPLE]
    times: Counter[int] = Counter()
    answered = 0
    for user_id in session.scalars(select(Player.user_id).where(Player.id.in_(sampled))).all():
        if is_anonymous(user_id):
            continue
        try:
            suggested = queries.recommend_user(session, user_id, FIRST)
        except (NothingLeft, NothingToGoOn):
            continue
        answered += 1
        times.update(entry.game.id for entry in suggested)
    return Recommended(by_basis, len(sampled), answered, times)
