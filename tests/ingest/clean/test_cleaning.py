"""Each cleaning rule, on the quirk of the real files that it exists for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.games import (
    UnusableRecord,
    app_id,
    clean_game,
    developers,
    price_cents,
    release,
    steam_rating,
    unify_developers,
)
from ingest.clean.reviews import count, helpfulness, posted
from ingest.clean.rows import CleanGame
from ingest.clean.text import clean_list, clean_text
from store.models import GameKind


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
    assert clean_list(["RPG", " Action ", "RPG", "", None, 3]) == ("RPG", "Action")
    assert clean_list(float("nan")) == ()


@pytest.mark.parametrize(
    ("value", "url", "app"),
    [
        ("620", None, 620),
        (620, None, 620),
        (None, "http://store.steampowered.com/app/200260", 200260),
        (float("nan"), "http://store.steampowered.com/app/200260/Batman/", 200260),
        ("none", "http://store.steampowered.com/app/10/", 10),
    ],
)
def test_the_app_id_is_the_id_or_else_the_number_in_the_address(value: object, url: str, app: int) -> None:
    assert app_id(value, url) == app


@pytest.mark.parametrize("value", [None, "", "0", "-5", "٣", "99999999999", True, 1.5])
def test_a_record_without_any_app_id_cannot_be_used(value: object) -> None:
    with pytest.raises(UnusableRecord, match="no app id"):
        app_id(value, "http://store.steampowered.com/")


def test_the_title_is_the_app_name_or_else_the_title() -> None:
    assert clean_game({"id": "1", "app_name": "Portal", "title": "Other"}).title == "Portal"
    assert clean_game({"id": "1", "app_name": float("nan"), "title": "Duet"}).title == "Duet"
    assert clean_game({"id": "1"}).title is None


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("2018-01-04", date(2018, 1, 4), 2018),
        ("Jul 2010", None, 2010),
        ("2017 Q1", None, 2017),
        ("15.01.2018", None, 2018),
        ("2014-02-30", None, 2014),
        ("2017 or 2018", None, None),
        ("1066-10-14", None, None),
        ("20177", None, None),
        ("Soon..", None, None),
        ("When it's done", None, None),
        (None, None, None),
    ],
)
def test_the_release_year_is_stated_or_unknown(text: str | None, day: date | None, year: int | None) -> None:
    assert release(text) == (day, year)


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        (4.99, 499),
        (0.29, 29),
        (0, 0),
        ("Free To Play", 0),
        ("Play for Free!", 0),
        ("Free Mod", 0),
        ("Starting at $499.00", 49900),
        ("Starting at $1,499.00", 149900),
        ("Third-party", None),
        ("Play Now", None),
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        (-1, None),
        (True, None),
    ],
)
def test_a_price_is_dollars_free_or_unknown(value: object, cents: int | None) -> None:
    assert price_cents(value) == cents


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gearbox Software,Aspyr (Mac & Linux)", ("Gearbox Software", "Aspyr (Mac & Linux)")),
        ("SmiteWorks USA, LLC", ("SmiteWorks USA, LLC",)),
        ("Aspyr (Mac, Linux)", ("Aspyr (Mac, Linux)",)),
        ("KOEI TECMO GAMES CO.,LTD.", ("KOEI TECMO GAMES CO.,LTD.",)),
        ("Valve,VALVE,Hidden Path", ("Valve", "Hidden Path")),
        ("Valve,", ("Valve",)),
        ("Tom &amp; Jerry", ("Tom & Jerry",)),
        (None, ()),
    ],
)
def test_developers_are_parted_by_a_comma_without_a_space(text: str | None, names: tuple[str, ...]) -> None:
    assert developers(text) == names


def test_a_developer_goes_by_the_spelling_of_most_games() -> None:
    credited = [("Valve",), ("VALVE", "Other"), ("Valve",), ("OTHER",)]
    games = [
        CleanGame(id=number, title=None, listed=True, kind=GameKind.GAME, developers=names)
        for number, names in enumerate(credited, 1)
    ]
    assert [game.developers for game in unify_developers(games)] == [
        ("Valve",),
        ("Valve", "OTHER"),
        ("Valve",),
        ("OTHER",),
    ]


def test_a_count_of_user_reviews_is_no_rating() -> None:
    assert steam_rating("Very Positive") == "Very Positive"
    assert steam_rating("3 user reviews") is None


@pytest.mark.parametrize(
    ("text", "day", "inferred"),
    [
        ("Posted November 5, 2011.", date(2011, 11, 5), False),
        ("Posted February 3.", date(2016, 2, 3), True),
        ("Posted February 29.", date(2016, 2, 29), True),
        ("Posted February 30, 2015.", None, False),
        ("Posted Smarch 1, 2015.", None, False),
        ("", None, False),
    ],
)
def test_a_review_without_a_year_is_of_the_year_of_the_crawl(
    text: str, day: date | None, inferred: bool
) -> None:
    assert posted(text, 2016) == (day, inferred)


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
