"""Which of the scored games may be suggested, and what a reply says of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

import numpy as np
from sqlalchemy import Boolean, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from store.catalogue.game_refs import REF_COLUMNS, ref
from store.dialect import VALUES_TABLE, Prepared, values_param
from store.models import Game, GameStats
from store.results import GameRef
from store.scoring.conditions import PASSES_FILTERS, PLAYED_TOGETHER, FilterParameters
from store.scoring.item_index import ItemIndex, Mask
from store.scoring.releases import IS_OUT
from store.scoring.scorer import Indices, Scores, SparseScores

# The first batch has this many candidates for each game wanted, which fills most lists.
_FIRST_FOR_EACH = 4
# Each further batch brings the number of candidates to this many times what it was.
_GROWTH = 4
# How many batches after the first are put in order together with it.
_BATCHES_AHEAD = 3
# How many scores are sampled to estimate how high the highest are, and how many of the sample are looked at
# beyond those needed.
_SAMPLE = 4_000
_SPARE = 10

_SUGGESTIBLE: Prepared[*tuple[Any, ...]] = Prepared(
    select(and_(bindparam("together_first", type_=Boolean), PLAYED_TOGETHER).label("together"), *REF_COLUMNS)
    .outerjoin(GameStats, GameStats.game_id == Game.id)
    .where(
        Game.id.in_(select(VALUES_TABLE.c.value)),
        Game.title.is_not(None),
        or_(Game.listed, bindparam("with_unlisted", type_=Boolean)),
        IS_OUT,
        PASSES_FILTERS,
    )
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A game that may be suggested, its index among all that are scored, and its score.

    With `by_limits` it has no score: it is among the best games that meet what is asked for. `is_together` is
    whether it can be played with others, where that was asked.
    """

    game: GameRef
    index: int
    score: float
    by_limits: bool = False
    is_together: bool = False


def best_candidates(
    session: Session,
    games: ItemIndex,
    scores: SparseScores,
    *,
    limit: int,
    exclude: Mask,
    filter_parameters: FilterParameters,
    with_unlisted: bool = False,
    together_first: bool = False,
) -> tuple[Candidate, ...]:
    """Return the games of highest positive score, best first and of equals the lower app id first.

    Of several editions of one game the best is suggested; games that are not released are not.

    Args:
        session: The session that the games are read by.
        games: The item index.
        scores: The scores.
        limit: How many games to return at most.
        exclude: Which games are left out, with all their other editions; shape (games,).
        filter_parameters: The parameters of `PASSES_FILTERS`.
        with_unlisted: Whether games that the store does not list may be suggested.
        together_first: Whether games that can be played with others come before all that cannot.
    """
    open_to_choice = scores.except_for(games.editions_of(exclude)).values
    today = datetime.now(UTC).date()
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
        indices = scores.indices[batch]
        ids, editions = games.ids[indices].tolist(), games.editions[indices].tolist()
        rows = _SUGGESTIBLE.all(session.connection(), {**values_param(ids), **conditions})
        suggestible = {about[0]: (together, about) for together, *about in rows}
        for game, edition, index, score in zip(
            ids, editions, indices.tolist(), scores.values[batch].tolist(), strict=True
        ):
            if game in suggestible:
                together, about = suggestible[game]
                found = chosen if together or not together_first else others
                if edition not in found:
                    found[edition] = Candidate(ref(*about), index, score, is_together=bool(together))
        if len(chosen) >= limit:
            break
    left = (candidate for edition, candidate in others.items() if edition not in chosen)
    return tuple(islice(chain(chosen.values(), left), limit))


def _batches(scores: Scores, first: int) -> Iterator[Indices]:
    """Yield where positive scores are, highest first, `first` of them and then ever more at a time."""
    positive = np.count_nonzero(scores > 0)
    # Finding the highest takes about as long however many they are; nearly all lists are filled by these.
    highest = top_k(scores, first * _GROWTH**_BATCHES_AHEAD)
    start, stop = 0, first
    while start < positive:
        if stop > len(highest):
            highest = top_k(scores, stop)
        yield highest[start:stop]
        start, stop = stop, _GROWTH * stop


def top_k(scores: Scores, count: int) -> Indices:
    """Return where the `count` highest positive scores are, highest first, of equals the first first."""
    among = np.flatnonzero(scores >= _floor(scores, count))
    if len(among) < count:
        among = np.flatnonzero(scores > 0)
    values = scores[among]
    if count < len(among):
        reached = values >= np.partition(values, len(values) - count)[-count]
        among, values = among[reached], values[reached]
    return among[np.argsort(-values, kind="stable")][:count]


def _floor(scores: Scores, count: int) -> np.float32:
    """Return a positive score that some more than `count` games most likely reach, told by a sample of them.

    Partitioning those few takes a fraction of the time of partitioning all.
    """
    step = max(len(scores) // _SAMPLE, 1)
    sample = scores[::step]
    # Twice as many as are wanted: chance hardly ever leaves too few of them.
    wanted = 2 * count // step + _SPARE
    least = np.partition(sample, -wanted)[-wanted] if wanted < len(sample) else np.float32(0)
    return max(least, np.finfo(np.float32).tiny)
