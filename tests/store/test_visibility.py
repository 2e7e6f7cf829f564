"""The one door to players: who is shown to whom, and nobody where that is not known."""

import pytest

from store import NotFound, user_data
from store.errors import PlayerIsPrivate, PrivacyUnknown
from store.visibility import Visibility
from tests.store.builder import SmallStore

ANA, BEN = 111, 222


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


def test_the_link_of_one_person_keeps_the_player_from_others_until_it_goes(players: SmallStore) -> None:
    link(players, BEN, "wanderer", public=True)
    link(players, ANA, "wanderer")
    assert seen_by(players, BEN).hides("wanderer")
    assert not seen_by(players, ANA).hides("wanderer")
    with players.database.user_data.writer() as session:
        user_data.unlink(session, ANA)
    assert not seen_by(players, BEN).hides("wanderer")
    link(players, BEN, "wanderer")
    with pytest.raises(PlayerIsPrivate):
        link(players, ANA, "wanderer", public=True)
    assert seen_by(players, ANA).hides("wanderer")
