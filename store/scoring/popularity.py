"""How well known each game is, by whatever tells it: libraries, reviews and Steam's own rating."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from store.dialect import shared_cached
from store.models import GameStats, GameTag, StorePage
from store.scoring.item_index import ItemIndex, Mask
from store.scoring.scorer import Scores

Numbers = NDArray[np.float64]

# Of the games that anybody is known to know, this share is too well known to be hidden gems.
_WELL_KNOWN = 0.1
# A page shows at most twenty tags. Of games with so many of them, three of ten are among the best known.
_TAGS_OF_KNOWN = 18

_REVIEWS = select(GameStats.game_id, GameStats.negative + GameStats.neutral + GameStats.positive)
_RATINGS = select(StorePage.game_id, StorePage.rating_count).where(StorePage.rating_count > 0)
_MUCH_TAGGED = select(GameTag.game_id).group_by(GameTag.game_id).having(func.count() >= _TAGS_OF_KNOWN)


@dataclass(frozen=True, slots=True)
class Popularity:
    """How well known each game of the item index is, a game's editions as the best known of them.

    Attributes:
        shares: The share of the players who own it, or would by how many review it here or rate it on Steam;
            float32 of shape (games,), 0 where nothing is counted.
        is_well_known: Whether it is too well known to be a hidden gem, of the same shape. So is a game of
            which nothing is counted but whose store page has as many tags as it shows: libraries know
            nothing of what is newer than they are, nor of what they do not list for being free.
    """

    shares: Scores
    is_well_known: Mask


def load_popularity(session: Session, games: ItemIndex) -> Popularity:
    """Return how well known the games are; it is read once after each training and shared by all sessions."""
    return shared_cached(session.connection(), "popularity", games.state, partial(_read, games))


def _read(games: ItemIndex, connection: Connection) -> Popularity:
    reviews, ratings = (_counts(games, connection, statement) for statement in (_REVIEWS, _RATINGS))
    shares = _shares(games.params.popularity.astype(np.float64), reviews, ratings)
    best = np.zeros(len(games), np.float32)
    np.maximum.at(best, games.editions, shares)
    shares = best[games.editions]
    tagged = np.array(connection.execute(_MUCH_TAGGED).scalars().all(), np.int64)
    return Popularity(shares, _is_well_known(shares, games.mask(games.indices(tagged))))


def _counts(games: ItemIndex, connection: Connection, statement: Select[*tuple[Any, ...]]) -> Numbers:
    """Return how many people a statement counts for each game, of shape (games,)."""
    rows = np.array([tuple(row) for row in connection.execute(statement)], np.int64).reshape(-1, 2)
    rows = rows[np.isin(rows[:, 0], games.ids)]
    counts = np.zeros(len(games))
    counts[games.indices(rows[:, 0])] = rows[:, 1]
    return counts


def _shares(owned: Numbers, reviews: Numbers, ratings: Numbers) -> Scores:
    """Return the share of players who own each game, or would by what else is counted of it.

    Steam counts all its ratings, while the reviews of a game here may be a sample: they tell of games without
    ratings. Where nobody owns any game, the one of which most is counted is owned by all.
    """
    base = next((counts for counts in (owned, ratings, reviews) if counts.any()), owned)
    told = np.where(ratings > 0, _on_scale_of(base, ratings), _on_scale_of(base, reviews))
    most = 1.0 if owned.any() else max(base.max(initial=0), 1.0)
    return (np.minimum(np.maximum(base, told), most) / most).astype(np.float32)


def _on_scale_of(base: Numbers, counts: Numbers) -> Numbers:
    """Return counts on the scale of others, by the games that have both; 0 where none has."""
    both = (counts > 0) & (base > 0)
    return counts * (base[both].sum() / counts[both].sum() if both.any() else 0.0)


def _is_well_known(shares: Scores, is_much_tagged: Mask) -> Mask:
    known = shares > 0
    if not known.any():
        return known
    return (shares > np.quantile(shares[known], 1 - _WELL_KNOWN)) | (~known & is_much_tagged)
