"""Suggestions fit Discord's limits, and those that would look alike are told apart."""

from hypothesis import given
from hypothesis import strategies as st

from commands.core.options.autocomplete import choices
from localization.translations import Locales, Translations
from store.results import Choice, GameKind

ENGLISH = Translations()


def game(app_id: int, title: str, year: str = "") -> Choice:
    return Choice(title, str(app_id), str(app_id), (year, f"app {app_id}"))


def other(ref_id: int, name: str) -> Choice:
    return Choice(name, name, f"id:{ref_id}", (str(ref_id),))


def labels(*found: Choice) -> list[str]:
    return [choice.name for choice in choices(found, ENGLISH)]


def test_games_of_one_title_are_told_apart_by_year() -> None:
    found = game(637870, "Slice&Dice", "2017"), game(682340, "Slice&Dice")
    assert labels(*found) == ["Slice&Dice (2017)", "Slice&Dice"]


def test_games_of_one_title_and_year_are_told_apart_by_app_id() -> None:
    found = game(1, "Doom", "2016"), game(2, "Doom", "2016"), game(3, "Doom", "1993"), game(4, "Doom II")
    assert labels(*found) == ["Doom (app 1)", "Doom (app 2)", "Doom (1993)", "Doom II"]


def test_names_that_are_alike_once_they_are_cut_are_told_apart() -> None:
    found = other(1, "Studio " * 30), other(2, "Studio " * 31)
    first, second = choices(found, ENGLISH)
    assert (first.name[-5:], second.name[-5:]) == ("… (1)", "… (2)")
    assert (first.value, second.value) == ("id:1", "id:2")


def test_a_note_is_not_needed_where_a_name_stands_alone() -> None:
    assert labels(game(1, "Doom", "2016"), game(2, "DOOM", "2016")) == ["Doom", "DOOM"]


def test_what_kind_an_app_is_stands_in_the_readers_words() -> None:
    found = [
        Choice("DOOM", str(app_id), str(app_id), ("", kind, f"app {app_id}"))
        for app_id, kind in enumerate((GameKind.SOUNDTRACK, GameKind.DLC))
    ]
    spanish = choices(found, Locales().translations("es"))
    assert [choice.name for choice in spanish] == ["DOOM (banda sonora)", "DOOM (complemento)"]


@given(st.lists(st.text(min_size=1, max_size=150), min_size=1, max_size=40))
def test_labels_and_values_have_at_most_a_hundred_utf_16_units(names: list[str]) -> None:
    found = choices([other(place, name) for place, name in enumerate(names)], ENGLISH)
    assert len(found) <= 25
    for choice in found:
        assert len(choice.name.encode("utf-16-le", "surrogatepass")) // 2 <= 100
        assert 1 <= len(choice.value.encode("utf-16-le", "surrogatepass")) // 2 <= 100
