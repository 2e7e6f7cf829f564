"""Which developers a text credits, and which spelling of a name is used."""

import pytest

from ingest.clean.developers import developers, unify_developers
from ingest.clean.rows import CleanGame
from ingest.parse.fields import UnusableValue
from store.models import GameKind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gearbox Software,Aspyr (Mac & Linux)", ("Gearbox Software", "Aspyr (Mac & Linux)")),
        ("SmiteWorks USA, LLC", ("SmiteWorks USA, LLC",)),
        ("Aspyr (Mac, Linux)", ("Aspyr (Mac, Linux)",)),
        ("Gearbox Software,Aspyr (Mac,Linux)", ("Gearbox Software", "Aspyr (Mac,Linux)")),
        ("One [a,{b,c}],Two", ("One [a,{b,c}]", "Two")),
        ("One (a,(b,c),d),Two", ("One (a,(b,c),d)", "Two")),
        ("One (a,Two", ("One (a", "Two")),
        ("One a),Two", ("One a)", "Two")),
        ("One ((a,b),Two", ("One ((a,b)", "Two")),
        ("One (a],Two),Three", ("One (a],Two)", "Three")),
        ("KOEI TECMO GAMES CO.,LTD.", ("KOEI TECMO GAMES CO.,LTD.",)),
        ("Valve,VALVE,Hidden Path", ("Valve", "Hidden Path")),
        ("Valve,", ("Valve",)),
        ("Tom &amp; Jerry", ("Tom & Jerry",)),
        ("", ()),
    ],
)
def test_developers_are_parted_by_a_comma_without_a_space_and_outside_brackets(
    text: str, names: tuple[str, ...]
) -> None:
    assert developers(text) == names


@pytest.mark.parametrize("value", [["Valve"], 7, "x" * 10_001])
def test_what_is_no_credit_is_not_known(value: object) -> None:
    with pytest.raises(UnusableValue):
        developers(value)


def test_a_name_of_thousands_of_characters_leaves_the_others() -> None:
    with pytest.raises(UnusableValue, match="longer than 1,000 characters") as caught:
        developers(f"Valve,{'x' * 1_001}")
    assert caught.value.instead == ("Valve",)


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


def test_a_game_credits_a_developer_once_however_it_is_spelt() -> None:
    assert developers("FromSoftware,FromSoftware, Inc.,BANDAI NAMCO") == ("FromSoftware", "BANDAI NAMCO")
