"""What is said of a player, and who is meant by an id."""

from decimal import Decimal

import pytest

from store import NotFound, queries
from tests.store.builder import SmallStore


def test_money_is_counted_over_the_games_of_known_price(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("ana", items=5, owned=4, spent_cents=20_098, unpriced=2, reviews=3, recommended=2)

    found = small_store.ask(queries.userdata, "ana")

    assert found.money_spent == Decimal("200.98")
    assert (found.items, found.unpriced_items, found.reviews) == (5, 2, 3)
    assert found.as_dict() == {
        "Usuario X": "ana",
        "Dinero gastado": "200.98 USD",
        "% de recomendación": "66.67%",
        "cantidad de items": 5,
    }


def test_whole_dollars_are_written_without_cents(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("ana", items=5, spent_cents=20_000, reviews=5, recommended=1)

    assert small_store.ask(queries.userdata, "ana").as_dict() == {
        "Usuario X": "ana",
        "Dinero gastado": "200 USD",
        "% de recomendación": "20%",
        "cantidad de items": 5,
    }


def test_a_player_without_reviews_has_no_percentage(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("quiet", items=1, owned=1)

    found = small_store.ask(queries.userdata, "quiet")

    assert found.recommend_percent is None
    assert found.as_dict()["% de recomendación"] is None


def test_of_a_player_known_from_reviews_alone_the_library_is_unknown(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("critic", reviews=2, recommended=2)

    found = small_store.ask(queries.userdata, "critic")

    assert (found.items, found.money_spent, found.unpriced_items) == (None, None, None)
    assert (found.reviews, found.recommend_percent) == (2, 100.0)
    assert found.as_dict() == {
        "Usuario X": "critic",
        "Dinero gastado": None,
        "% de recomendación": "100%",
        "cantidad de items": None,
    }
    assert found.to_frame()[["items", "money_spent_usd", "unpriced_items"]].isna().all(axis=None)


def test_a_library_none_of_whose_prices_is_known_cost_nobody_knows_what(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("ana", items=3, owned=3, unpriced=3)
        build.player("ben", items=3, owned=3, unpriced=2)
        build.player("cleo", items=0)

    spent = [small_store.ask(queries.userdata, name).money_spent for name in ("ana", "ben", "cleo")]

    assert spent == [None, Decimal(0), Decimal(0)]


def test_an_id_in_another_case_is_found_and_its_real_spelling_told(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("CrustyOldKiller")

    assert small_store.ask(queries.userdata, " crustyoldkiller ").user_id == "CrustyOldKiller"


def test_of_ids_that_differ_in_case_the_exact_one_is_meant_and_none_is_guessed(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        build.player("Ana")
        build.player("ANA")

    assert small_store.ask(queries.userdata, "ANA").user_id == "ANA"
    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.userdata, "ana")
    assert set(caught.value.suggestions) == {"Ana", "ANA"}


def test_a_player_is_found_by_steam_id(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("76561197970982479", steam_id="76561197970982479")
        build.player("ana", steam_id="76561198035864385")

    assert small_store.ask(queries.userdata, "76561198035864385").user_id == "ana"
    assert small_store.ask(queries.userdata, "76561197970982479").user_id == "76561197970982479"


@pytest.mark.parametrize("asked", ["crusty", "crustyoldkiler", "crusty_old_killer"])
def test_a_player_is_suggested_but_never_guessed(small_store: SmallStore, asked: str) -> None:
    with small_store.fill() as build:
        build.player("crustyoldkiller", items=3)

    with pytest.raises(NotFound) as caught:
        small_store.ask(queries.userdata, asked)
    assert caught.value.kind == "player"
    assert caught.value.suggestions == ("crustyoldkiller",)


def test_a_game_counts_in_full_for_each_of_its_genres(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(620, "Portal 2", genres=("Action", "Puzzle"))
        build.game(400, "Portal", genres=("Action",))
        build.game(10, "Untold")
        build.player("ana", owned=3, minutes=300)
        build.player("ben", owned=1, minutes=999)
        build.owns("ana", {620: 120, 400: 90, 10: 90})
        build.owns("ben", {620: 999})

    library = small_store.ask(queries.library_by_genre, "ANA")

    assert (library.user_id, library.games, library.hours) == ("ana", 3, 5.0)
    assert [(g.genre, g.games, g.hours) for g in library.genres] == [("Action", 2, 3.5), ("Puzzle", 1, 2.0)]


def test_an_unknown_library_is_not_an_empty_one(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.player("critic", reviews=1)
        build.player("owner of nothing", items=0)

    unknown = small_store.ask(queries.library_by_genre, "critic")
    empty = small_store.ask(queries.library_by_genre, "owner of nothing")

    assert (unknown.games, unknown.hours, unknown.genres) == (None, None, ())
    assert (empty.games, empty.hours, empty.genres) == (0, 0, ())
