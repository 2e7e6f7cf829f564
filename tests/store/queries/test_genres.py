"""What is said of genres: who played most of one, and which release year was played most."""

from collections.abc import Callable

import pytest

from store import NotFound, queries
from store.errors import NothingPlayed
from tests.store.builder import SmallStore


def test_the_champion_comes_with_the_hours_of_that_player_alone(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("marathon")
        build.champion("Action", "marathon", {0: 30, 2012: 600, 2009: 90, 2010: 0})
        build.played("Action", {2012: 999_999})

    champion = small_store.ask(queries.user_for_genre, "action")

    assert (champion.genre, champion.user_id, champion.hours) == ("Action", "marathon", 12.0)
    assert [(y.year, y.hours) for y in champion.by_release_year] == [(2009, 1.5), (2012, 10.0), (None, 0.5)]
    assert champion.as_dict() == {
        "Usuario con más horas jugadas para Género Action": "marathon",
        "Horas jugadas": [
            {"Año": 2009, "Horas": 2},
            {"Año": 2012, "Horas": 10},
            {"Año": None, "Horas": 0},
        ],
    }


def test_the_top_release_year_is_the_earlier_of_equals(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.played("RPG", {2010: 60, 2013: 120, 2012: 120})

    top = small_store.ask(queries.play_time_genre, "RPG")

    assert (top.year, top.hours) == (2012, 2.0)
    assert top.as_dict() == {"Año de lanzamiento con más horas jugadas para Género RPG": 2012}


def test_the_unknown_year_is_never_the_top_one_while_a_known_one_was_played(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.played("RPG", {0: 6_000, 2012: 60})
        build.played("Racing", {0: 60})

    assert small_store.ask(queries.play_time_genre, "RPG").year == 2012
    assert small_store.ask(queries.play_time_genre, "Racing").year is None


def test_the_hours_of_a_genre_are_of_all_players_and_leave_out_years_without(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.played("RPG", {0: 30, 2012: 120, 2010: 90, 2011: 0})

    found = small_store.ask(queries.genre_hours, "rpg")

    assert found.genre == "RPG"
    assert [(y.year, y.hours) for y in found.by_release_year] == [(2010, 1.5), (2012, 2.0), (None, 0.5)]


@pytest.mark.parametrize("query", [queries.user_for_genre, queries.play_time_genre, queries.genre_hours])
def test_a_genre_that_nobody_played_is_said_to_be_so(
    small_store: SmallStore, query: Callable[..., object]
) -> None:
    with small_store.fill() as build:
        build.genre("Accounting")
        build.played("Accounting", {2012: 0})

    with pytest.raises(NothingPlayed, match=r"Nobody .* has played a game of the genre “Accounting”"):
        small_store.ask(query, "accounting")


def test_a_misspelt_genre_that_could_be_two_is_not_found(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for genre in ("Simulation", "Animation & Modeling", "Action"):
            build.genre(genre)

    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.user_for_genre, "mation")
    assert caught.value.kind == "genre"
    assert "Animation & Modeling" in caught.value.suggestions
