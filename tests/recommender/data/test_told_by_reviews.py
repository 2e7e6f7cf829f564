"""What reviews tell of games without a page, on four kinds whose reviews speak of different things."""

import numpy as np
import pytest
from scipy import sparse

from recommender.data.told_by_reviews import ReviewTexts, read_review_texts, with_words_told
from store import Database
from tests.store.builder import SmallStore

SPOKEN_OF = ["aiming rifles soldiers", "levers riddles rooms", "engines tyres laps", "wheat cows fences"]
LEARNT = 40


def _told(words: np.ndarray, reviews: ReviewTexts) -> np.ndarray:
    return np.asarray(with_words_told(sparse.csr_array(words), reviews).toarray())


def _of_kinds(asked: list[tuple[str, int]]) -> tuple[np.ndarray, ReviewTexts]:
    """Return ten described games of each kind, and others that have such texts and so many reviews."""
    words = np.zeros((LEARNT + len(asked), len(SPOKEN_OF)), np.float32)
    words[np.arange(LEARNT), np.arange(LEARNT) % len(SPOKEN_OF)] = 1
    texts = [SPOKEN_OF[game % len(SPOKEN_OF)] for game in range(LEARNT)] + [text for text, _ in asked]
    counts = np.array([5] * LEARNT + [count for _, count in asked])
    return words, ReviewTexts(np.arange(len(texts)), counts, texts)


def test_a_game_is_described_as_those_are_whose_reviews_speak_of_the_same() -> None:
    words, reviews = _of_kinds([("such rifles, and no soldiers", 10), ("mostly wheat", 10)])
    found = _told(words, reviews)
    assert found[LEARNT:].argmax(axis=1).tolist() == [0, 3]
    assert np.array_equal(found[:LEARNT], words[:LEARNT])


def test_the_more_reviews_a_game_has_the_more_they_tell_but_never_as_much_as_a_page() -> None:
    words, reviews = _of_kinds([("levers", count) for count in (1, 10, 1000)])
    lengths = np.linalg.norm(_told(words, reviews)[LEARNT:], axis=1)
    assert np.all(np.diff(lengths) > 0)
    assert lengths[-1] < 1


def test_reviews_that_say_nothing_describe_a_game_as_an_average_one() -> None:
    words, reviews = _of_kinds([("", 10)])
    told = _told(words, reviews)[LEARNT]
    assert told == pytest.approx(told[0])


@pytest.mark.parametrize("texts", [["levers"] * 3, ["", ""]])
def test_a_few_reviews_teach_nothing_that_could_fail(texts: list[str]) -> None:
    words = np.eye(len(texts), 2, dtype=np.float32)
    words[-1] = 0
    reviews = ReviewTexts(np.arange(len(texts)), np.full(len(texts), 3), texts)
    assert _told(words, reviews).shape == words.shape


def _read(store: Database, described: list[bool]) -> ReviewTexts:
    with SmallStore(store).fill() as build:
        for game, reviews in ((1, 3), (2, 2), (3, 1), (4, 0)):
            build.game(game, f"Game {game}")
            build.game_stats(game, reviews=reviews)
            for number in range(reviews):
                build.review(game, f"player {number}", f"says {game} {number}")
    with store.reader() as session:
        return read_review_texts(session.connection(), np.arange(1, 5, dtype=np.int32), np.array(described))


def test_of_described_games_those_of_several_reviews_are_read(store: Database) -> None:
    read = _read(store, [True, True, False, False])
    assert read.games.tolist() == [0, 2]
    assert read.counts.tolist() == [3, 1]
    assert read.texts == ["says 1 0 says 1 1 says 1 2", "says 3 0"]


def test_nothing_is_read_where_a_page_describes_every_game(store: Database) -> None:
    assert not _read(store, [True] * 4).texts
