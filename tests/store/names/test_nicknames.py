"""A nickname stands for a game, not for whatever has the app id that the list of nicknames has."""

import pytest

from store.errors import NotInData
from store.models import NameKind
from store.names.nicknames import game_called
from store.names.resolve import understand
from tests.store.builder import SmallStore

SKYRIM = 72850


def _store_with(store: SmallStore, title: str) -> SmallStore:
    with store.fill() as builder:
        builder.game(SKYRIM, title)
    return store


@pytest.mark.parametrize(
    "title", ["The Elder Scrolls V: Skyrim", "The Elder Scrolls® V: Skyrim™ - Legendary Edition"]
)
def test_a_nickname_is_taken_for_the_game_in_any_edition(small_store: SmallStore, title: str) -> None:
    store = _store_with(small_store, title)
    assert store.ask(understand, NameKind.GAME, "skyrim").id == SKYRIM


def test_an_app_id_that_the_data_have_for_another_game_is_not_taken(small_store: SmallStore) -> None:
    store = _store_with(small_store, "Gardening Simulator")
    with pytest.raises(NotInData):
        store.ask(understand, NameKind.GAME, "skyrim")


def test_a_game_that_came_out_under_its_working_title_is_known_by_both() -> None:
    game = game_called("disco elysium")
    assert game is not None
    assert game.is_called("no truce with the furies working title")
