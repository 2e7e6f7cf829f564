"""Catalogues of other forms are read as what they say, with their own quirks, whatever the file is called."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.rejects import Refusal
from store.models import GameKind
from store.runs import RefusedUnit
from tests.ingest.sources.data_sets.sets import (
    ARTERMILOFF_CSV,
    FRONKON_CSV,
    RECOMMENDED_GAMES,
    fronkon,
    games_of,
    inputs_of,
    write_keyed,
    write_table,
)

HARBOR_ROW = {
    "AppID": "10",
    "Name": "Glass Harbor",
    "Release date": "Oct 21, 2024",
    "Estimated owners": "0 - 20000",
    "Price": "14.99",
    "Discount": "0",
    "DLC count": "0",
    "About the game": 'A long\nstory, with a "quote"',
    "Supported languages": "['English', 'Spanish - Latin America']",
    "Full audio languages": "['English']",
    "Header image": "https://images.test/10.jpg",
    "Windows": "True",
    "Mac": "False",
    "Linux": "True",
    "Metacritic score": "0",
    "Positive": "90",
    "Negative": "10",
    "Developers": "Harbor, Inc.,Tide",
    "Publishers": "Tide",
    "Categories": "Single-player",
    "Genres": "Indie",
    "Tags": "Sea,Ghosts",
}


@pytest.mark.parametrize("indent", [None, 4])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_an_object_with_games_under_their_ids_is_a_catalogue(
    tmp_path: Path, indent: int | None, packed: bool
) -> None:
    file = write_keyed(tmp_path / "whatever.json", {10: fronkon(), 20: fronkon(name="Second")}, indent)
    if packed:
        file.write_bytes(gzip.compress(file.read_bytes()))
    games = games_of(file)
    assert [game.title for game in games.values()] == ["Glass Harbor", "Second"]
    harbor = games[10]
    assert (harbor.listed, harbor.kind, harbor.publisher) == (True, GameKind.GAME, "Tide")
    assert (harbor.release_date, harbor.release_year) == (date(2024, 10, 21), 2024)
    assert harbor.developers == ("Harbor, Inc.", "Tide")
    assert (harbor.genres, harbor.tags, harbor.specs) == (("Indie",), ("Sea", "Ghosts"), ("Single-player",))
    assert (harbor.price_cents, harbor.metascore, harbor.early_access) == (1499, None, False)
    page = harbor.page
    assert page is not None
    assert (page.short_description, page.header_image) == ("Tides & ghosts", "https://images.test/10.jpg")
    assert (page.on_windows, page.on_mac, page.on_linux) == (True, False, True)
    assert (page.languages, page.audio_languages) == (("english", "latam"), ("english",))
    assert (page.rating_percent, page.rating_count) == (90, 100)
    assert (page.currency, page.list_price_cents, page.price_now_cents) == ("USD", 1499, 1499)


def test_the_same_game_as_a_row_of_the_table_is_the_same_but_for_its_description(tmp_path: Path) -> None:
    [of_json] = games_of(write_keyed(tmp_path / "a.json", {10: fronkon(short_description="")})).values()
    [of_csv] = games_of(write_table(tmp_path / "b.csv", FRONKON_CSV, [HARBOR_ROW])).values()
    assert of_csv == of_json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_header_that_joins_two_names_is_mended(tmp_path: Path, encoding: str) -> None:
    at = FRONKON_CSV.index("Discount")
    joined = [*FRONKON_CSV[:at], "DiscountDLC count", *FRONKON_CSV[at + 2 :]]
    assert len(joined) == len(FRONKON_CSV) - 1
    row = HARBOR_ROW | {"Discount": "50", "DLC count": "3"}
    [game] = games_of(write_table(tmp_path / "games.csv", joined, [row], encoding=encoding)).values()
    assert game.genres == ("Indie",)
    assert game.page is not None
    assert (game.page.discount_percent, game.price_cents) == (50, 2998)


def test_a_table_of_the_first_form_has_no_discounts(tmp_path: Path) -> None:
    header = [name for name in FRONKON_CSV if name != "Discount"]
    [game] = games_of(write_table(tmp_path / "games.csv", header, [HARBOR_ROW])).values()
    assert (game.price_cents, game.tags) == (1499, ("Sea", "Ghosts"))


def test_a_header_that_fits_no_row_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = write_table(tmp_path / "games.csv", FRONKON_CSV, [HARBOR_ROW])
    file.write_text(file.read_text().replace("Notes,", "", 1))
    with pytest.raises(SourceError, match=r"games\.csv names 39 columns and has 40 in its first row.*\.$"):
        games_of(file)


def test_a_row_with_other_cells_than_the_header_is_refused_alone(tmp_path: Path) -> None:
    file = write_table(tmp_path / "games.csv", FRONKON_CSV, [HARBOR_ROW] * 40)
    with file.open("a") as stream:
        stream.write("20,Half a row\n")
    [read] = inputs_of(file)
    assert read.refusals == {Refusal(RefusedUnit.LINE, "2 cells where the header has 40"): 1}


@pytest.mark.parametrize(
    ("fields", "cents"),
    [
        ({"price": 0.0}, None),
        ({"price": 0.0, "genres": ["Free To Play"]}, 0),
        ({"price": 0.0, "tags": {"Free to Play": 3}}, 0),
        ({"price": 2.5, "discount": 75}, 1000),
        ({"price": 0.0, "discount": 100}, None),
        ({"price": -1}, None),
        ({"price": None}, None),
    ],
)
def test_a_price_of_nothing_is_free_only_where_the_game_says_so(
    tmp_path: Path, fields: dict[str, object], cents: int | None
) -> None:
    [game] = games_of(write_keyed(tmp_path / "games.json", {10: fronkon(**fields)})).values()
    assert game.price_cents == cents


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("Oct 21, 2008", date(2008, 10, 21), 2008),
        ("Oct 2008", None, 2008),
        ("2025", None, 2025),
        ("", None, None),
        ("Coming soon", None, None),
    ],
)
def test_release_dates_say_what_they_say(
    tmp_path: Path, text: str, day: date | None, year: int | None
) -> None:
    [game] = games_of(write_keyed(tmp_path / "games.json", {10: fronkon(release_date=text)})).values()
    assert (game.release_date, game.release_year) == (day, year)


def test_what_nobody_counted_is_not_zero(tmp_path: Path) -> None:
    odd = fronkon(
        tags=[], positive=0, negative=0, metacritic_score=0, header_image="", genres=["Early Access"]
    )
    [game] = games_of(write_keyed(tmp_path / "games.json", {10: odd})).values()
    assert (game.tags, game.metascore, game.early_access) == ((), None, True)
    assert game.page is not None
    assert (game.page.rating_percent, game.page.rating_count, game.page.header_image) == (None, None, None)


def test_lists_and_votes_may_be_python_literals_in_cells(tmp_path: Path) -> None:
    row = {
        "appid": "10",
        "name": "Glass Harbor",
        "release_date": "2024-10-21",
        "price": "14.99",
        "discount": "0",
        "developers": "['Harbor, Inc.', \"Tide's\"]",
        "genres": "['Indie']",
        "tags": "{'Ghosts': 5, 'Sea': 12}",
        "supported_languages": "['English']",
        "metacritic_score": "71",
        "pct_pos_total": "-1",
        "num_reviews_total": "-1",
    }
    rows = [row, row | {"appid": "20", "tags": "[]", "pct_pos_total": "88", "num_reviews_total": "12"}]
    first, second = games_of(write_table(tmp_path / "x.csv", ARTERMILOFF_CSV, rows)).values()
    assert (first.developers, first.tags) == (("Harbor, Inc.", "Tide's"), ("Sea", "Ghosts"))
    assert (first.metascore, second.tags) == (71, ())
    assert first.page is not None
    assert second.page is not None
    assert (first.page.rating_percent, first.page.rating_count) == (None, None)
    assert (second.page.rating_percent, second.page.rating_count) == (88, 12)


def test_a_catalogue_of_prices_before_and_after_the_discount_says_both(tmp_path: Path) -> None:
    values = ("10", "?", "2024-10-21", "True", "False", "True", "Very Positive", "84", "2199")
    prices = ("4.99", "19.99", "75.0", "True")
    row = dict(zip(RECOMMENDED_GAMES, values + prices, strict=True)) | {"title": "Glass, Harbor™"}
    [game] = games_of(write_table(tmp_path / "games.csv", RECOMMENDED_GAMES, [row])).values()
    assert (game.title, game.price_cents, game.steam_rating) == ("Glass, Harbor™", 1999, "Very Positive")
    assert game.page is not None
    assert (game.page.price_now_cents, game.page.discount_percent) == (499, 75)
    assert (game.page.rating_percent, game.page.rating_count) == (84, 2199)


@pytest.mark.parametrize("cut", [-1, -2, -40, -3000])
def test_an_object_that_ends_in_the_middle_is_refused(tmp_path: Path, cut: int) -> None:
    file = write_keyed(tmp_path / "games.json", {app: fronkon() for app in range(10, 20)}, 1)
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(SourceError, match=r"games\.json ends in the middle of .*; fetch it again"):
        games_of(file)


def test_members_that_are_no_games_are_refused_by_themselves(tmp_path: Path) -> None:
    games = json.dumps({str(app): fronkon() for app in range(10, 60)})
    (tmp_path / "games.json").write_text(games[:-1] + ', "70": null, "x": {"name": "No id"}, "80": 5}')
    [read] = inputs_of(tmp_path / "games.json")
    assert sum(read.refusals.values()) == 3
    assert len(games_of(tmp_path / "games.json")) == 50
