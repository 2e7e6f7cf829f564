"""A private player is, to others, either refused by name or not there at all."""

import pytest

from store import NotFound, queries
from store.errors import ChampionIsPrivate, PlayerIsPrivate
from store.visibility import Visibility
from tests.store.builder import SmallStore

VISIBLE = Visibility(frozenset({"ana"}))


@pytest.fixture
def store(small_store: SmallStore) -> SmallStore:
    with small_store.fill() as b:
        b.game(620, "Portal 2", genres=("Action",))
        b.player("ana", steam_id="76561197970982479")
        b.player("anabel")
        b.champion("Action", "ana", {2011: 60})
        b.review(620, "carla", "What Carla wrote of it.")
    return small_store


def test_a_private_player_is_refused_however_it_is_named(store: SmallStore) -> None:
    for text in ("ana", "ANA", "76561197970982479", "https://steamcommunity.com/id/ana"):
        with pytest.raises(PlayerIsPrivate):
            store.ask(VISIBLE.find_player, text)


def test_a_private_player_can_be_told_from_nobody_by_nothing(store: SmallStore) -> None:
    with pytest.raises(NotFound) as refused:
        store.ask(VISIBLE.find_public_player, "ana")
    error = refused.value
    assert (error.kind, error.asked, error.suggestions) == ("player", "ana", ("anabel",))


def test_no_private_player_is_suggested_or_completed(store: SmallStore) -> None:
    with pytest.raises(NotFound) as unknown:
        store.ask(VISIBLE.find_player, "anna")
    assert "ana" not in unknown.value.suggestions
    assert [choice.value for choice in store.ask(VISIBLE.complete_players, "an", 25)] == ["anabel"]


def test_a_public_player_is_found(store: SmallStore) -> None:
    assert store.ask(VISIBLE.find_public_player, "Anabel") == "anabel"


def test_a_private_champion_is_not_told(store: SmallStore) -> None:
    with pytest.raises(ChampionIsPrivate, match="Action"):
        store.ask(VISIBLE.user_for_genre, "action")
    assert store.ask(Visibility().user_for_genre, "action").user_id == "ana"


def test_reviews_by_a_private_player_are_left_out(store: SmallStore) -> None:
    hidden = Visibility(frozenset({"carla"}))
    assert store.ask(hidden.game, "620", similar=0).typical_positive is None
    assert store.ask(VISIBLE.game, "620", similar=0).typical_positive is not None
    texts = store.ask(queries.review_texts, game="620", without_players={"carla"})
    assert texts.texts == ()
    assert store.ask(queries.review_texts, game="620").texts == ("What Carla wrote of it.",)
