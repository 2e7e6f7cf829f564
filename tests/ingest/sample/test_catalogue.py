"""The catalogue tells facts; what everybody can look up is checked here by value."""

from collections import Counter

import pytest

from ingest.sample.catalogue import CATALOGUE
from ingest.sample.players import UNLISTED
from ingest.sample.tastes import HITS, TASTES

BY_ID = {game.app_id: game for game in CATALOGUE}


@pytest.mark.parametrize(
    ("app_id", "title", "developer", "released"),
    [
        (10, "Counter-Strike", "Valve", "2000-11-01"),
        (220, "Half-Life 2", "Valve", "2004-11-16"),
        (400, "Portal", "Valve", "2007-10-10"),
        (550, "Left 4 Dead 2", "Valve", "2009-11-16"),
        (570, "Dota 2", "Valve", "2013-07-09"),
        (620, "Portal 2", "Valve", "2011-04-18"),
        (8870, "BioShock Infinite", "Irrational Games,Aspyr (Mac),Virtual Programming (Linux)", "2013-03-25"),
        (105600, "Terraria", "Re-Logic", "2011-05-16"),
        (292030, "The Witcher 3: Wild Hunt", "CD PROJEKT RED", "2015-05-18"),
        (413150, "Stardew Valley", "ConcernedApe", "2016-02-26"),
        (504230, "Celeste", "Matt Makes Games Inc.", "2018-01-25"),
        (1145360, "Hades", "Supergiant Games", "2020-09-17"),
    ],
)
def test_well_known_games_are_told_as_the_store_tells_them(
    app_id: int, title: str, developer: str, released: str
) -> None:
    game = BY_ID[app_id]
    assert (game.title, game.developer, game.released) == (title, developer, released)


def test_some_three_hundred_games_and_no_app_id_twice() -> None:
    assert 300 <= len(CATALOGUE) < 400
    assert [app_id for app_id, times in Counter(game.app_id for game in CATALOGUE).items() if times > 1] == []


def test_every_entry_can_be_read_as_a_game() -> None:
    for game in CATALOGUE:
        assert 1990 < game.year < 2025, game.title
        assert game.genres, game.title
        assert len(set(game.tags)) == len(game.tags) >= 3, game.title
        assert game.specs, game.title
        assert game.developer == game.developer.strip(), game.title


def test_a_price_is_an_amount_or_one_of_the_stores_words_for_free_or_nothing() -> None:
    for game in CATALOGUE:
        if isinstance(game.price, float):
            assert 0 < game.price < 100, game.title
        else:
            assert game.price in {"Free", "Free to Play", None}, game.title


def test_a_free_to_play_game_has_no_price() -> None:
    free = [game for game in CATALOGUE if "Free to Play" in game.genres]
    assert [game.title for game in free if game.price not in {"Free", "Free to Play"}] == []


def test_sequels_a_player_would_name_are_one_series() -> None:
    assert {"Portal", "Portal 2", "Portal 2 Soundtrack"} <= {
        g.title for g in CATALOGUE if g.series == "Portal"
    }
    sizes = Counter(game.series for game in CATALOGUE if game.series)
    assert {"Half-Life", "Total War", "Civilization", "Mass Effect", "Dark Souls", "XCOM"} <= set(sizes)


def test_hits_are_in_the_catalogue_and_unlisted_apps_are_not() -> None:
    assert set(HITS) <= set(BY_ID)
    assert {app_id for app_id, _, _, _ in UNLISTED}.isdisjoint(BY_ID)
    assert {companion for _, _, companion, _ in UNLISTED} <= set(BY_ID)


def test_every_word_a_taste_likes_describes_some_game() -> None:
    words = {word for game in CATALOGUE for word in (*game.tags, *game.genres)}
    assert [(taste.name, word) for taste in TASTES for word in taste.likes if word not in words] == []
