"""Somebody's own data set is read by a file of TOML or JSON beside it, and a wrong one is one sentence."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.clean.rows import LibraryColumns
from ingest.errors import SourceError
from ingest.sources.data_sets.recognize import known_data_sets
from ingest.sources.find import find_inputs
from store.models import DeckRating
from store.runs import SilentProgress
from tests.ingest.raw_files import RawFolder, game, owner, review, reviewer
from tests.ingest.sources.data_sets.sets import fronkon, games_of, opened, read, write_keyed

LIBRARIES = """
name = "Our guild's libraries"
holds = "owned games"
form = "csv"
people = "steam ids"
delimiter = ";"
header = ["who", "what", "called", "played"]

[fields]
user = "who"
game = "what"
title = "called"
playtime = { from = "played", unit = "hours" }
"""
REVIEWS = {
    "name": "Our guild's reviews",
    "holds": "reviews",
    "form": "json",
    "fields": {
        "user": "nick",
        "game": "app",
        "text": "said",
        "recommend": "thumb",
        "posted": {"from": "at", "dates": "unix"},
    },
}
SHOP = """
name = "A shop in Madrid"
holds = "games"
form = "csv"
currency = "EUR"
as_of = 2026-05-06
[fields]
id = "app"
title = "nombre"
tags = { from = "etiquetas", list = "commas" }
list_price = { from = "cent", unit = "cents" }
"""


def libraries_of(*locations: Path) -> list[LibraryColumns]:
    """The libraries of people with names."""
    _games, _reviews, libraries = read(*locations)
    return [part for part in libraries if isinstance(part, LibraryColumns)]


def test_libraries_of_any_columns_are_libraries_of_ours(tmp_path: Path) -> None:
    (tmp_path / "libs.txt").write_text("76561198000000001;10;Ten;1.5\n76561198000000001;20;;\nx;y;z;1\n" * 9)
    (tmp_path / "libs.mapping.toml").write_text(LIBRARIES)
    [columns] = libraries_of(tmp_path / "libs.txt")
    assert set(columns.user_ids) == {"76561198000000001"} == set(columns.steam_ids)
    assert columns.games[:2].tolist() == [10, 20]
    assert columns.minutes[:2].tolist() == [90, 0]
    assert columns.titles == {10: "Ten"}


@pytest.mark.parametrize("hours", [10**400, -(10**400), "1e400", True, [], {}], ids=type)
def test_hours_that_are_no_number_cost_no_row(tmp_path: Path, hours: object) -> None:
    fields = {"user": "who", "game": "what", "playtime": {"from": "played", "unit": "hours"}}
    mapping = {"name": "Ours", "holds": "owned games", "form": "json", "people": "names", "fields": fields}
    (tmp_path / "libs.json").write_text(json.dumps({"who": "ada", "what": 10, "played": hours}) + "\n")
    (tmp_path / "libs.mapping.json").write_text(json.dumps(mapping))
    [columns] = libraries_of(tmp_path / "libs.json")
    assert (columns.games.tolist(), columns.minutes.tolist()) == ([10], [0])


def test_reviews_of_any_columns_are_reviews_of_ours(tmp_path: Path) -> None:
    line = {"nick": "ada", "app": 10, "said": "Great &amp; fun", "thumb": 1, "at": 1320451200}
    (tmp_path / "said.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "said.jsonl.mapping.json").write_text(json.dumps(REVIEWS))
    _games, [found], _libraries = read(tmp_path / "said.jsonl")
    assert (found.user_id, found.game_id, found.recommend) == ("ada", 10, True)
    assert (found.posted, found.posted_inferred, found.text) == (date(2011, 11, 5), False, "Great & fun")


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("Verified", DeckRating.VERIFIED),
        ("2", DeckRating.PLAYABLE),
        ("unsupported", DeckRating.UNSUPPORTED),
        ("0", None),
        ("", None),
        ("True", None),
    ],
)
def test_valves_word_on_the_deck_is_taken_in_words_or_numbers(
    tmp_path: Path, said: str, rating: DeckRating | None
) -> None:
    (tmp_path / "shop.csv").write_text(f'app,nombre,etiquetas,cent,deck\n10,Puerto,Mar,1499,"{said}"\n')
    (tmp_path / "shop.mapping.toml").write_text(SHOP + 'deck_rating = "deck"\n')
    [found] = games_of(tmp_path).values()
    assert found.page is not None
    assert found.page.deck_rating is rating


def test_prices_in_another_currency_are_no_dollars(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text('app,nombre,etiquetas,cent\n10,Puerto,"Mar, Fantasmas",1499\n')
    (tmp_path / "shop.mapping.toml").write_text(SHOP)
    [found] = games_of(tmp_path).values()
    assert (found.title, found.tags, found.price_cents) == ("Puerto", ("Mar", "Fantasmas"), None)
    assert found.page is not None
    assert (found.page.currency, found.page.list_price_cents) == ("EUR", 1499)
    assert found.page.checked_at is not None
    assert found.page.checked_at.date() == date(2026, 5, 6)


def test_a_mapping_beside_a_file_goes_before_what_its_columns_say(tmp_path: Path) -> None:
    write_keyed(tmp_path / "games.json", {10: fronkon()})
    own = {"name": "Ours", "holds": "games", "form": "json", "fields": {"id": "id", "title": "website"}}
    (tmp_path / "games.mapping.json").write_text(json.dumps(own))
    assert games_of(tmp_path)[10].title is None


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("name = ", "is no mapping of a data set"),
        (LIBRARIES.replace("game = ", "spiel = "), "no field of owned games is called spiel; there are game"),
        (LIBRARIES.replace('game = "what"\n', ""), "the field game has no column"),
        (LIBRARIES.replace('"owned games"', '"friends"'), "is no mapping"),
        (LIBRARIES.replace("unit", "units"), "is no mapping"),
        (LIBRARIES.replace('";"', '""'), "a delimiter is one character"),
        (LIBRARIES.replace('";"', "'\"'"), "neither a quote nor the end of a line"),
        (LIBRARIES.replace('";"', '"\\n"'), "neither a quote nor the end of a line"),
        (LIBRARIES.replace('"who", "what"', '"who"'), "no column of its header is called what"),
    ],
)
def test_a_mapping_that_is_wrong_is_one_sentence(tmp_path: Path, mapping: str, reason: str) -> None:
    (tmp_path / "libs.csv").write_text("76561198000000001;10;Ten;1.5\n")
    (tmp_path / "libs.mapping.toml").write_text(mapping)
    with pytest.raises(SourceError, match=rf"libs\.\S+ .*{reason}.*\.$"):
        read(tmp_path)


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("app,nombre,etiquetas,cent\n\n")
    (tmp_path / "shop.mapping.toml").write_text(SHOP)
    with pytest.raises(SourceError, match=r"shop\.csv has no rows"):
        games_of(tmp_path)


def test_a_column_that_is_meant_and_comes_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("app,nombre,etiquetas,cent,nombre\n10,Puerto,,1,Harbor\n")
    (tmp_path / "shop.mapping.toml").write_text(SHOP)
    with pytest.raises(SourceError, match="has two columns nombre"):
        games_of(tmp_path)


def test_a_column_that_nobody_means_may_come_twice(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("app,nombre,etiquetas,cent,,\n10,Puerto,,1,x,y\n")
    (tmp_path / "shop.mapping.toml").write_text(SHOP)
    assert games_of(tmp_path)[10].title == "Puerto"


@pytest.mark.parametrize("rounded", ["7.6561E+16", "7,65612E+16", "8e16"])
def test_a_steam_id_that_a_spreadsheet_rounded_is_nobody(tmp_path: Path, rounded: str) -> None:
    (tmp_path / "libs.txt").write_text(f"{rounded};10;Ten;1.5\n76561198000000001;10;Ten;1.5\n")
    (tmp_path / "libs.mapping.toml").write_text(LIBRARIES)
    [columns] = libraries_of(tmp_path / "libs.txt")
    assert columns.user_ids == ["76561198000000001"]


def test_anonymous_people_write_no_reviews(tmp_path: Path) -> None:
    (tmp_path / "said.jsonl").write_text("{}\n")
    (tmp_path / "said.mapping.json").write_text(json.dumps(REVIEWS | {"people": "anonymous"}))
    with pytest.raises(SourceError, match="give anonymous people as owned games"):
        read(tmp_path)


def test_an_unknown_table_is_told_which_data_sets_are_known(tmp_path: Path) -> None:
    (tmp_path / "weather.csv").write_text("day,degrees,wind\n1,2,3\n")
    with pytest.raises(SourceError, match=r"weather\.csv is of no data set that is known: .*FronkonGames.*"):
        opened(tmp_path / "weather.csv")


def test_every_mapping_of_ours_can_be_told_from_the_others() -> None:
    known = known_data_sets()
    assert len(known) == 6
    assert all(mapping.recognize for mapping in known)
    names = [frozenset(mapping.recognize) for mapping in known]
    assert len(set(names)) == len(names)


def test_other_files_of_a_folder_are_passed_over(world: RawFolder) -> None:
    (world.path / "weather.csv").write_text("day,degrees,wind\n1,2,3\n")
    (world.path / "notes.json").write_text('{"todo": []}\n')
    assert not find_inputs([world.path]).data_sets


def test_a_data_set_needs_no_steam_files_beside_it(world: RawFolder) -> None:
    for role in ("reviews", "items"):
        world.files[role].unlink()
    world.files["games"].unlink()
    write_keyed(world.path / "games.json", {10: fronkon()})
    assert [entry.name for entry in find_inputs([world.path]).inputs] == ["games.json"]


def test_what_is_called_like_a_steam_file_is_what_it_holds(tmp_path: Path) -> None:
    write_keyed(tmp_path / "steam_games.json", {10: fronkon()})
    assert games_of(tmp_path)[10].title == "Glass Harbor"


@pytest.fixture
def together(world: RawFolder) -> Path:
    """Steam's three files, of 2017 at the newest, and a catalogue of 2024, in one folder."""
    world.games = [
        game(
            10,
            app_name="Glass Harbour",
            release_date="2017-03-04",
            price=9.99,
            metascore=81,
            specs=["Co-op"],
            sentiment="Positive",
            tags=["Old"],
        ),
        game(20, app_name="Only here", release_date="2016-01-02", developer="Tide"),
    ]
    world.reviews = [reviewer("ada", review(10))]
    world.items = [owner("ada"), owner("bob")]
    new = fronkon(release_date="Oct 21, 2024", tags={"Sea": 2}, categories=[], price=0.0)
    write_keyed(world.write() / "games.json", {10: new, 30: fronkon(name="New")})
    return world.path


