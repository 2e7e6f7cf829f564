"""Some given games, in the order in which a person would like them: of a wishlist, of a library."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from store.errors import NothingToGoOn
from store.people.person import Person
from store.scoring.item_index import load_item_index
from store.scoring.members import load_people
from store.scoring.preferences import load_scores

# A game that was played for less is one that the person has hardly begun.
_HARDLY_PLAYED_MINUTES = 60


def by_preference(session: Session, person: Person, app_ids: Sequence[int]) -> tuple[int, ...]:
    """Return games, given by their app ids, in the order in which a person would like them.

    Those that cannot be distinguished stay in the order given, and so do all for somebody of whom nothing is
    known.

    Raises:
        NotFound: The person's player is unknown.
        DatabaseUnavailable: The store contradicts itself.
    """
    games = load_item_index(session)
    [member] = load_people(session, games, [person])
    try:
        [found] = load_scores(session, games, [member])
    except NothingToGoOn:
        return tuple(app_ids)
    of_all = found.scores.dense(len(games))
    score = {app_id: float(of_all[index]) for app_id, index in _indices(games.ids, app_ids)}
    return tuple(sorted(app_ids, key=lambda app_id: -score.get(app_id, 0.0)))


def backlog(
    session: Session, person: Person, limit: int, *, exclude: Collection[int] = ()
) -> tuple[int, ...]:
    """Return the app ids of what a person owns and has hardly played, most liked by prediction first.

    How long a game was played must be known: where the hours are hidden, nothing is. What the person does not
    like is none of it, nor are those of `exclude`. Raises as `by_preference`.
    """
    unwanted = {*exclude, *person.taste.disliked}
    waiting = [
        app_id
        for app_id, minutes in (person.library or {}).items()
        if minutes is not None and minutes < _HARDLY_PLAYED_MINUTES and app_id not in unwanted
    ]
    return by_preference(session, person, waiting)[:limit]


def _indices(ids: NDArray[np.int32], app_ids: Sequence[int]) -> list[tuple[int, int]]:
    places = np.searchsorted(ids, app_ids)
    return [
        (app_id, int(place))
        for app_id, place in zip(app_ids, places, strict=True)
        if place < len(ids) and ids[place] == app_id
    ]
