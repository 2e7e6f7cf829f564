"""The generated catalogue: any size, always the same."""

import pytest

from playground.steam.catalogue.catalogue import LARGEST, SMALLEST, Catalogue
from playground.steam.catalogue.game import Game
from playground.steam.catalogue.labels import Kind
from playground.steam.words import title

OPENED = 1_795_000_000


def listed(games: int) -> list[Game]:
    """All apps of a catalogue."""
    return list(Catalogue(games, OPENED, lambda: OPENED).listed())


def test_two_of_a_size_are_equal() -> None:
    assert listed(300) == listed(300)


def test_a_larger_one_has_all_of_a_smaller_one() -> None:
    small, large = listed(100), {game.appid: game for game in listed(400)}
    assert all(large[game.appid] == game for game in small)


@pytest.mark.slow
@pytest.mark.parametrize("games", [SMALLEST, 777])
def test_it_has_as_many_games_as_asked_for(games: int) -> None:
    assert sum(game.kind is Kind.GAME for game in listed(games)) == games


@pytest.mark.parametrize("games", [SMALLEST - 1, LARGEST + 1])
def test_other_sizes_are_refused(games: int) -> None:
    with pytest.raises(ValueError, match="50 to 140,000 games"):
        Catalogue(games, OPENED, lambda: OPENED)


def test_games_differ_in_all_that_matters() -> None:
    games = listed(2000)
    assert len({game.name for game in games}) == len(games)
    assert {game.is_free for game in games} == {True, False}
    assert {game.release.coming_soon for game in games} == {True, False}
    assert {game.price is not None and game.price.discount_percent > 0 for game in games} == {True, False}
    assert len({game.reviews.score for game in games}) > 6
    assert {3, 4} <= {number for game in games for number in game.descriptors}
    assert {Kind.DLC, Kind.DEMO, Kind.MUSIC} < {game.kind for game in games}


def test_the_largest_has_no_name_twice() -> None:
    generated = {title(index) for index in range(LARGEST)}
    assert len(generated) == LARGEST
    invented = [
        game.name for game in listed(SMALLEST) if game.kind is Kind.GAME and game.name not in generated
    ]
    assert len(set(invented)) == len(invented)
