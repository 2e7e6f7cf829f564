"""Who is shown to whom, and nobody where that is not known."""

import pytest

from store import NotFound, queries, user_data
from store.errors import ChampionIsPrivate, PlayerIsPrivate, PrivacyUnknown
from store.visibility import Visibility
from tests.store.builder import SmallStore

ANA, BEN = 111, 222
VISIBLE = Visibility(frozenset({"ana"}))


@pytest.fixture
def players(small_store: SmallStore) -> SmallStore:
    """A store with three players of similar names."""
    with small_store.fill() as b:
        for name in ("wanderer", "wanderers", "wandering"):
            b.player(name)
    return small_store


def link(store: SmallStore, person: int, player: str, *, public: bool = False) -> None:
    with store.database.user_data.writer() as session:
        user_data.link(session, person, player, public=public)


def seen_by(store: SmallStore, viewer: int | None) -> Visibility:
    return Visibility.load(store.database.user_data, viewer)


def test_a_private_player_is_found_and_offered_to_its_owner_alone(players: SmallStore) -> None:
    link(players, ANA, "wanderer")
    own, other = seen_by(players, ANA), seen_by(players, BEN)
    assert players.ask(own.find, "wanderer") == "wanderer"
    assert own.own_private == frozenset({"wanderer"})
    assert not other.own_private
    assert "wanderer" in {choice.value for choice in players.ask(own.complete, "wan", 25)}
    with pytest.raises(PlayerIsPrivate):
        players.ask(other.find, "wanderer")
    assert {choice.value for choice in players.ask(other.complete, "wan", 25)} == {"wanderers", "wandering"}
    with pytest.raises(NotFound) as unknown:
        players.ask(other.find, "wanderrer")
    assert "wanderer" not in unknown.value.suggestions


def test_what_everybody_sees_at_once_is_what_nobody_keeps_private(players: SmallStore) -> None:
    link(players, ANA, "wanderer")
    assert seen_by(players, None).hides("wanderer")
    assert not seen_by(players, None).hides("wandering")


def test_while_nobody_can_tell_no_player_is_found_offered_or_suggested(players: SmallStore) -> None:
    unknown = Visibility.unknown()
    for text in ("wanderer", "wanderrer", "nobody at all"):
        with pytest.raises(PrivacyUnknown):
            players.ask(unknown.find, text)
    assert players.ask(unknown.complete, "wan", 25) == ()
    assert unknown.hides("wanderer")


def test_a_player_who_is_private_to_others_is_shown_to_all_who_say_to_be_the_player_alone(
    players: SmallStore,
) -> None:
    link(players, BEN, "wanderer", public=True)
    link(players, ANA, "wanderer")
    for person in (ANA, BEN):
        assert not seen_by(players, person).hides("wanderer")
        assert seen_by(players, person).own_private == {"wanderer"}
    assert seen_by(players, None).hides("wanderer")
    with players.database.user_data.writer() as session:
        user_data.unlink(session, ANA)
    assert not seen_by(players, BEN).own_private
    assert not seen_by(players, None).hides("wanderer")


def test_whoever_says_to_be_a_private_player_finds_it_and_nobody_else_is_told_of_it(
    players: SmallStore,
) -> None:
    link(players, ANA, "wanderer")
    assert players.ask(seen_by(players, BEN).find_to_link, "Wanderer") == "wanderer"
    with pytest.raises(NotFound) as unknown:
        players.ask(seen_by(players, BEN).find_to_link, "wanderrer")
    assert "wanderer" not in unknown.value.suggestions
    with pytest.raises(PrivacyUnknown):
        players.ask(Visibility.unknown().find_to_link, "wanderer")


@pytest.fixture
def shop(small_store: SmallStore) -> SmallStore:
    with small_store.fill() as b:
        b.game(620, "Portal 2", genres=("Action",))
        b.player("ana", steam_id="76561197970982479")
        b.player("anabel")
        b.champion("Action", "ana", {2011: 60})
        b.review(620, "carla", "What Carla wrote of Portal 2.")
    return small_store


def test_a_private_player_is_refused_however_it_is_named(shop: SmallStore) -> None:
    for text in ("ana", "ANA", "76561197970982479", "https://steamcommunity.com/id/ana"):
        with pytest.raises(PlayerIsPrivate):
            shop.ask(VISIBLE.find, text)


def test_a_private_player_can_be_told_from_nobody_by_nothing(shop: SmallStore) -> None:
    with pytest.raises(NotFound) as refused:
        shop.ask(VISIBLE.find_public, "ana")
    error = refused.value
    assert (error.kind, error.asked, error.suggestions) == ("player", "ana", ("anabel",))


def test_no_private_player_is_suggested_or_completed(shop: SmallStore) -> None:
    with pytest.raises(NotFound) as unknown:
        shop.ask(VISIBLE.find, "anna")
    assert "ana" not in unknown.value.suggestions
    assert [choice.value for choice in shop.ask(VISIBLE.complete, "an", 25)] == ["anabel"]


def test_a_public_player_is_found(shop: SmallStore) -> None:
    assert shop.ask(VISIBLE.find_public, "Anabel") == "anabel"


def test_a_private_champion_is_not_told(shop: SmallStore) -> None:
    with pytest.raises(ChampionIsPrivate, match="Action"):
        shop.ask(VISIBLE.user_for_genre, "action")
    assert shop.ask(Visibility(frozenset()).user_for_genre, "action").user_id == "ana"


def test_reviews_by_a_private_player_are_left_out(shop: SmallStore) -> None:
    hidden = Visibility(frozenset({"carla"}))
    assert shop.ask(hidden.game, "620", similar=0).typical_positive is None
    assert shop.ask(VISIBLE.game, "620", similar=0).typical_positive is not None
    texts = shop.ask(queries.review_texts, game="620", without_players={"carla"})
    assert texts.texts == ()
    assert shop.ask(queries.review_texts, game="620").texts == ("What Carla wrote of Portal 2.",)
