"""How often games are asked about: a number for each game, which ages, and nothing of who asked.

Every function takes a session of `Database.user_data`, a writer's where it changes something.
"""

import math
from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.user_data.models import AskedGame

# How many games have a number; those asked about least have none.
_MOST_KEPT = 2_000
# After this time as many questions as one person can ask count for less than one.
_DAYS_KEPT = 14


def count_questions(session: Session, questions: Mapping[int, int], on: date) -> None:
    """Count questions of a day, by the app ids of the games that they were about.

    A day's questions count half as much as the next day's. Nothing need be halved for that: each game has the
    binary logarithm of the sum of two to the day of each question, so that newer ones weigh more (forward
    decay: Cormode et al., *Forward Decay*, ICDE 2009).
    """
    asked_before = session.scalars(select(AskedGame).where(AskedGame.game_id.in_(list(questions))))
    known = {game.game_id: game for game in asked_before}
    for game_id, count in questions.items():
        weight = _weight(count, on)
        if game_id in known:
            known[game_id].weight = _sum(known[game_id].weight, weight)
        else:
            session.add(AskedGame(game_id=game_id, weight=weight))
    session.flush()
    most = select(AskedGame.game_id).order_by(AskedGame.weight.desc(), AskedGame.game_id).limit(_MOST_KEPT)
    is_old = AskedGame.weight < _weight(1, on) - _DAYS_KEPT
    session.execute(delete(AskedGame).where(is_old | AskedGame.game_id.not_in(most)))


def most_asked_games(session: Session, on: date, limit: int) -> tuple[int, ...]:
    """Return the app ids of the games asked about most by a day, most first.

    A game counts from as many questions as weigh what one of that day does: two of the day before.
    """
    return tuple(
        session.scalars(
            select(AskedGame.game_id)
            .where(AskedGame.weight >= _weight(1, on))
            .order_by(AskedGame.weight.desc(), AskedGame.game_id)
            .limit(limit)
        )
    )


def _weight(questions: int, on: date) -> float:
    return on.toordinal() + math.log2(questions)


def _sum(one: float, other: float) -> float:
    """Return the binary logarithm of the sum of what two are the logarithms of, which may be too large."""
    least, most = sorted((one, other))
    return most + math.log2(1 + 2 ** (least - most))
