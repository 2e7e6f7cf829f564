"""The three files: their forms, their quirks, and that nobody real is in them."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.sample import SampleFiles, write_sample
from tests.ingest.sample.reading import raw_lines, records, unreadable

NAMES = ("steam_games.json.gz", "user_reviews.json.gz", "users_items.json.gz")


def test_equal_seeds_give_equal_bytes(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", players=50, seed=7)
    write_sample(tmp_path / "b", players=50, seed=7)
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_another_seed_gives_other_files(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", players=50, seed=7)
    write_sample(tmp_path / "b", players=50, seed=8)
    for name in NAMES:
        assert (tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes()


def test_a_sample_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1 player, not 0"):
        write_sample(tmp_path, players=0)


@pytest.mark.slow
@settings(max_examples=15)
@given(players=st.integers(1, 150), seed=st.integers(0, 2**32))
def test_a_sample_of_any_size_can_be_ingested(
    players: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = write_sample(tmp_path_factory.mktemp("small"), players=players, seed=seed)
    for path in (files.games, files.reviews, files.items):
        assert any(records(path)), "no file is empty"
        assert unreadable(path) <= 0.02 * len(raw_lines(path)), "far below what makes an ingest give up"


def test_two_lines_of_every_file_are_unreadable(sample: SampleFiles) -> None:
    assert [unreadable(path) for path in (sample.games, sample.reviews, sample.items)] == [2, 2, 2]


def test_counts_are_those_of_the_files_once_cleaned(sample: SampleFiles) -> None:
    games = list(records(sample.games))
    pages = {game["id"] if "id" in game else game["url"] for game in games} - {
        "http://store.steampowered.com/"
    }
    libraries = list(records(sample.items))
    assert sample.counts.games == len(pages)
    assert sample.counts.players == len({line["user_id"] for line in libraries})
    assert sample.counts.owned == len(
        {(line["user_id"], item["item_id"]) for line in libraries for item in line["items"]}
    )
    assert sample.counts.reviews == len(
        {
            (line["user_id"], review["item_id"])
            for line in records(sample.reviews)
            for review in line["reviews"]
        }
    )
    assert sample.counts.rejects == 6 + sum("id" not in game and "/app/" not in game["url"] for game in games)


def test_games_are_python_2_literals_in_ascii(sample: SampleFiles) -> None:
    assert all(line.isascii() for line in raw_lines(sample.games))
    assert any(
        line.startswith("{u'publisher': u'Valve', u'genres': [u'Action'") for line in raw_lines(sample.games)
    )
    assert any("TrackMania\\xb2" in line for line in raw_lines(sample.games))


def test_the_json_form_starts_with_empty_lines_and_holds_the_same_games(
    sample: SampleFiles, tmp_path: Path
) -> None:
    lines = raw_lines(write_sample(tmp_path, games_format="json").games)
    rows = [json.loads(line) for line in lines if line.startswith('{"')]
    filled = [{key: value for key, value in row.items() if not _is_nan(value)} for row in rows]
    assert {len(row) for row in rows} == {13}
    assert filled[:12] == [{}] * 12
    assert filled[12:] == [
        {key: value for key, value in game.items() if key != "discount_price"}
        for game in records(sample.games)
    ]


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


@pytest.fixture(scope="module")
def games(sample: SampleFiles) -> dict[str, dict[str, object]]:
    """The games by a name that each has, the first where an id repeats."""
    named: dict[str, dict[str, object]] = {}
    for game in records(sample.games):
        named.setdefault(str(game.get("app_name", game.get("title", ""))), game)
    return named


def test_a_game_may_lack_its_title_or_its_app_name_but_not_both(games: dict[str, dict[str, object]]) -> None:
    assert "title" not in games["LIMBO"]
    assert "app_name" not in games["Monaco: What's Yours Is Mine"]


def test_a_game_may_have_its_id_in_the_address_only(games: dict[str, dict[str, object]]) -> None:
    game = games["Batman: Arkham City - Game of the Year Edition"]
    assert "id" not in game
    assert game["url"] == "http://store.steampowered.com/app/200260/"


def test_one_id_stands_twice_with_different_titles(sample: SampleFiles) -> None:
    titles = [game["title"] for game in records(sample.games) if game.get("id") == "999000010"]
    assert titles == ["Sample Quirk: Free Mod", "Sample Quirk: Repeated Id"]


def test_prices_are_amounts_and_words_and_sometimes_missing(games: dict[str, dict[str, object]]) -> None:
    prices = {game.get("price") for game in games.values()}
    assert {9.99, "Free", "Free to Play", "Free Mod", "Third-party", "Starting at $499.00", None} <= prices


def test_release_dates_are_days_months_quarters_and_hopes(games: dict[str, dict[str, object]]) -> None:
    dates = {game.get("release_date") for game in games.values()}
    assert {"2011-04-18", "Jul 2010", "2017 Q1", "2013", "Soon.."} <= dates


def test_names_are_escaped_once_or_twice(games: dict[str, dict[str, object]]) -> None:
    assert games["Borderlands 2"]["developer"] == "Gearbox Software,Aspyr (Mac &amp; Linux)"
    assert games["Borderlands 2"]["publisher"] == "2K, Aspyr (Mac &amp;amp; Linux)"
    assert games["Mount & Blade: Warband"]["title"] == "Mount &amp; Blade: Warband"
    assert "Design &amp;amp; Illustration" in str(games["Sample Quirk: Escaped &amp;amp; Again"]["genres"])


def test_a_developer_is_written_in_several_cases(games: dict[str, dict[str, object]]) -> None:
    spellings = {str(game.get("developer", "")).split(",")[0] for game in games.values()}
    assert {"CREATIVE ASSEMBLY", "Creative Assembly"} <= spellings


def test_some_players_own_nothing_and_some_stand_on_two_lines(sample: SampleFiles) -> None:
    libraries = list(records(sample.items))
    users = [line["user_id"] for line in libraries]
    assert any(line["items_count"] == 0 and line["items"] == [] for line in libraries)
    assert 0 < len(users) - len(set(users)) < 0.05 * len(users)


def test_the_count_of_items_is_the_files_own(sample: SampleFiles) -> None:
    miscounted = {
        line["user_id"] for line in records(sample.items) if line["items_count"] != len(line["items"])
    }
    assert len(miscounted) == 1


def test_libraries_and_reviews_name_games_that_the_list_lacks(sample: SampleFiles) -> None:
    listed = {game.get("id") for game in records(sample.games)}
    owned = {item["item_id"] for line in records(sample.items) for item in line["items"]}
    reviewed = {review["item_id"] for line in records(sample.reviews) for review in line["reviews"]}
    assert "205790" in owned - listed
    assert reviewed - listed - {"200260"}


def test_some_reviews_stand_twice(sample: SampleFiles) -> None:
    told = [
        (line["user_id"], review["item_id"]) for line in records(sample.reviews) for review in line["reviews"]
    ]
    within = [
        len(line["reviews"]) - len({r["item_id"] for r in line["reviews"]})
        for line in records(sample.reviews)
    ]
    assert max(within) == 1
    assert len(told) - len(set(told)) > sum(within)


def test_every_name_is_marked_as_invented_or_is_a_number_below_every_account(sample: SampleFiles) -> None:
    first_account = 76561197960265728
    users = [*records(sample.items), *records(sample.reviews)]
    for line in users:
        if not line["user_id"].startswith("sample_player_"):
            assert int(line["user_id"]) < first_account
            assert line["user_url"].endswith(f"/profiles/{line['user_id']}")
    assert all(int(line["steam_id"]) < first_account for line in records(sample.items))
    assert all((int(line["steam_id"]) >> 52) & 0xF == 0 for line in records(sample.items)), (
        "account type: invalid"
    )
