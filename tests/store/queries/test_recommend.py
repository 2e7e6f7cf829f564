"""What is suggested, and never suggested, from a neighbours table written row by row."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from store import NotFound, StoreError, queries
from store.errors import NothingLeft, NothingToGoOn, WrongFilter, WrongLibrary
from store.models import Game, GameKind, NeighbourBasis
from store.queries import Filters
from tests.store.builder import SmallStore
from tests.store.queries.suggested import Query, titles


@pytest.fixture
def shop(small_store: SmallStore) -> SmallStore:
    """Six games of which Portal 2 speaks for all others, in the order of their ids."""
    with small_store.fill() as build:
        build.game(620, "Portal 2", tags=("Puzzle", "Co-op", "Funny"))
        for app_id, title in ((400, "Portal"), (500, "Left 4 Dead"), (550, "Left 4 Dead 2"), (730, "Braid")):
            build.game(app_id, title, tags=("Co-op", "Puzzle"))
        build.game(10, "Counter-Strike", tags=("FPS",))
        build.weights(620, {400: 0.5, 500: 0.4, 550: 0.3, 730: 0.2, 10: -0.1}, common=7)
        for app_id in (400, 500, 550, 730, 10):
            build.weights(app_id, {620: 0.3})
        build.owns("ada", {620: 600, 400: 600})
        build.owns("bob", {500: 600})
        build.owns("hoarder", dict.fromkeys((620, 400, 500, 550, 730, 10), 60))
        build.owns("newcomer", {})
    return small_store


def test_games_like_one_come_most_alike_first_with_what_they_share(shop: SmallStore) -> None:
    found = shop.ask(queries.recommend_game, "portal 2")
    assert titles(found) == ["Portal", "Left 4 Dead", "Left 4 Dead 2", "Braid"]
    assert set(found[0].because.tags) == {"Puzzle", "Co-op"}
    assert found[0].because.common_owners == 7


def test_an_app_id_and_a_limit_will_do(shop: SmallStore) -> None:
    assert titles(shop.ask(queries.recommend_game, 620, limit=2)) == ["Portal", "Left 4 Dead"]


def test_a_player_is_never_told_of_an_owned_game_and_learns_why_of_the_others(shop: SmallStore) -> None:
    found = shop.ask(queries.recommend_user, "ada")
    assert titles(found) == ["Left 4 Dead", "Left 4 Dead 2", "Braid"]
    (reason,) = found[0].because.games
    assert (reason.game.title, reason.share) == ("Portal 2", 1.0)


def test_the_shares_of_the_reasons_are_what_each_game_says(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (1, 2, 3, 4):
            build.game(app_id, f"Game {app_id}")
        build.weights(1, {4: 0.3})
        build.weights(2, {4: 0.1})
        build.weights(3, {4: -0.2})
        build.owns("ada", {1: 600, 2: 600, 3: 600})
    (only,) = small_store.ask(queries.recommend_user, "ada")
    shares = {reason.game.title: reason.share for reason in only.because.games}
    assert shares == {"Game 1": pytest.approx(0.75), "Game 2": pytest.approx(0.25)}


def test_reasons_are_games_each_once_and_only_what_weighs(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Arma 2"), (3, "Arma 2: Gold Edition"), (4, "Braid"), (5, "Portal")):
            build.game(app_id, title)
        build.game(2, "Arma 2 Beta", kind=GameKind.BETA)
        build.game(9, "DayZ")
        for app_id, weight in ((1, 0.4), (2, 0.3), (3, 0.2), (4, 0.08), (5, 0.02)):
            build.weights(app_id, {9: weight})
        build.owns("ada", dict.fromkeys((1, 2, 3, 4, 5), 600))
        build.owns("tester", {2: 600})
    (only,) = small_store.ask(queries.recommend_user, "ada")
    shares = {reason.game.title: reason.share for reason in only.because.games}
    assert shares == {"Arma 2": pytest.approx(0.4)}
    (only,) = small_store.ask(queries.recommend_user, "tester", exclude=[1, 3])
    assert [reason.game.title for reason in only.because.games] == ["Arma 2 Beta"]


def test_a_library_that_speaks_as_a_whole_gives_no_game_as_a_reason(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in range(1, 7):
            build.game(app_id, f"Game {app_id}")
        for app_id in range(1, 6):
            build.weights(app_id, {6: 0.1})
        build.owns("ada", dict.fromkeys(range(1, 6), 600))
    (only,) = small_store.ask(queries.recommend_user, "ada")
    assert (only.game.title, only.because.games) == ("Game 6", ())


def test_a_game_that_more_speaks_against_than_for_is_not_suggested_however_popular(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Braid"), (2, "Portal"), (3, "FEZ")):
            build.game(app_id, title)
        build.weights(1, {2: -0.01, 3: 0.2})
        build.weights(2, {1: 0.1}, popularity=0.9)
        build.owns("ada", {1: 600})
    found = small_store.ask(queries.recommend_user, "ada")
    assert [(entry.game.title, len(entry.because.games)) for entry in found] == [("FEZ", 1)]


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": GameKind.DLC},
        {"kind": GameKind.SOUNDTRACK},
        {"kind": GameKind.SOFTWARE},
        {"listed": False},
        {"release_date": date(2999, 1, 1), "release_year": 2999},
        {"release_year": 2999},
        {"release_text": "Coming soon"},
    ],
    ids=lambda changed: ", ".join(f"{name}={value}" for name, value in changed.items()),
)
def test_what_is_no_new_game_is_not_suggested(shop: SmallStore, changed: dict[str, object]) -> None:
    with shop.database.writer() as session:
        game = session.get_one(Game, 730)
        for name, value in changed.items():
            setattr(game, name, value)
    assert titles(shop.ask(queries.recommend_game, 620)) == ["Portal", "Left 4 Dead", "Left 4 Dead 2"]


@pytest.mark.parametrize(
    "title", ["PORTAL 2™", "Left 4 Dead!", "Left 4 Dead - Game of the Year Edition", "Portal 2 Remastered"]
)
def test_no_other_edition_of_a_game_is_suggested(small_store: SmallStore, title: str) -> None:
    with small_store.fill() as build:
        for app_id, name in ((620, "Portal 2"), (500, "Left 4 Dead"), (730, title)):
            build.game(app_id, name)
        build.weights(620, {500: 0.4, 730: 0.3})
    assert titles(small_store.ask(queries.recommend_game, 620)) == ["Left 4 Dead"]


def test_equals_are_told_in_the_order_of_their_ids(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (9, 5, 7, 1):
            build.game(app_id, f"Game {app_id}")
            build.weights(app_id, {other: 0.5 for other in (9, 7, 5, 1) if other != app_id})
    assert titles(small_store.ask(queries.recommend_game, 1)) == ["Game 5", "Game 7", "Game 9"]


def test_of_two_games_scored_alike_the_one_that_people_play_comes_first(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id in (1, 2, 3):
            build.game(app_id, f"Game {app_id}")
        build.weights(1, {2: 0.50, 3: 0.49})
        build.weights(2, {1: 0.1}, play_intercept=-2.0)
        build.weights(3, {1: 0.1}, play_intercept=-0.5)
        build.owns("ada", {1: 600})
    assert titles(small_store.ask(queries.recommend_user, "ada")) == ["Game 3", "Game 2"]


def test_a_game_described_but_owned_by_nobody_has_games_like_it(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Newcomer", tags=("FPS",))
        build.game(2, "Veteran", tags=("FPS",))
        build.weights(1, {2: 0.4}, basis=NeighbourBasis.CONTENT, common=0)
    (only,) = small_store.ask(queries.recommend_game, "Newcomer")
    assert (only.game.title, only.because.tags, only.because.common_owners) == ("Veteran", ("FPS",), 0)


def test_a_player_without_games_is_told_the_remedy(shop: SmallStore) -> None:
    with pytest.raises(NothingToGoOn, match=r"neither a game that “newcomer” owns.*name a few games"):
        shop.ask(queries.recommend_user, "newcomer")


def test_unknown_names_get_the_closest_real_ones(shop: SmallStore) -> None:
    with pytest.raises(NotFound) as raised:
        shop.ask(queries.recommend_game, "Portel")
    assert "Portal" in raised.value.suggestions
    with pytest.raises(StoreError):
        shop.ask(queries.recommend_user, "nobody at all")


def test_a_player_who_owns_everything_is_told_so(shop: SmallStore) -> None:
    with pytest.raises(NothingLeft, match="All games that come close are owned or reviewed already"):
        shop.ask(queries.recommend_user, "hoarder")


def test_filters_that_rule_out_everything_are_named_as_the_remedy(shop: SmallStore) -> None:
    contradiction = Filters(free_only=True, released_since=2040)
    asked: tuple[tuple[Query, object], ...] = ((queries.recommend_game, 620), (queries.recommend_user, "ada"))
    for query, of in asked:
        with pytest.raises(NothingLeft, match="loosen or drop one"):
            shop.ask(query, of, filters=contradiction)


def test_an_edition_of_what_is_owned_is_not_suggested(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Portal 2")
        build.game(2, "BioShock")
        build.game(3, "BioShock Remastered")
        build.game(4, "Braid")
        build.weights(1, {3: 0.5, 4: 0.4})
        build.owns("eve", {1: 60, 2: 60})
    assert titles(small_store.ask(queries.recommend_user, "eve")) == ["Braid"]


@pytest.mark.parametrize("library", [{}, {123456: 60}, {10**30: None, -1: 5}])
def test_a_library_that_the_data_know_nothing_of_is_told_the_remedy(
    shop: SmallStore, library: dict[int, float | None]
) -> None:
    with pytest.raises(NothingToGoOn, match="name a few games"):
        shop.ask(queries.recommend_library, library)


@pytest.mark.parametrize(
    ("library", "named"),
    [
        ({"620": 60}, "'620'"),
        ({620.5: 60}, "620.5"),
        ({True: 60}, "True"),
        ({620: -1}, "-1"),
        ({620: float("nan")}, "nan"),
        ({620: float("inf")}, "inf"),
        ({620: 10**400}, "for app 620"),
        ({620: "long"}, "'long'"),
        ([620, 400], "[620, 400]"),
    ],
)
def test_a_library_of_anything_but_ids_and_minutes_is_refused_by_a_sentence_that_names_it(
    shop: SmallStore, library: Any, named: str
) -> None:
    with pytest.raises(WrongLibrary) as refused:
        shop.ask(queries.recommend_library, library)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)


def test_minutes_may_come_from_numpy(shop: SmallStore) -> None:
    by_hand = shop.ask(queries.recommend_library, {620: 600})
    numbers = {np.int64(620): np.float32(600)}
    assert shop.ask(queries.recommend_library, numbers) == by_hand  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"limit": 0}, "not 0"),
        ({"limit": 2.5}, "not 2.5"),
        ({"discovery": "odd"}, "'odd'"),
        ({"exclude": ["Portal"]}, "'Portal'"),
        ({"exclude": "Portal"}, "'Portal'"),
        ({"exclude": 400}, "400"),
        ({"filters": Filters(max_price=-1)}, "not -1"),
        ({"filters": Filters(max_price=float("nan"))}, "not nan"),
        ({"filters": Filters(max_price="cheap")}, "'cheap'"),  # type: ignore[arg-type]
        ({"filters": Filters(released_since="soon")}, "'soon'"),  # type: ignore[arg-type]
    ],
    ids=str,
)
def test_options_that_make_no_sense_are_refused_alike_by_all_four(
    shop: SmallStore, options: dict[str, Any], named: str
) -> None:
    asked: tuple[tuple[Query, object], ...] = (
        (queries.recommend_game, 620),
        (queries.recommend_user, "ada"),
        (queries.recommend_library, {620: 60}),
        (queries.recommend_group, ["ada", "bob"]),
    )
    for query, of in asked:
        with pytest.raises(WrongFilter) as refused:
            shop.ask(query, of, **options)
        assert named in str(refused.value), query


@pytest.mark.parametrize("group", [[], ["ada"], ["ada", "ADA"], "ada", ["ada"] * 9])
def test_a_group_is_two_to_eight_different_players(shop: SmallStore, group: Any) -> None:
    with pytest.raises(WrongFilter):
        shop.ask(queries.recommend_group, group)


def test_what_is_filtered_for_is_found_however_far_down_it_stands(small_store: SmallStore) -> None:
    many = 700
    with small_store.fill() as build:
        for app_id in range(1, many):
            build.game(app_id, f"Game {app_id}", cents=999)
        build.game(many, "The one that is free", cents=0)
        build.weights(1, {app_id: 1 / app_id for app_id in range(2, many + 1)})
        build.owns("ada", {1: 60})
        build.owns("bob", {1: 60})
    free = Filters(free_only=True)
    assert titles(small_store.ask(queries.recommend_user, "ada", filters=free)) == ["The one that is free"]
    group = small_store.ask(queries.recommend_group, ["ada", "bob"], filters=free)
    assert [entry.game.id for entry in group.to_buy] == [many]
