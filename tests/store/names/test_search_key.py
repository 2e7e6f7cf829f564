"""The form in which names are compared."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.names.search_key import search_key

ANY_TEXT = st.text(st.characters())  # halves of surrogate pairs and NUL included


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Left 4 Dead™", "left 4 dead"),
        ("S.T.A.L.K.E.R.: Shadow of Chernobyl", "stalker shadow of chernobyl"),
        ("Counter-Strike: Source", "counter strike source"),
        ("F.E.A.R. 2: Project Origin", "FEAR 2 Project Origin"),
        ("Dr. Mario", "dr mario"),
        ("Sid Meier's Civilization® V", "sid meiers civilization v"),
        ("Sid Meier’s Civilization® V", "sid meier's civilization v"),
        ("Command & Conquer", "command and conquer"),
        ("Pokémon", "pokemon"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Ørsted", "orsted"),
        ("Full Ｗｉｄｔｈ", "full width"),
        ("  many\t spaces\u00a0here ", "many spaces here"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_a_title_is_the_same_however_it_is_typed(title: str, typed: str) -> None:
    assert search_key(title) == search_key(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("й", "и"),
        ("ガ", "カ"),
        ("กา", "กำ"),
        ("Dead Rising 2", "Dead Rising 3"),
        ("!!!", "???"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@pytest.mark.parametrize("text", ["Ведьмак", "東方紅輝心", "กำไร", "한국어", "عالم"])
def test_letters_of_every_script_are_kept(text: str) -> None:
    assert search_key(text) == unicodedata.normalize("NFKC", text).casefold()


@given(ANY_TEXT)
@example("`\u00ad©")  # nothing but signs, one of which shows nothing
def test_a_key_is_its_own_key(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key


@given(ANY_TEXT)
def test_a_key_can_be_stored_and_compared_word_by_word(text: str) -> None:
    key = search_key(text)
    assert key == " ".join(key.split())
    assert "\0" not in key
    key.encode("utf-8")


@given(ANY_TEXT)
def test_only_what_shows_nothing_has_no_key(text: str) -> None:
    if any(c.isalnum() for c in text):
        assert search_key(text)
