"""What store pages say of how well known and well liked games are."""

import numpy as np
import pytest

from recommender.data.standing import read_acclaim, standing_of
from recommender.data.words import Words
from store import Database
from store.models import Game
from tests.store.builder import SmallStore


def test_ratings_count_by_how_many_reviews_they_take_and_scores_by_their_points(store: Database) -> None:
    ratings = {
        1: ("Overwhelmingly Positive", 90),
        2: ("Overwhelmingly Positive", None),
        3: ("Very Negative", None),
        4: ("Mostly Positive", None),
        5: ("9 user reviews", None),
        6: (None, None),
    }
    with SmallStore(store).fill() as data:
        for game in ratings:
            data.game(game, f"Game {game}")
    with store.writer() as session:
        for game, (rating, score) in ratings.items():
            found = session.get_one(Game, game)
            found.steam_rating, found.metascore = rating, score
    with store.reader() as session:
        acclaim = read_acclaim(session.connection())
    assert np.all(np.diff(acclaim[:5]) < 0)
    assert acclaim[4] == acclaim[5] == 1


def test_a_game_stands_by_how_many_tags_it_has() -> None:
    games = np.array([10, 20, 30], np.int32)
    tags = Words(np.repeat([10, 20], [20, 5]), np.concatenate([np.arange(20), np.arange(5)]))
    standing = standing_of(games, tags, None)
    assert standing.factor[0] == pytest.approx(21 / 21)
    assert np.all(np.diff(standing.factor) < 0)
    assert standing.is_known.tolist() == [True, False, False]
    spread = standing.over(np.array([0]), np.array([False, True]))
    assert spread.factor.tolist() == [standing.factor[2], standing.factor[0]]
    assert spread.is_known.tolist() == [False, True]
