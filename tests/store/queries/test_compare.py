"""Two things side by side are what each is by itself, and what they share."""

import pytest

from store import NotFound, queries
from tests.store.builder import SmallStore


@pytest.fixture
def two(small_store: SmallStore) -> SmallStore:
    with small_store.fill() as data:
        data.game(1, "Portal", developers=("Valve",), tags=("Puzzle", "Short", "Cake"))
        data.game(2, "Limbo", developers=("Playdead",), tags=("Cake", "Puzzle", "Dark"))
        data.game(3, "Hidden")
        data.game(4, "Fourth")
        data.released("Valve", 2007, 1)
        data.released("Playdead", 2011, 2, free=1)
        data.player("ana", items=3, owned=3, minutes=120)
        data.player("ben", items=3, owned=3, minutes=600)
        data.owns("ana", {1: 60, 2: 5, 3: 55})
        data.owns("ben", {1: 10, 2: 500, 4: 90})
        data.player("cleo", items=1, owned=1, minutes=90)
        data.owns("cleo", {4: 90})
    return small_store


def test_games_share_tags_in_the_order_of_the_first(two: SmallStore) -> None:
    pair = two.ask(queries.compare_games, "portal", "LIMBO")
    assert (pair.first.game.title, pair.second.game.title) == ("Portal", "Limbo")
    assert pair.shared_tags == ("Puzzle", "Cake")


def test_developers_are_what_they_are_by_themselves(two: SmallStore) -> None:
    pair = two.ask(queries.compare_developers, "valve", "playdead")
    assert pair.first.releases == two.ask(queries.developer, "Valve")
    assert pair.second.reviews == two.ask(queries.developer_reviews_analysis, "Playdead")


def test_players_share_games_by_what_both_play(two: SmallStore) -> None:
    pair = two.ask(queries.compare_players, "ana", "ben")
    assert (pair.first.hours, pair.second.hours) == (2, 10)
    assert pair.first.data == two.ask(queries.userdata, "ana")
    assert pair.shared_games == 2
    assert [game.title for game in pair.most_played] == ["Portal", "Limbo"]


def test_players_may_share_nothing(two: SmallStore) -> None:
    pair = two.ask(queries.compare_players, "ana", "cleo")
    assert (pair.shared_games, pair.most_played) == (0, ())


@pytest.mark.parametrize(
    "query", [queries.compare_games, queries.compare_developers, queries.compare_players]
)
def test_either_name_may_be_unknown(two: SmallStore, query: object) -> None:
    assert callable(query)
    for names in (("?!", "Portal"), ("Portal", "?!")):
        with pytest.raises(NotFound):
            two.ask(query, *names)
