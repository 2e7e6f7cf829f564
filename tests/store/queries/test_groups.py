"""What a group could play together: owned by all or by none, to play together first, with nobody ignored."""

from typing import Any

import pytest

from store import queries
from store.models import Game, GameSpec, Spec
from store.queries import Filters
from store.results import GroupRecommendations, GroupSuggestion
from tests.store.builder import Builder, SmallStore

SHOOTER, PUZZLE, FARM = 1, 2, 3
ARENA, LABYRINTH, VILLAGE, PARTY = 11, 12, 13, 14


def _owns(build: Builder, user_id: str, *games: int) -> None:
    build.owns(user_id, dict.fromkeys(games, 600))


@pytest.fixture
def friends(small_store: SmallStore) -> SmallStore:
    """Ada likes shooters, Bob puzzles; both own the farm. Nobody owns what their games speak for."""
    with small_store.fill() as build:
        for app_id, title in (
            (SHOOTER, "Shooter"),
            (PUZZLE, "Puzzle"),
            (FARM, "Farm"),
            (ARENA, "Arena"),
            (LABYRINTH, "Labyrinth"),
            (VILLAGE, "Village"),
            (PARTY, "Party"),
        ):
            build.game(app_id, title)
        build._add(Spec(id=1, name="Co-op"))
        build._add(Spec(id=2, name="Single-player"))
        build._add(GameSpec(game_id=PARTY, spec_id=1, position=0))
        build._add(GameSpec(game_id=ARENA, spec_id=2, position=0))
        build.weights(SHOOTER, {ARENA: 1.0, VILLAGE: 0.5, PARTY: 0.2, FARM: 0.3})
        build.weights(PUZZLE, {LABYRINTH: 1.0, VILLAGE: 0.5, PARTY: 0.2, FARM: 0.3})
        _owns(build, "ada", SHOOTER, FARM)
        _owns(build, "bob", PUZZLE, FARM)
    return small_store


def _ids(games: tuple[GroupSuggestion, ...]) -> list[int]:
    return [entry.game.id for entry in games]


def _ask(store: SmallStore, **options: Any) -> GroupRecommendations:
    return store.ask(queries.recommend_group, ["ada", "bob"], **options)


def test_what_all_own_is_told_from_what_none_owns(friends: SmallStore) -> None:
    found = _ask(friends)
    assert _ids(found.play_now) == [FARM]
    assert set(_ids(found.to_buy)) == {ARENA, LABYRINTH, VILLAGE, PARTY}


def test_what_can_be_played_together_comes_first_and_what_suits_both_before_what_suits_one(
    friends: SmallStore,
) -> None:
    found = _ask(friends)
    assert _ids(found.to_buy)[:2] == [PARTY, VILLAGE]
    assert found.to_buy[0].modes == ("Co-op",)
    assert found.to_buy[1].modes == ()


def test_each_persons_preference_is_in_their_order_and_against_their_own_favourite(
    friends: SmallStore,
) -> None:
    preferences = {entry.game.id: entry.preferences for entry in _ask(friends).to_buy}
    assert preferences[ARENA] == pytest.approx((1.0, 0.0))
    assert preferences[LABYRINTH] == pytest.approx((0.0, 1.0))
    assert preferences[VILLAGE] == pytest.approx((0.5, 0.5), abs=0.01)


def test_a_large_library_has_no_louder_voice(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in range(1, 30):
            build.game(app_id, f"Game {app_id}")
        for app_id in range(1, 21):
            build.weights(app_id, {28: 0.5, 27: 0.4})
        build.weights(21, {29: 0.5, 27: 0.4})
        _owns(build, "ada", *range(1, 21))
        _owns(build, "bob", 21)
    found = _ask(small_store)
    assert _ids(found.to_buy)[0] == 27, "what both like, not what twenty games of one speak for"


def test_what_all_own_may_have_left_the_store_but_what_is_to_buy_may_not(friends: SmallStore) -> None:
    with friends.database.writer() as session:
        for app_id in (FARM, VILLAGE):
            session.get_one(Game, app_id).listed = False
    found = _ask(friends)
    assert _ids(found.play_now) == [FARM]
    assert VILLAGE not in _ids(found.to_buy)


def test_filters_and_what_is_unwanted_hold_for_both_lists(friends: SmallStore) -> None:
    found = _ask(friends, filters=Filters(together_only=True), exclude=[FARM])
    assert (_ids(found.play_now), _ids(found.to_buy)) == ([], [PARTY])
