"""Editions of a game are told from games of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.names.editions import edition_key, is_only_edition
from store.names.search_key import search_key


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("The Elder Scrolls V: Skyrim", "The Elder Scrolls V: Skyrim Special Edition"),
        ("Fallout 3", "Fallout 3 - Game of the Year Edition"),
        ("Borderlands", "Borderlands GOTY"),
        (
            "The Elder Scrolls IV: Oblivion® Game of the Year Edition",
            "The Elder Scrolls IV: Oblivion® Game of the Year Edition Deluxe",
        ),
        ("DARK SOULS™", "DARK SOULS™: Prepare To Die™ Edition"),
        ("Deus Ex: Human Revolution", "Deus Ex: Human Revolution - Director's Cut"),
        ("DARK SOULS™ II", "DARK SOULS™ II: Scholar of the First Sin"),
        ("BioShock", "BioShock™ Remastered"),
        ("Metro 2033", "Metro 2033 Redux"),
        ("Call of Duty®: Black Ops", "Call of Duty®: Black Ops - Multiplayer"),
        ("Mass Effect 2", "Mass Effect™ 2 Digital Deluxe Edition"),
        ("SUPERHOT", "SUPERHOT VR"),
        ("Heroes & Generals", "Heroes & Generals - Starter Pack"),
        ("Gothic", "Gothic Collector's Edition"),
        ("The Sims™ 3", "The Sims™ 3 Starter Pack"),
        ("Gone Home", "Gone Home LITE"),
        ("Monster", "Monster Package"),
    ],
)
def test_an_edition_goes_by_the_games_own_name(title: str, edition: str) -> None:
    assert edition_key(search_key(title)) == edition_key(search_key(edition))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Counter-Strike", "Counter-Strike: Source"),
        ("Portal", "Portal 2"),
        ("Half-Life 2", "Half-Life 2: Episode One"),
        ("Left 4 Dead", "Left 4 Dead 2"),
        ("Tomb Raider", "Tomb Raider: Anniversary"),
        ("Gold", "Complete"),
        ("Arkham City", "Arkham Asylum"),
    ],
)
def test_another_game_has_a_name_of_its_own(one: str, other: str) -> None:
    assert edition_key(search_key(one)) != edition_key(search_key(other))


@given(st.lists(st.sampled_from(["halo", "gold", "goty", "edition", "the", "hd", "game", "of", "year", "2"])))
def test_a_name_is_left_over_and_stays_as_it_is(words: list[str]) -> None:
    key = edition_key(" ".join(words))
    assert edition_key(key) == key
    assert bool(key) == bool(words)


@pytest.mark.parametrize(
    "typed",
    ["GOTY", "The Game of the Year Edition", "Digital Deluxe", "HD Remastered", "edition", "Full Edition"],
)
def test_what_is_said_of_the_editions_of_many_games_names_none(typed: str) -> None:
    assert is_only_edition(search_key(typed))


@pytest.mark.parametrize(
    "typed",
    ["Portal 2 GOTY", "Prepare to Die Edition", "The Final", "Full Metal", "Special Force", "", "Goty 2"],
)
def test_what_is_said_of_one_game_is_no_mere_edition(typed: str) -> None:
    assert not is_only_edition(search_key(typed))
