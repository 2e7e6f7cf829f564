"""Each cleaning rule, on the quirk of the real files that it exists for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.games import UnusableRecord, app_id, clean_game, metascore, steam_rating
from ingest.clean.reviews import count, helpfulness
from ingest.clean.text import clean_list, clean_steam_id, clean_text, clean_user_id
from ingest.parse.fields import UnusableValue


def nothing_is_unknown(field: str, reason: str) -> None:
    """Take the place of a tally where every value is usable."""
    raise AssertionError((field, reason))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Portal 2\n", "Portal 2"),
        ("Design &amp; Illustration", "Design & Illustration"),
        ("Design &amp;amp; Illustration", "Design & Illustration"),
        ("&nbsp;Caf&eacute;&nbsp;", "Café"),
        ("Fish & Chips &", "Fish & Chips &"),
        ("\ud83d\ude00", "😀"),
        ("half \ud83d", "half �"),
        ("n\0ul &#0;", "n�ul �"),
        ("&#x26;#38;AMP;lt;", "<"),
        ("&#000000000000000000000000000000000000000000065;", "A"),
        ("&#x00000000000000000000000000000000000000000041;", "A"),
    ],
)
def test_text_is_stripped_unescaped_until_stable_and_well_formed(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    clean.encode()


def test_a_list_keeps_its_order_and_each_text_once() -> None:
    assert clean_list(["RPG", " Action ", "RPG", ""]) == ("RPG", "Action")


@pytest.mark.parametrize(
    ("values", "reason", "rest"),
    [
        ("Action, Indie", "not a list", ()),
        ({"Action": 1}, "not a list", ()),
        (["RPG", None, 3], "an entry: not text", ("RPG",)),
        (["RPG", "x" * 1_001], "an entry: longer than 1,000 characters", ("RPG",)),
        ([["RPG"]], "an entry: not text", ()),
        ([str(number) for number in range(101)], "more than 100 entries", tuple(map(str, range(100)))),
    ],
)
def test_of_a_list_what_is_usable_stays(values: object, reason: str, rest: tuple[str, ...]) -> None:
    with pytest.raises(UnusableValue, match=reason) as caught:
        clean_list(values)
    assert caught.value.instead == rest


@pytest.mark.parametrize(
    ("value", "url", "app"),
    [
        ("620", None, 620),
        (620, None, 620),
        (None, "http://store.steampowered.com/app/200260", 200260),
        (float("nan"), "http://store.steampowered.com/app/200260/Batman/", 200260),
        ("none", "http://store.steampowered.com/app/10/", 10),
        (620.0, None, 620),
        ("9" * 5_000, "http://store.steampowered.com/app/10/", 10),
    ],
)
def test_the_app_id_is_the_id_or_else_the_number_in_the_address(value: object, url: str, app: int) -> None:
    assert app_id(value, url) == app


@pytest.mark.parametrize(
    "value", [None, "", "0", "-5", "٣", "99999999999", True, 1.5, float("inf"), [10], "9" * 5_000]
)
def test_a_record_without_any_app_id_cannot_be_used(value: object) -> None:
    with pytest.raises(UnusableRecord, match="no app id"):
        app_id(value, "http://store.steampowered.com/")


def test_the_title_is_the_app_name_or_else_the_title() -> None:
    assert (
        clean_game({"id": "1", "app_name": "Portal", "title": "Other"}, nothing_is_unknown).title == "Portal"
    )
    assert (
        clean_game({"id": "1", "app_name": float("nan"), "title": "Duet"}, nothing_is_unknown).title == "Duet"
    )
    assert clean_game({"id": "1"}, nothing_is_unknown).title is None


def test_a_count_of_user_reviews_is_no_rating() -> None:
    assert steam_rating("Very Positive") == "Very Positive"
    assert steam_rating("3 user reviews") is None


@pytest.mark.parametrize(
    ("text", "helpful"),
    [
        ("15 of 20 people (75%) found this review helpful", (15, 20)),
        ("1,234 of 5,678 people (22%) found this review helpful", (1234, 5678)),
        ("0 of 1 people (0%) found this review helpful", (0, 1)),
        ("No ratings yet", (0, 0)),
    ],
)
def test_helpfulness_is_two_counts(text: str, helpful: tuple[int, int]) -> None:
    assert helpfulness(text) == helpful


def test_funny_is_a_count_or_nothing() -> None:
    assert count("1,042 people found this review funny") == 1042
    assert count("") == 0
    assert count("12,345,678") == 12_345_678
    assert count("3.0") == 3
    assert count("Funny: 5.") == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (", of , people", "no counts of people"),
        ("1,2 of 30 people found this review helpful", "no counts of people"),
        ("1.234 of 5.678 people found this review helpful", "no counts of people"),
        ("someone liked it", "no counts of people"),
        ("3 of 2 people found this review helpful", "more people than said anything"),
        (f"1 of {'9' * 5_000} people", "above 2,000,000,000 people"),
    ],
)
def test_helpfulness_that_cannot_be_is_not_known(text: str, reason: str) -> None:
    with pytest.raises(UnusableValue, match=reason):
        helpfulness(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (",", "no count of people"),
        ("-5 people", "no count of people"),
        ("−5 people", "no count of people"),
        ("1.234 people found this review funny", "no count of people"),
        ("1 234 people found this review funny", "no count of people"),
        ("1'234 people found this review funny", "no count of people"),
        ("1,2,3 people found this review funny", "no count of people"),
        ("1,5 people found this review funny", "no count of people"),
        ("1.2k people found this review funny", "no count of people"),
        ("12% found this review funny", "no count of people"),
        ("99999999999999999999 people found this review funny", "above 2,000,000,000 people"),
        ("9" * 5_000, "above 2,000,000,000 people"),
    ],
)
def test_a_count_that_cannot_be_is_not_known(text: str, reason: str) -> None:
    with pytest.raises(UnusableValue, match=reason):
        count(text)


@pytest.mark.parametrize("value", [-1, 101, 9.5, "NA", True, [], 10**400])
def test_a_metascore_is_a_number_up_to_100(value: object) -> None:
    assert metascore("90") == metascore(90.0) == 90
    with pytest.raises(UnusableValue):
        metascore(value)


@pytest.mark.parametrize("text", ["", " \t", "&nbsp;", "&#32;", "x" * 257])
def test_nobody_is_known_by_nothing(text: str) -> None:
    with pytest.raises(UnusableValue):
        clean_user_id(text)


def test_a_steam_id_is_a_number_of_64_bits() -> None:
    assert clean_steam_id(" 76561197960265729 ") == "76561197960265729"
    assert clean_steam_id("") is None
    for text in ("someone", "-1", "٣", str(2**64), "9" * 5_000):
        with pytest.raises(UnusableValue, match="not a SteamID"):
            clean_steam_id(text)


def test_each_field_that_is_not_usable_is_unknown_and_told() -> None:
    told: list[str] = []
    record = {
        "id": "48",
        "app_name": 7,
        "title": "Seven",
        "genres": "Action, Indie",
        "tags": {"FPS": 1},
        "specs": True,
        "release_date": 20150101,
        "price": "9,99€",
        "early_access": "perhaps",
        "metascore": "NA",
        "publisher": ["P"],
        "sentiment": 5,
        "developer": ["Dev"],
    }
    game = clean_game(record, lambda field, reason: told.append(field))
    assert sorted(told) == sorted(record.keys() - {"id", "title"})
    assert (game.title, game.genres, game.price_cents, game.early_access) == ("Seven", (), None, False)


def test_what_a_record_leaves_open_is_not_told() -> None:
    names = ("app_name", "genres", "release_date", "price", "early_access", "developer", "metascore")
    for value in (None, float("nan")):
        clean_game({"id": "1"} | dict.fromkeys(names, value), nothing_is_unknown)
