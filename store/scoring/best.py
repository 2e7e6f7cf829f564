"""The best games of all that meet some conditions, whatever they are like."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from store.dialect import VALUES_TABLE, values_param
from store.models import Game, GameTag, RankedGames, TopBy
from store.scoring.conditions import games_with_tags
from store.scoring.discovery import Discovery
from store.scoring.filters import LookedUpFilters
from store.scoring.item_index import ItemIndex, Mask
from store.scoring.popularity import load_popularity
from store.scoring.scorer import SparseScores, sparse_scores
from store.scoring.top_k import Candidate, best_candidates

# What the games are ordered by, for each choice of how well known they should be; the second begins where
# the first has no more games. None is by how well known they are, whatever tells it.
_ORDERS: Mapping[Discovery, tuple[TopBy | None, ...]] = {
    Discovery.BALANCED: (TopBy.RECOMMENDED, None),
    Discovery.POPULAR: (None,),
    Discovery.HIDDEN_GEMS: (TopBy.GEMS,),
}
_ALL_GENRES = 0
# So many at a time are put in order by what else is known of them. A list of any length begins with the same
# games.
_AT_ONCE = 20
# Steam's own words, of which the first need the most reviews; what has no rating stands between good and bad.
_RATINGS = ("Overwhelmingly Positive", "Very Positive", "Positive", "Mostly Positive", None, "Mixed")

_STEAM_RATING = select(Game.id, Game.steam_rating).where(Game.id.in_(select(VALUES_TABLE.c.value)))
_Asked = aliased(GameTag)
_SHARED = (
    select(GameTag.game_id, func.count().label("tags"))
    .join(_Asked, _Asked.tag_id == GameTag.tag_id)
    .where(
        GameTag.game_id.in_(select(VALUES_TABLE.c.value)),
        _Asked.game_id == bindparam("asked", type_=Integer),
    )
    .group_by(GameTag.game_id)
)


def best_of_all(
    session: Session,
    games: ItemIndex,
    *,
    limit: int,
    exclude: Mask,
    filters: LookedUpFilters,
    discovery: Discovery,
    like: int | None = None,
) -> tuple[Candidate, ...]:
    """Return the best games that meet the conditions, best first.

    They are in the order of `store.queries.top_games`: by reviews, and hidden gems by Steam's own rating too;
    popular ones go by how well known they are. Of some that are about as good, those with most tags of a game
    come first.

    Args:
        session: The session that the games are read by.
        games: The item index.
        limit: How many games to return at most.
        exclude: Which games are left out, with all their other editions; shape (games,).
        filters: The conditions.
        discovery: How well known the games should be.
        like: The app id of the game that their tags are compared with.
    """
    genre = next(iter(filters.genres), _ALL_GENRES)
    carriers = games_with_tags(session, filters.tags)
    may_have_tags = None if carriers is None else games.mask(games.indices(carriers))
    found: tuple[Candidate, ...] = ()
    for by in _ORDERS[discovery]:
        if len(found) < limit:
            scores = _scores(session, games, by, genre)
            found += best_candidates(
                session,
                games,
                scores if may_have_tags is None else scores.among(may_have_tags),
                limit=_AT_ONCE * -(-(limit - len(found)) // _AT_ONCE),
                exclude=exclude | games.mask(np.array([one.index for one in found], np.intp)),
                filter_parameters=filters.parameters,
            )
    ordered: list[Candidate] = []
    for start in range(0, len(found), _AT_ONCE):
        ordered += _ordered(session, found[start : start + _AT_ONCE], discovery, like)
    return tuple(replace(one, score=0.0, by_limits=True) for one in ordered[:limit])


def _scores(session: Session, games: ItemIndex, by: TopBy | None, genre: int) -> SparseScores:
    """Return scores by which games are in an order, above 0, and 0 for those that are not in it."""
    if by is None:
        shares = load_popularity(session, games).shares
        known = np.flatnonzero(shares)
        return SparseScores(known, shares[known])
    ranking = session.get(RankedGames, (by, genre))
    ranked = np.frombuffer(b"" if ranking is None else ranking.game_ids, "<i4")
    indices = games.indices(ranked)
    scores = sparse_scores(indices, np.arange(len(indices), 0, -1).astype(np.float32))
    return scores.except_for(load_popularity(session, games).is_well_known) if by is TopBy.GEMS else scores


def _ordered(
    session: Session, some: Sequence[Candidate], discovery: Discovery, like: int | None
) -> list[Candidate]:
    values = values_param([one.game.id for one in some])
    connection = session.connection()
    shared: dict[int, int] = {}
    ratings: dict[int, int] = {}
    if like is not None:
        shared = {row.game_id: row.tags for row in connection.execute(_SHARED, {**values, "asked": like})}
    if discovery is Discovery.HIDDEN_GEMS:
        rows = connection.execute(_STEAM_RATING, values).all()
        ratings = {
            game: _RATINGS.index(rating) if rating in _RATINGS else len(_RATINGS) for game, rating in rows
        }
    return sorted(some, key=lambda one: (-shared.get(one.game.id, 0), ratings.get(one.game.id, 0)))
