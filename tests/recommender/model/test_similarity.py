"""Similar games, on a dozen games whose owners, reviews and words are known."""

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from recommender.data.content import content_of
from recommender.data.libraries import Libraries, libraries_of
from recommender.data.neighbours import SimilarRow
from recommender.data.reviews import Reviews, no_reviews
from recommender.data.words import Words
from recommender.model.audience import audience_of
from recommender.model.ease import EaseSettings, fit_ease
from recommender.model.hybrid import HybridEase

GAMES = np.arange(1, 13, dtype=np.int32)


def _libraries(owned: dict[int, list[int]]) -> Libraries:
    """Return libraries by player; each player owns games in the order of their ids."""
    games = np.array([game for library in owned.values() for game in sorted(library)], np.int32)
    sizes = np.array([len(library) for library in owned.values()], np.int64)
    return libraries_of(np.array(list(owned), np.int64), sizes, games, np.full(len(games), 600, np.int32))


def _words(pairs: list[tuple[int, int]]) -> Words:
    games, words = np.array(pairs, np.int64).reshape(-1, 2).T
    return Words(games, words, np.zeros(len(games), np.int64))


def _similar(
    libraries: Libraries,
    tags: list[tuple[int, int]],
    franchises: list[tuple[int, int]] | None = None,
    reviews: Reviews | None = None,
) -> dict[int, SimilarRow]:
    content = content_of(GAMES, {"tag": _words(tags), "franchise": _words(franchises or [])})
    model = HybridEase().fit(libraries, lambda: content, lambda: reviews or no_reviews())
    return {row.game_id: row for row in model.similar}


def _ids(row: SimilarRow) -> list[int]:
    return [int(game) for game in GAMES[row.indices]]


@pytest.fixture
def libraries() -> Libraries:
    """Eight games that two players own each, in two circles."""
    return _libraries({1: [1, 2, 3, 4], 2: [1, 2, 3, 4], 3: [5, 6, 7, 8], 4: [5, 6, 7, 8]})


def test_what_is_alike_comes_first_and_nothing_is_like_itself(libraries: Libraries) -> None:
    found = _similar(libraries, [(game, game % 2) for game in range(1, 9)])
    for game, row in found.items():
        assert game not in _ids(row)
        assert np.all(np.diff(row.similarity) <= 0)
    assert set(_ids(found[1])[:3]) == {3, 5, 7}
    assert _ids(found[1])[0] == 3, "the one with the same owners"


def test_of_equals_the_lower_app_id_comes_first(libraries: Libraries) -> None:
    found = _similar(libraries, [(game, 0) for game in range(1, 9)])
    assert _ids(found[1]) == [2, 3, 4, 5, 6, 7, 8]


def test_a_game_that_nobody_knows_is_no_answer_unless_it_is_of_the_series(libraries: Libraries) -> None:
    found = _similar(libraries, [(game, 0) for game in GAMES.tolist()], [(1, 0), (9, 0)])
    assert 9 in _ids(found[1])
    assert not {10, 11, 12} & set(_ids(found[1]))
    assert _ids(found[9])[0] == 1
    assert set(_ids(found[10])) == set(range(1, 9))


def test_whoever_reviewed_a_game_knows_it(libraries: Libraries) -> None:
    reviews = Reviews(np.array([1, 2, 7, 7]), np.array([9, 9, 9, 10]))
    found = _similar(libraries, [(game, 0) for game in GAMES.tolist()], reviews=reviews)
    assert {9, 10} <= set(_ids(found[5]))
    assert _ids(found[9])[:4] == [1, 2, 3, 4], "those of the two reviewers' libraries"
    assert found[1].common_owners[_ids(found[1]).index(9)] == 0
    assert found[1].common_owners[_ids(found[1]).index(2)] == 2


def test_where_nobody_knows_any_game_all_are_compared() -> None:
    found = _similar(_libraries({}), [(game, game % 2) for game in GAMES.tolist()])
    assert _ids(found[1])[:5] == [3, 5, 7, 9, 11]


def test_the_audiences_are_those_counted_one_by_one() -> None:
    random = np.random.default_rng(3)
    owned = {
        player: random.choice(GAMES, random.integers(1, 7), replace=False).tolist() for player in range(1, 30)
    }
    libraries = _libraries(owned).over(GAMES)
    pairs = {(int(random.integers(1, 40)), int(random.integers(1, 13))) for _ in range(60)}
    reviews = Reviews(*np.array(sorted(pairs)).T)
    warm = libraries.owners >= 2
    ease = fit_ease(
        libraries.where(warm[libraries.columns]).without_unowned().matrix(),
        lambda: sparse.csr_array(np.zeros((int(warm.sum()), 1), np.float32)),
        EaseSettings(),
    )
    audience = audience_of(libraries, warm, reviews)
    common = audience.common_by_reviews(np.arange(12)).toarray()
    indices = np.flatnonzero(warm)
    common[np.ix_(indices, indices)] += ease.common_owners(slice(0, len(indices)))

    knows = {player: {game for game in library if warm[game - 1]} for player, library in owned.items()}
    for player, game in pairs:
        knows.setdefault(player, set()).add(game)
    for one, other in combinations(GAMES.tolist(), 2):
        both = sum({one, other} <= games for games in knows.values())
        assert common[one - 1, other - 1] == common[other - 1, one - 1] == both
    for game in GAMES.tolist():
        assert audience.sizes[game - 1] == sum(game in games for games in knows.values())


def test_a_page_with_nearly_all_tags_makes_a_game_known_whoever_owns_it(libraries: Libraries) -> None:
    tags = [(game, 0) for game in GAMES.tolist()] + [(10, tag) for tag in range(1, 18)]
    found = _similar(libraries, tags)
    assert 10 in _ids(found[1])
    assert not {9, 11, 12} & set(_ids(found[1]))


def test_of_two_games_that_are_as_similar_the_better_rated_comes_first(libraries: Libraries) -> None:
    content = content_of(
        GAMES,
        {"tag": _words([(game, 0) for game in GAMES.tolist()])},
        np.array([1, 1, 1, 1, 1, 1, 1.5, 1, 1, 1, 1, 1], np.float32),
    )
    model = HybridEase().fit(libraries, lambda: content)
    found = {row.game_id: row for row in model.similar}
    assert [_ids(found[game])[0] for game in (5, 6, 8)] == [7, 7, 7]


def test_a_game_of_which_nothing_is_known_is_like_none(libraries: Libraries) -> None:
    found = _similar(libraries, [(game, 0) for game in range(1, 12)])
    assert _ids(found[12]) == []
    assert _ids(found[11]) != []
