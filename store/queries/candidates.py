"""Which of the scored games may be suggested, and what a reply says of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from store import sqlite
from store.editions import edition_key
from store.models import NAMES_PER_KIND, Game, GameKind, GameStats, Name, NameKind
from store.queries.game_refs import game_ref
from store.results import GameRef
from store.search_key import search_key

# Most lists are filled from the first batch; each further one is larger.
_FIRST_BATCH = 64
_LARGEST_BATCH = 4096

ONLY_GAMES = (Game.kind == GameKind.GAME,)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A game that may be suggested, and its score."""

    game: GameRef
    score: float


def best_candidates(
    session: Session,
    targets: NDArray[np.int32],
    scores: NDArray[np.float64],
    *,
    limit: int,
    exclude: Collection[int] = (),
    conditions: Sequence[ColumnElement[bool]] = ONLY_GAMES,
    with_unlisted: bool = False,
) -> tuple[Candidate, ...]:
    """Return up to `limit` games of positive score, best first and of equals the lower app id first.

    Left out: the games of `exclude` and other editions of them, second editions of one game, games that are
    not in the store's list (unless `with_unlisted`) or not released, and whatever `conditions` (over `games`)
    rule out: all that is no game (DLC, soundtracks, ...), unless others are given.
    """
    ranked = np.lexsort((targets, -scores))
    ranked = ranked[scores[ranked] > 0]
    ranked = ranked[~np.isin(targets[ranked], np.fromiter(exclude, np.int64, len(exclude)))]
    wanted = (*conditions, released(date.today()), *(() if with_unlisted else (Game.listed,)))
    taken = edition_keys(session, exclude)
    chosen: list[Candidate] = []
    for batch in _batches(ranked):
        found = _suggestible(session, targets[batch].tolist(), wanted)
        for place in batch:
            game, key = found.get(int(targets[place]), (None, ""))
            if game is None or key in taken:
                continue
            taken.add(key)
            chosen.append(Candidate(game, float(scores[place])))
            if len(chosen) == limit:
                return tuple(chosen)
    return tuple(chosen)


def edition_keys(session: Session, games: Collection[int]) -> set[str]:
    """Return the edition keys of the titles of some games."""
    named = [NameKind.GAME * NAMES_PER_KIND + game for game in games]
    keys = session.scalars(select(Name.key).where(sqlite.is_among(Name.id, named)))
    return set(map(edition_key, keys))


def released(today: date) -> ColumnElement[bool]:
    """Return the condition that a game is out: its date has come, or is not told.

    A text without any year ("Coming soon") tells of a game to come, unless somebody owns it already.
    """
    return or_(
        Game.release_date <= today,
        and_(Game.release_date.is_(None), Game.release_year <= today.year),
        and_(
            Game.release_year.is_(None),
            or_(Game.release_text.is_(None), GameStats.owners > 0),
        ),
    )


def _suggestible(
    session: Session, games: list[int], conditions: Sequence[ColumnElement[bool]]
) -> dict[int, tuple[GameRef, str]]:
    statement = (
        select(Game)
        .outerjoin(GameStats, GameStats.game_id == Game.id)
        .where(Game.id.in_(games), Game.title.is_not(None), *conditions)
    )
    return {
        game.id: (game_ref(game), edition_key(search_key(game.title or "")))
        for game in session.scalars(statement)
    }


def _batches(ranked: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    start, size = 0, _FIRST_BATCH
    while start < len(ranked):
        yield ranked[start : start + size]
        start, size = start + size, min(4 * size, _LARGEST_BATCH)
