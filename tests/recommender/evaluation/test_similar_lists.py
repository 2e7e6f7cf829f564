"""Measuring lists of similar games, on lists and titles that are known."""

import gzip
from pathlib import Path

import pytest

from recommender.evaluation.alike import KnownGame, named_by_players, sequels, series, sold_together
from recommender.evaluation.similar_lists import found_of, render_similar_lists
from store import Database
from store.names.editions import edition_key
from store.names.search_key import search_key
from tests.store.builder import SmallStore

TITLES = {
    1: "Portal",
    2: "Portal 2",
    3: "Portal 2 - Gold Edition",
    4: "Half-Life 2",
    5: "Half-Life 2: Episode One",
    6: "Braid",
}
GAMES = [KnownGame(app_id, title, search_key(title), 5, 5) for app_id, title in TITLES.items()]
EDITIONS = {game.app_id: edition_key(game.key) for game in GAMES}


def test_a_series_goes_by_what_stands_before_the_colon_and_sequels_by_the_numeral() -> None:
    assert series(GAMES) == {1: {2}, 2: {1}, 4: {5}, 5: {4}}
    assert sequels(GAMES) == {1: {2}, 2: {1}}


def test_games_of_one_bundle_are_alike_and_what_is_no_game_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "bundles.json.gz"
    records = [["1", "6"], ["4", ""], ["5,6", "999"]]
    lines = [str({"items": [{"item_id": item} for item in items]}) for items in records]
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert sold_together(file, GAMES) == {1: {6}, 5: {6}, 6: {1, 5}}


def test_every_title_that_players_name_once_names_a_game() -> None:
    named = named_by_players(GAMES)
    assert named[2] >= {1, 4}


def test_another_edition_of_what_is_alike_is_found_too() -> None:
    found = found_of({1: frozenset({2, 6}), 4: frozenset({5})}, lambda game: {1: [3], 4: [6]}[game], EDITIONS)
    assert (found.asked, found.poor) == (2, 0.5)
    assert found.share == pytest.approx(0.25)


def test_the_tables_tell_what_the_lists_of_a_store_find(store: Database) -> None:
    with SmallStore(store).fill() as build:
        for app_id, title in TITLES.items():
            build.game(app_id, title, tags=("Puzzle",))
        build.weights(1, {2: 0.5, 6: 0.1})
        build.weights(2, {3: 0.5, 1: 0.4})
    with store.reader() as session:
        rendered = render_similar_lists(session, None)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in rendered.splitlines()]
    assert rows.count(["sequels, by title", "2", "1.00", "0.00"]) == 2
    assert ["nobody", "6"] in [row[:2] for row in rows]
