"""How well known a game is."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, Integer, bindparam, func, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import Game, GameStats, GameTag, StorePage

# A part of a name means a game that is this many times as well known as the next one so called.
DECIDING_LEAD: Final = 10
# Initials, or the last words of a title, are those of many games that hardly anybody has.
_WELL_KNOWN: Final = 100
# A title without its edition is that of the first game of a series, unless another is this many times as
# well known.
_FAR_BETTER: Final = 5
# A page shows at most twenty; only what very many voted for has nearly all.
_TAGS_OF_KNOWN: Final = 18
# Steam's ratings are of all its players, libraries and reviews of a few: so many ratings count as one person,
# lest every game be one that ten or a hundred know.
_RATINGS_A_PERSON: Final = 25

# How many people know a game, in a statement that joins `GameStats` and `StorePage` where they have it.
FAME: Final[ColumnElement[int]] = (
    func.coalesce(GameStats.owners + GameStats.negative + GameStats.neutral + GameStats.positive, 0)
    + func.coalesce(StorePage.rating_count, 0) // _RATINGS_A_PERSON
)

_FAME = Prepared(
    select(Game.id, FAME)
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .outerjoin(StorePage, StorePage.game_id == Game.id)
    .where(Game.id.in_(select(VALUES_TABLE.c.value)))
)
_TAGS = Prepared(
    select(func.count()).select_from(GameTag).where(GameTag.game_id == bindparam("game", type_=Integer))
)


def fame(owners: int, reviews: int, ratings: int | None) -> int:
    """Return how many people know a game that so many own, review here, and rate on Steam."""
    return owners + reviews + (ratings or 0) // _RATINGS_A_PERSON


def fame_of(session: Session, app_ids: Sequence[int]) -> dict[int, int]:
    """Return how many know each game, by app id; nobody where nothing is counted."""
    counted = _FAME.all(session.connection(), values_param(list(app_ids)))
    return {**dict.fromkeys(app_ids, 0), **dict(counted)}


def is_known_by_ten(session: Session, app_ids: Sequence[int]) -> bool:
    """Return whether one of the games is known by ten people or more."""
    return any(fame >= DECIDING_LEAD for fame in fame_of(session, app_ids).values())


def is_far_better_known(session: Session, app_id: int, other: int) -> bool:
    """Return whether more than five times as many people know a game as know the other."""
    fame = fame_of(session, [app_id, other])
    return fame[app_id] > _FAR_BETTER * fame[other]


def is_well_known(session: Session, app_id: int) -> bool:
    """Return whether a hundred people know a game."""
    return fame_of(session, [app_id])[app_id] >= _WELL_KNOWN


def stands_out(session: Session, app_id: int, rival: int | None) -> bool:
    """Return whether a game is at least ten times as well known as its rival.

    Without a rival it is enough that ten know it, or that its store page shows that many do: libraries know
    little of a game that is newer than they are.
    """
    fame = fame_of(session, [app_id] if rival is None else [app_id, rival])
    if fame[app_id] >= DECIDING_LEAD * max(1, 0 if rival is None else fame[rival]):
        return True
    return rival is None and _is_known_by_page(session, app_id)


def _is_known_by_page(session: Session, app_id: int) -> bool:
    [(tags,)] = _TAGS.all(session.connection(), {"game": app_id})
    return tags >= _TAGS_OF_KNOWN
