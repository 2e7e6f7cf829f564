"""What a player reviewed is not suggested, and speaks for the player where no library does."""

import pytest

from store import queries
from store.errors import NothingToGoOn, Unknown
from tests.store.builder import SmallStore
from tests.store.queries.suggested import titles


@pytest.fixture
def critics(small_store: SmallStore) -> SmallStore:
    """Portal 2 speaks for Portal and Braid; some players are known by what they reviewed."""
    with small_store.fill() as build:
        for app_id, title in ((620, "Portal 2"), (400, "Portal"), (730, "Braid"), (10, "Counter-Strike")):
            build.game(app_id, title)
        build.weights(620, {400: 0.5, 730: 0.4})
        build.weights(10, {400: 0.5, 730: 0.3, 620: 0.2})
        build.owns("owner", {620: 600})
        build.review(400, "owner", "Meh.", recommend=False)
        build.review(620, "critic", "The best.")
        build.review(10, "grumbler", "The worst.", recommend=False)
        build.review(620, "torn", "The best.")
        build.review(400, "torn", "The worst.", recommend=False)
        build.owns("friend", {10: 600})
    return small_store


def test_what_a_player_reviewed_is_not_suggested_whatever_the_review_says(critics: SmallStore) -> None:
    assert titles(critics.ask(queries.recommend_user, "owner")) == ["Braid"]
    assert titles(critics.ask(queries.recommend_user, "torn")) == ["Braid"]


def test_what_reviews_recommend_speaks_for_a_player_without_a_library_and_is_marked(
    critics: SmallStore,
) -> None:
    found = critics.ask(queries.recommend_user, "critic")
    assert titles(found) == ["Portal", "Braid"]
    assert [(r.game.title, r.reviewed) for entry in found for r in entry.because.games] == [
        ("Portal 2", True),
        ("Portal 2", True),
    ]
    assert not any(
        r.reviewed for entry in critics.ask(queries.recommend_user, "owner") for r in entry.because.games
    )


def test_reviews_against_games_speak_for_none(critics: SmallStore) -> None:
    with pytest.raises(NothingToGoOn) as raised:
        critics.ask(queries.recommend_user, "grumbler")
    assert raised.value.unknown is Unknown.PLAYER


def test_a_group_counts_what_its_members_reviewed(critics: SmallStore) -> None:
    found = critics.ask(queries.recommend_group, ["critic", "friend"])
    assert [entry.game.title for entry in found.to_buy] == ["Portal", "Braid"]
    assert found.play_now == ()
    found = critics.ask(queries.recommend_group, ["torn", "friend"])
    assert [entry.game.title for entry in found.to_buy] == ["Braid"]
