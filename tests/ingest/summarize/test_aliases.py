"""What else a game is called, as its title tells."""

import pytest

from ingest.summarize.aliases import title_aliases


@pytest.mark.parametrize(
    ("title", "aliases"),
    [
        ("Grand Theft Auto V", {"gta", "gta5", "gtav", "grandtheftauto5", "grandtheftautov"}),
        ("Team Fortress 2", {"tf2", "teamfortress2", "teamfortressii"}),
        ("The Witcher® 3: Wild Hunt", {"thewitcher3", "witcher3", "witcheriii", "tw3"}),
        ("Euro Truck Simulator 2", {"ets", "ets2"}),
        ("Football Manager 2017", {"fm2017", "fm17"}),
        ("FINAL FANTASY XIV Online", {"ff14", "ffxiv"}),
        ("Sid Meier's Civilization® V", {"civilizationv", "civilization5"}),
        ("Call of Duty®: Black Ops II", {"callofduty", "bo2", "cod"}),
        ("Metro: Last Light", {"metro", "mll", "metroll"}),
        ("The Witcher 2: Assassins of Kings Enhanced Edition", {"witcher2aok", "witcheriiaok"}),
    ],
)
def test_a_known_game_has_its_initials_numerals_and_parts(title: str, aliases: set[str]) -> None:
    assert aliases <= title_aliases(title, is_known=True).keys()


def test_initials_of_what_nobody_has_are_no_name() -> None:
    assert "gta" in title_aliases("Grand Theft Auto", is_known=True)
    assert "gta" not in title_aliases("Grand Theft Auto", is_known=False)


def test_the_initial_of_one_word_is_no_name() -> None:
    assert not {"b2", "bii"} & title_aliases("Borderlands 2", is_known=True).keys()


def test_the_title_without_the_words_of_an_edition_is_the_whole_name() -> None:
    aliases = title_aliases("DARK SOULS™: Prepare To Die™ Edition", is_known=True)
    assert aliases["darksouls"]
    assert not title_aliases("Portal: Still Alive", is_known=True)["portal"]


@pytest.mark.parametrize("title", ["\x01", "\u200b", "\ufeff\u2060"])
def test_a_title_of_which_nothing_can_be_seen_has_no_other_name(title: str) -> None:
    assert title_aliases(title, is_known=True) == {}
