"""What is like a game that somebody names counts, the more the less else is known of the person."""

import pytest

from store import queries
from store.people.taste import Taste
from store.results import Recommendations
from tests.store.builder import SmallStore

NAMED, LIKE_IT, FAMOUS, OTHER, THIRD = 1, 2, 3, 4, 5
OWNED = range(100, 140)
BY_FEW, BY_MANY = 0.0001, 0.5


def shelf(store: SmallStore, popularity: float) -> SmallStore:
    """A game whose owners own above all a famous one, and another that it is like."""
    with store.fill() as build:
        for app_id in (NAMED, LIKE_IT, FAMOUS, OTHER, THIRD, *OWNED):
            build.game(app_id, f"Game {app_id}")
        build.weights(NAMED, {FAMOUS: 0.5, LIKE_IT: 0.1}, similar={LIKE_IT: 0.02}, popularity=popularity)
        build.weights(FAMOUS, {OTHER: 0.1}, similar={}, popularity=0.9)
        build.weights(OTHER, {FAMOUS: 0.5, THIRD: 0.4}, similar={THIRD: 9.0}, popularity=popularity)
        for app_id in OWNED:
            build.weights(app_id, {FAMOUS: 0.5}, similar={})
    return store


def found(store: SmallStore, *liked: int, library: dict[int, float | None] | None = None) -> Recommendations:
    return store.ask(queries.recommend_library, library or {}, taste=Taste(liked=liked))


def ids(suggested: Recommendations) -> list[int]:
    return [entry.game.id for entry in suggested]


def test_what_is_like_a_game_that_few_own_comes_before_what_everybody_owns(small_store: SmallStore) -> None:
    assert ids(found(shelf(small_store, BY_FEW), NAMED)) == [LIKE_IT, FAMOUS]


def test_the_same_game_in_a_library_goes_by_what_its_owners_own(small_store: SmallStore) -> None:
    assert ids(found(shelf(small_store, BY_FEW), library={NAMED: None})) == [FAMOUS, LIKE_IT]


def test_beside_a_large_library_a_liked_game_changes_next_to_nothing(small_store: SmallStore) -> None:
    library: dict[int, float | None] = dict.fromkeys(OWNED, 600.0)
    assert ids(found(shelf(small_store, BY_FEW), NAMED, library=library))[0] == FAMOUS


def test_each_liked_game_counts_alike_however_similar_its_similar_games_are(small_store: SmallStore) -> None:
    suggested = found(shelf(small_store, BY_FEW), NAMED, OTHER)
    score = {entry.game.id: entry.score for entry in suggested}
    assert score[LIKE_IT] == pytest.approx(score[THIRD], rel=0.2)


def test_what_is_like_no_liked_game_must_be_far_ahead_by_weights(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (NAMED, LIKE_IT, OTHER, THIRD):
            build.game(app_id, f"Game {app_id}")
        similar = {THIRD: 0.02, LIKE_IT: 0.001}
        build.weights(NAMED, {OTHER: 0.2, LIKE_IT: 0.15}, similar=similar, popularity=BY_MANY)
    assert ids(found(small_store, NAMED)) == [LIKE_IT, OTHER, THIRD]


def test_similarity_is_a_reason_and_shares_add_up_to_at_most_1(small_store: SmallStore) -> None:
    suggested = found(shelf(small_store, BY_MANY), NAMED, OTHER)
    reasons = {entry.game.id: entry.because.games for entry in suggested}
    assert [reason.game.id for reason in reasons[LIKE_IT]] == [NAMED]
    assert [reason.game.id for reason in reasons[THIRD]] == [OTHER]
    for of_game in reasons.values():
        assert 0.99 <= sum(reason.share for reason in of_game) <= 1.001


def test_a_liked_game_without_a_positive_weight_is_answered_by_what_is_like_it(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id in (NAMED, LIKE_IT, FAMOUS):
            build.game(app_id, f"Game {app_id}")
        build.weights(NAMED, {FAMOUS: -0.5}, similar={LIKE_IT: 0.02}, popularity=BY_FEW)
    assert ids(found(small_store, NAMED)) == [LIKE_IT]


def test_the_highest_score_stays_on_the_scale_of_preferences(small_store: SmallStore) -> None:
    for entry in found(shelf(small_store, BY_FEW), NAMED):
        assert 0 < entry.score <= 1


def test_what_no_library_lists_is_no_rarity_where_many_review_it(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (NAMED, FAMOUS, OTHER, THIRD):
            build.game(app_id, f"Game {app_id}")
        build.weights(NAMED, {FAMOUS: 0.3, OTHER: 0.3}, similar={THIRD: 0.1}, popularity=BY_MANY)
        build.weights(OTHER, {}, popularity=0.01)
        build.weights(FAMOUS, {}, popularity=0.0)
        build.game_stats(OTHER, owners=1, positive=1)
        build.game_stats(FAMOUS, owners=0, positive=90)
    assert ids(found(small_store, NAMED)).index(OTHER) < ids(found(small_store, NAMED)).index(FAMOUS)
