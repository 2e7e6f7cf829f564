"""Which of the scored games may be suggested, and what a reply says of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

import numpy as np
from sqlalchemy import Boolean, Date, Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from store.dialect import VALUES_TABLE, values_param
from store.game_refs import REF_COLUMNS, ref
from store.models import Game, GameStats
from store.results import GameRef
from store.scoring.filters import LET_THROUGH, PLAYED_TOGETHER
from store.scoring.item_index import Mask, Scorable
from store.scoring.scorer import Places, Scores

# Most lists are filled from the first batch, of so many games for each that is wanted.
_FIRST_FOR_EACH = 4
# So many times the games looked at so far have been looked at after the next batch.
_GROWTH = 4

# The best of so many scores is found at once.
_HEAP = 32

# A game is out if its date has come, or is not told. A text without any year ("Coming soon") tells of a game
# to come, unless somebody owns it already.
_IS_OUT = or_(
    Game.release_date <= bindparam("today", type_=Date),
    and_(Game.release_date.is_(None), Game.release_year <= bindparam("this_year", type_=Integer)),
    and_(Game.release_year.is_(None), or_(Game.release_text.is_(None), GameStats.owners > 0)),
)
_SUGGESTIBLE = (
    select(and_(bindparam("together_first", type_=Boolean), PLAYED_TOGETHER).label("together"), *REF_COLUMNS)
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .where(
        Game.id.in_(select(VALUES_TABLE.c.value)),
        Game.title.is_not(None),
        or_(Game.listed, bindparam("with_unlisted", type_=Boolean)),
        _IS_OUT,
        LET_THROUGH,
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A game that may be suggested, its place among all that are scored, and its score."""

    game: GameRef
    place: int
    score: float


def best_candidates(
    session: Session,
    games: Scorable,
    scores: Scores,
    *,
    limit: int,
    exclude: Mask,
    filter_parameters: Mapping[str, int | None],
    with_unlisted: bool = False,
    together_first: bool = False,
) -> tuple[Candidate, ...]:
    """Return up to `limit` games of positive score, best first and of equals the lower app id first.

    With `together_first`, games that can be played with others come before all that cannot.

    `scores` and `exclude` have one entry for each of `games`. Left out: those to exclude and other editions,
    second editions of one game, games that are not in the store's list (unless `with_unlisted`) or not
    released, and what the filters rule out, of which `filter_parameters` are those of `LET_THROUGH`.
    """
    open_to_choice = scores.copy()
    open_to_choice[games.editions_of(exclude)] = 0
    today = date.today()
    conditions = {
        **filter_parameters,
        "with_unlisted": with_unlisted,
        "together_first": together_first,
        "today": today,
        "this_year": today.year,
    }
    # The best of each edition; those of the second kind only fill up.
    chosen: dict[int, Candidate] = {}
    others: dict[int, Candidate] = {}
    for batch in _batches(open_to_choice, _FIRST_FOR_EACH * limit):
        asked = {**values_param(games.ids[batch].tolist()), **conditions}
        rows = session.connection().execute(_SUGGESTIBLE, asked).all()
        suggestible = {row.id: (row.together, ref(*row[1:])) for row in rows}
        for place, game in zip(batch.tolist(), games.ids[batch].tolist(), strict=True):
            if game in suggestible:
                together, about = suggestible[game]
                found = chosen if together or not together_first else others
                found.setdefault(int(games.editions[place]), Candidate(about, place, float(scores[place])))
        if len(chosen) >= limit:
            break
    left = (candidate for edition, candidate in others.items() if edition not in chosen)
    return tuple(islice(chain(chosen.values(), left), limit))


def _batches(scores: Scores, first: int) -> Iterator[Places]:
    """Yield the places of positive scores, best first, of equals the first in place; `first` at once.

    No more of them are put in order than are asked for.
    """
    positive = np.count_nonzero(scores > 0)
    start, stop = 0, first
    while start < positive:
        few = stop < positive // _HEAP
        among = np.flatnonzero(scores >= _reached_by(scores, stop) if few else scores > 0)
        yield among[np.argsort(-scores[among], kind="stable")][start:stop]
        start, stop = stop, _GROWTH * stop


def _reached_by(scores: Scores, count: int) -> np.float32:
    """Return a score that is reached by the `count` best, and by few others.

    It is what the `count` best of some heaps reach, since the best of a heap are found in much less time than
    it takes to put all in order.
    """
    heaps = len(scores) // _HEAP
    best_of_heaps = scores[: heaps * _HEAP].reshape(_HEAP, heaps).max(axis=0)
    reached: np.float32 = np.partition(best_of_heaps, heaps - count)[heaps - count]
    return reached
