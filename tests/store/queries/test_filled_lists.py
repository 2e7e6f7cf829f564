"""Where too few games are alike, the best within the limits fill a list."""

import pytest

from store import queries
from store.errors import NothingLeft, RuledOut
from store.people.taste import Taste
from store.queries import Filters
from tests.store.builder import SmallStore
from tests.store.queries.suggested import titles


@pytest.fixture
def racers(small_store: SmallStore) -> SmallStore:
    """Portal, one game like it, and racing games of which two are reviewed and one is owned."""
    with small_store.fill() as build:
        build.game(1, "Portal", tags=("Puzzle", "Funny"), genres=("Action",))
        build.game(2, "Portal Remastered", tags=("Puzzle", "Funny"), genres=("Racing",))
        build.game(3, "Braid", genres=("Action",))
        for app_id, title, tags in (
            (4, "Grid", ()),
            (5, "Dirt", ("Funny",)),
            (6, "Nobody's Drive", ()),
            (7, "Owned Drive", ()),
        ):
            build.game(app_id, title, genres=("Racing",), tags=tags, year=2000 + app_id)
        build.game_stats(4, reviews=10, recommended=10)
        build.game_stats(5, reviews=2, recommended=2)
        build.game_stats(7, owners=3)
        build.weights(1, {3: 0.5, 5: 0.1})
        build.weights(7, {}, popularity=0.3)
        build.owns("ada", {1: 60})
    return small_store


RACING = Filters(genre="Racing")


def test_where_too_few_are_alike_the_best_within_the_limits_fill_the_list_and_say_so(
    racers: SmallStore,
) -> None:
    found = racers.ask(queries.recommend_game, "Portal", filters=RACING)
    assert [(entry.game.title, entry.because.by_limits) for entry in found] == [
        ("Dirt", False),
        ("Grid", True),
        ("Owned Drive", True),
    ]
    found = racers.ask(queries.recommend_user, "ada", filters=RACING)
    assert [(entry.game.title, entry.because.by_limits) for entry in found] == [
        ("Dirt", False),
        ("Grid", True),
        ("Owned Drive", True),
    ]


def test_a_list_for_somebody_who_names_a_game_is_filled_as_well(racers: SmallStore) -> None:
    with racers.fill() as build:
        build.game(8, "Nearby")
        build.weights(8, {3: 0.1}, similar={5: 0.5})
        build.weights(7, {}, popularity=0.3)
    found = racers.ask(queries.recommend_library, {}, taste=Taste(liked=(8,)), filters=RACING)
    assert [(entry.game.title, entry.because.by_limits) for entry in found] == [
        ("Dirt", False),
        ("Grid", True),
        ("Owned Drive", True),
    ]


def test_what_fills_a_list_has_most_tags_of_the_game_first(racers: SmallStore) -> None:
    found = racers.ask(queries.recommend_game, "Portal", filters=Filters(genre="Racing", released_since=2004))
    without = racers.ask(queries.recommend_game, "Portal", filters=RACING, exclude=[5])
    assert titles(found)[0] == "Dirt"
    assert titles(without) == ["Grid", "Owned Drive"]


def test_a_list_of_any_length_begins_alike(racers: SmallStore) -> None:
    whole = titles(racers.ask(queries.recommend_game, "Portal", 10, filters=RACING))
    for limit in range(1, 4):
        assert titles(racers.ask(queries.recommend_game, "Portal", limit, filters=RACING)) == whole[:limit]


def test_without_limits_nothing_fills_a_list(racers: SmallStore) -> None:
    assert titles(racers.ask(queries.recommend_game, "Portal")) == ["Braid", "Dirt"]


def test_the_best_are_those_that_reviews_recommend_most_surely(racers: SmallStore) -> None:
    found = titles(racers.ask(queries.recommend_best, filters=RACING))
    assert found == ["Grid", "Dirt", "Owned Drive", "Portal Remastered"]
    assert titles(racers.ask(queries.recommend_best, filters=RACING, exclude=[4])) == found[1:]
    for filters, exclude, cause in (
        (RACING, [2, 4, 5, 7], RuledOut.LEFT_OUT),
        (Filters(genre="Racing", free_only=True), [], RuledOut.FILTERS),
    ):
        with pytest.raises(NothingLeft) as raised:
            racers.ask(queries.recommend_best, filters=filters, exclude=exclude)
        assert raised.value.ruled_out is cause
