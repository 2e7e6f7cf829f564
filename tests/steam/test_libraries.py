"""What is made of answers about a library, whatever comes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steam.libraries import account_of_vanity, answer_of, profile_in
from steam.wishlists import _in_order as in_order
from store.user_data import LibraryState

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)
ROW = st.dictionaries(st.sampled_from(["appid", "playtime_forever", "name"]), JSON, max_size=3) | JSON
CONTENT = st.fixed_dictionaries({}, optional={"game_count": JSON, "games": st.lists(ROW, max_size=4) | JSON})
PROFILE = st.fixed_dictionaries({}, optional={"communityvisibilitystate": JSON, "personaname": JSON})


@given(CONTENT, PROFILE)
def test_any_answer_is_one_of_the_states_and_its_games_have_ids_and_minutes(
    content: dict[str, Any], profile: dict[str, Any]
) -> None:
    answer = answer_of(content, profile)
    assert bool(answer.games) is answer.state.has_games
    for app_id, minutes in answer.games.items():
        assert app_id > 0
        assert minutes is None or minutes >= 0


@given(JSON, JSON)
def test_any_other_answer_names_nobody_by_mistake(content: Any, players: Any) -> None:
    assert profile_in({"players": players}, 76561197960265729) is None or isinstance(players, list)
    found = account_of_vanity(content if isinstance(content, dict) else {"success": 1, "steamid": content})
    assert found is None or found > 76561197960265728


def test_a_game_without_a_play_time_has_an_unknown_one() -> None:
    answer = answer_of({"game_count": 2, "games": [{"appid": 10}, {"appid": 20, "playtime_forever": 5}]}, {})
    assert (answer.state, dict(answer.games)) == (LibraryState.OPEN, {10: None, 20: 5})


def test_games_of_a_shape_that_nobody_knows_are_no_empty_library() -> None:
    assert answer_of({"game_count": 3, "games": [{"id": 1}]}, {}).state is LibraryState.FAILED
    assert answer_of({"game_count": 3}, {}).state is LibraryState.FAILED


@pytest.mark.parametrize("odd", [2**31, 2**40, 2**70, -1, 0, True, "9" * 30, "1e3", 5.0, None, [5]])
def test_an_id_that_no_app_can_have_is_of_no_game(odd: object) -> None:
    rows = [{"appid": odd, "playtime_forever": 5, "priority": 1}, {"appid": "620", "priority": 2}]
    assert dict(answer_of({"games": rows}, {}).games) == {620: None}
    assert in_order(rows) == (620,)


@pytest.mark.parametrize("odd", [2**70, "9" * 30, None, {}, -5])
def test_a_wish_may_have_any_place_and_date(odd: object) -> None:
    assert in_order([{"appid": 10, "priority": odd, "date_added": odd}]) == (10,)


def test_a_name_is_one_line_that_every_database_takes() -> None:
    assert answer_of({}, {"personaname": " Ana\0\n of  Troy "}).persona == "Ana of Troy"
    assert answer_of({}, {"personaname": "\0"}).persona is None
