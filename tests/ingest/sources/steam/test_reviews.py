"""Reviews of a Steam on loopback: walks, edits, languages, and what becomes of their authors."""

import stat

import pytest

from ingest.sources.steam.fetch_reviews import author_hash
from ingest.sources.steam.kept.models import KeptReview, ReviewMark
from playground.steam import Mood, Step
from playground.steam.catalogue import invented
from store.people.anonymous import is_anonymous
from store.runs import SilentProgress
from tests.ingest.sources.steam.asking import Nights

pytestmark = pytest.mark.slow

ALL = {"review_games": 100}


def texts(asked: Nights) -> dict[int, str]:
    return {review.id: review.text for review in asked.rows(KeptReview)}


def test_reviews_of_the_most_reviewed_games_come_with_their_language(asked: Nights) -> None:
    asked.run(review_games=3)
    assert len({review.app for review in asked.rows(KeptReview)}) == 3
    assert {review.language for review in asked.reviews} > {"en"}
    assert all(review.recommend is not None and review.posted for review in asked.reviews)


def test_authors_are_known_by_a_keyed_hash_alone(asked: Nights) -> None:
    asked.run()
    assert all(is_anonymous(review.user_id) for review in asked.reviews)
    kept = asked.kept.read_bytes()
    assert b"76561" not in kept
    assert author_hash("76561197960265729", b"one key") != author_hash("76561197960265729", b"another")
    assert stat.S_IMODE(asked.kept.stat().st_mode) == 0o600


def test_what_authors_played_counts_as_libraries_unless_that_is_switched_off(asked: Nights) -> None:
    source = asked.run()
    parts = list(source.libraries(SilentProgress()))
    assert sum(len(part.games) for part in parts) > 0
    assert all(is_anonymous(user) for part in parts for user in part.user_ids)
    assert all(steam_id is None for part in parts for steam_id in part.steam_ids)
    assert all(sum(part.sizes) == len(part.games) == len(part.minutes) for part in parts)
    without = asked.run(train_on_reviews=False)
    assert list(without.libraries(SilentProgress())) == []
    assert without.rules != source.rules


def test_a_walk_ends_at_what_was_there_before(asked: Nights) -> None:
    asked.run()
    asked.steam.world.advance(days=1)
    asked.run()
    assert asked.asked["GetAppReviews"] == 5  # a page a game


def test_an_edited_review_takes_the_place_of_what_it_was(asked: Nights) -> None:
    asked.run(**ALL)
    before = texts(asked)
    asked.steam.world.play(Step.REVIEW_EDITED)
    for _night in range(4):  # a part of the games is walked through every night
        asked.steam.world.advance(days=1)
        asked.run(**ALL)
    after = texts(asked)
    edited = [review for review in before if after[review] != before[review]]
    assert len(edited) == 1
    apps = {review.id: review.app for review in asked.rows(KeptReview)}
    assert apps[edited[0]] == invented.MOTHLIGHT


def test_an_early_end_is_asked_for_again(asked: Nights) -> None:
    asked.run()
    whole = texts(asked)
    asked.kept = asked.kept.with_name("other.sqlite3")
    with asked.steam.mood(Mood.REVIEWS_END_EARLY, times=5):
        asked.run()
    assert texts(asked) == whole


@pytest.mark.parametrize("mood", [Mood.REPEATED_CURSOR, Mood.CURSORS_FORGOTTEN])
def test_a_walk_whose_cursor_leads_nowhere_stops(asked: Nights, mood: Mood) -> None:
    with asked.steam.mood(mood):
        asked.run()
    assert asked.asked["GetAppReviews"] <= 2 * 5
    assert asked.reviews
    assert not asked.source.is_partial


def test_absurd_votes_are_taken_as_none(asked: Nights) -> None:
    with asked.steam.mood(Mood.HUGE_VOTES):
        asked.run()
    assert max(review.helpful for review in asked.reviews) < 2**31


def test_a_walk_goes_on_where_a_run_was_stopped(asked: Nights) -> None:
    asked.run(review_games=0)
    spent = sum(asked.asked.values())
    asked.run(calls_a_day=spent + 5)
    marks = {mark.app: mark for mark in asked.rows(ReviewMark)}
    under_way = [mark for mark in marks.values() if mark.cursor != "*"]
    assert len(under_way) <= 1
    asked.steam.world.advance(days=1)
    asked.run()
    assert not asked.source.is_partial
    assert all(mark.cursor == "*" for mark in asked.rows(ReviewMark))
    assert len({review.app for review in asked.rows(KeptReview)}) == 5