def test_the_newest_catalogue_says_what_a_game_is_and_older_ones_fill_its_gaps(together: Path) -> None:
    games = games_of(together)
    assert {app: found.title for app, found in games.items()} == {
        10: "Glass Harbor",
        20: "Only here",
        30: "New",
    }
    both = games[10]
    assert (both.release_date, both.tags) == (date(2024, 10, 21), ("Sea",))
    assert (both.specs, both.metascore, both.steam_rating) == (("Co-op",), 81, "Positive")
    assert both.price_cents == 999
    assert both.page is not None
    assert (both.page.price_now_cents, both.page.rating_percent) == (None, 90)


def test_the_order_of_the_files_does_not_matter(together: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    (together / "games.json").rename(moved / "a.json")
    assert games_of(moved / "a.json", together) == games_of(together, moved / "a.json")


def test_libraries_and_reviews_of_all_files_add_up(together: Path) -> None:
    (together / "libs.csv").write_text("76561198000000001;10;Ten;1.5\n")
    (together / "libs.mapping.toml").write_text(LIBRARIES)
    _games, reviews, _libraries = read(together)
    assert [found.user_id for found in reviews] == ["ada"]
    people = [user for part in libraries_of(together) for user in part.user_ids]
    assert people == ["ada", "bob", "76561198000000001"]


def test_a_change_of_any_file_or_mapping_has_all_read_again(together: Path) -> None:
    source = opened(together)
    progress = SilentProgress()
    for part in (source.games, source.reviews, source.libraries):
        list(part(progress))
    before = {entry.name: entry.record for entry in source.inputs()}
    assert set(before) == {"games", "reviews", "items", "games.json"}
    again = opened(together)
    assert again.unchanged(before, datetime.now(UTC)) is not None
    (together / "more.csv").write_text("app,nombre,etiquetas,cent\n10,Puerto,,1\n")
    (together / "more.mapping.toml").write_text(SHOP)
    assert opened(together).rules != source.rules
    (together / "more.csv").unlink()
    assert opened(together).rules == source.rules
    write_keyed(together / "games.json", {10: fronkon(name="Renamed")})
    assert opened(together).unchanged(before, datetime.now(UTC)) is None
