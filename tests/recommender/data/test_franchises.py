"""Titles tell which games are of one franchise."""

import pytest

from recommender.data.franchises import franchise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Portal", "Portal 2"),
        ("DARK SOULS™ III", "DARK SOULS™: REMASTERED"),
        ("The Elder Scrolls V: Skyrim", "The Elder Scrolls IV: Oblivion"),
        ("Half-Life 2: Episode One", "Half-Life: Source"),
        ("Life is Strange - Episode 1", "Life is Strange: Before the Storm"),
    ],
)
def test_parts_of_a_franchise_share_its_name(one: str, other: str) -> None:
    assert franchise(one) == franchise(other) != ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Portal", "Portal Knights"),
        ("Counter-Strike", "Counter-Spy"),
        ("Dead Space", "Dead Cells"),
    ],
)
def test_a_shared_word_makes_no_franchise(one: str, other: str) -> None:
    assert franchise(one) != franchise(other)


@pytest.mark.parametrize("title", ["2048", "140", "X", "", "The Collection"])
def test_a_numeral_or_a_word_of_editions_names_none(title: str) -> None:
    assert franchise(title) == ()
