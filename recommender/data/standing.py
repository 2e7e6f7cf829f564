"""How well known and well liked games are by their store pages, which know of games newer than libraries."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.engine import Connection

from recommender.data.words import Words
from store.models import Game

Factors = NDArray[np.float32]

# Steam's words for its rating: the further they go, to either side, the more reviews it takes.
_RATED: Final = {"Overwhelmingly": 3, "Very": 2, "Mostly": 1, "Mixed": 1}
_PER_RATING = 0.2
# What a point of Metacritic's adds, from the score on that a game without one is taken to have.
_PER_POINT, _USUAL_SCORE = 0.015, 65
# A page shows at most this many tags; only what many voted for has nearly all.
_MOST_TAGS, _NEARLY_ALL = 20, 18
_TAGS_POWER = 0.3


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store page of each game says of how well known and well liked it is.

    Attributes:
        factor: What similarity to it is multiplied by, float32 above 0 of shape (games,).
        is_known: Whether so many voted for its tags that it is well known, whoever owns it; shape (games,).
    """

    factor: Factors
    is_known: NDArray[np.bool_]

    def over(self, indices: NDArray[np.intp], places: NDArray[np.bool_]) -> Self:
        """Return that of some games, in the `places` that are marked among games without a page."""
        factor = np.full(len(places), _by_tags(np.zeros(1, np.int64))[0], np.float32)
        is_known = np.zeros(len(places), bool)
        factor[places], is_known[places] = self.factor[indices], self.is_known[indices]
        return type(self)(factor, is_known)


def standing_of(game_ids: NDArray[np.int32], tags: Words | None, acclaim: Factors | None) -> Standing:
    """Return the standing of the ascending `game_ids`, by their tags and `acclaim`, where these are known."""
    games = np.empty(0, np.int64) if tags is None else tags.games
    counts = np.bincount(np.searchsorted(game_ids, games), minlength=len(game_ids))
    factor = _by_tags(counts)
    return Standing(factor if acclaim is None else factor * acclaim, counts >= _NEARLY_ALL)


def read_acclaim(connection: Connection) -> Factors:
    """Return what Steam's rating and Metacritic's score say for each game, by app id; 1 if nothing."""
    rows = connection.execute(select(Game.steam_rating, Game.metascore).order_by(Game.id)).all()
    logs = [
        _PER_RATING * _rated(rating) + _PER_POINT * ((score or _USUAL_SCORE) - _USUAL_SCORE)
        for rating, score in rows
    ]
    return np.exp(np.array(logs, np.float32))


def _by_tags(counts: NDArray[np.integer]) -> Factors:
    return np.asarray(((counts + 1) / (_MOST_TAGS + 1)) ** _TAGS_POWER, np.float32)


def _rated(rating: str | None) -> int:
    return 0 if rating is None else _RATED.get(rating.partition(" ")[0], 0)
