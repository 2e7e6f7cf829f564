"""Why nothing is suggested, by a sentence with the remedy."""

from typing import Any

import pytest

from store import StoreError, queries
from store.errors import NothingLeft, NothingToGoOn, RuledOut, Unknown
from store.models import Game
from store.queries import Filters
from tests.store.builder import SmallStore
from tests.store.queries.suggested import Query


@pytest.fixture
def outliers(small_store: SmallStore) -> SmallStore:
    with small_store.fill() as build:
        for app_id, title in (
            (1, "Lonely"),
            (2, "Twin"),
            (3, "Twin Remastered"),
            (4, "Star"),
            (5, "Delisted"),
        ):
            build.game(app_id, title)
        build.game(6, "Unheard of")
        build.game(7, "Fan", cents=999)
        build.weights(1, {})
        build.weights(2, {3: 0.5})
        build.weights(3, {2: 0.5})
        build.weights(4, {5: 0.5}, popularity=0.9)
        build.weights(5, {4: 0.5}, popularity=0.1)
        build.weights(7, {4: 0.5}, popularity=0.1)
        build.owns("fan", {7: 60})
        build.owns("collector", {7: 60, 4: 60, 5: 60})
    with small_store.database.writer() as session:
        session.get_one(Game, 5).listed = False
    return small_store


@pytest.mark.parametrize(
    ("query", "asked", "options", "cause"),
    [
        (queries.recommend_game, "Lonely", {}, RuledOut.NOT_CLOSE),
        (queries.recommend_game, "Twin", {}, RuledOut.NOT_CLOSE),
        (queries.recommend_game, "Star", {}, RuledOut.NOT_FOR_SALE),
        (queries.recommend_user, "fan", {"exclude": [4]}, RuledOut.LEFT_OUT),
        (queries.recommend_user, "fan", {"filters": Filters(free_only=True)}, RuledOut.FILTERS),
        (queries.recommend_user, "fan", {"discovery": "hidden gems"}, RuledOut.TOO_WELL_KNOWN),
        (queries.recommend_user, "collector", {}, RuledOut.KNOWN),
        (queries.recommend_user, "collector", {"filters": Filters(free_only=True)}, RuledOut.KNOWN),
    ],
)
def test_why_none_is_left(
    outliers: SmallStore, query: Query, asked: str, options: dict[str, Any], cause: RuledOut
) -> None:
    with pytest.raises(NothingLeft) as raised:
        outliers.ask(query, asked, **options)
    assert raised.value.ruled_out is cause


def test_why_there_is_nothing_to_go_on(outliers: SmallStore) -> None:
    with pytest.raises(NothingToGoOn) as raised:
        outliers.ask(queries.recommend_game, "Unheard of")
    assert raised.value.unknown is Unknown.GAME
    with pytest.raises(NothingToGoOn) as raised:
        outliers.ask(queries.recommend_library, {123: 60})
    assert raised.value.unknown is Unknown.GAMES


def test_a_store_that_nothing_was_trained_on_says_so(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Portal")
        build.owns("ada", {1: 60})
    for query, asked in ((queries.recommend_game, "Portal"), (queries.recommend_user, "ada")):
        with pytest.raises(NothingToGoOn) as raised:
            small_store.ask(query, asked)
        assert raised.value.unknown is Unknown.TRAINING


@pytest.mark.parametrize("error", [*map(NothingLeft, RuledOut), *(NothingToGoOn("x", u) for u in Unknown)])
def test_each_cause_has_a_sentence_of_its_own_with_the_remedy(error: StoreError) -> None:
    assert ";" in str(error)
    same = [*map(NothingLeft, RuledOut), *(NothingToGoOn("x", unknown) for unknown in Unknown)]
    assert [str(other) for other in same].count(str(error)) == 1
