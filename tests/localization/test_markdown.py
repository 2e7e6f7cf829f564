"""Text reaches Discord readable, harmless and within its limits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from localization.markdown import ELLIPSIS, Markdown, clean, escape, escape_title, fit, length, shorten

ANY_TEXT = st.text(st.characters(exclude_categories=()))
# What Discord's markdown, links and mentions are made of, mixed with ordinary letters.
PIECES = (
    *("*", "_", "~~", "`", "||", "\\", "> ", "# ", "-", "1. ", "[a](b)", "https://a.b", ":x:", "{x}"),
    *("<@1>", "<t:0>", "@everyone", "@here", "a", " ", "é", "👩\u200d👩\u200d👧"),
    *("\u202e", "\u200b", "\n", "\x00", "\ud800"),
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
NAMES = st.text("ab Z09',.!?&:%/@", max_size=12)
HOSTILE_TEXT = st.lists(st.sampled_from(PIECES)).map("".join)


def as_shown(markdown: str) -> str:
    """Read markdown the way Discord shows it when everything in it is escaped."""
    return ESCAPED.sub(r"\1", markdown).replace("@\u200b", "@")


@given(ANY_TEXT | HOSTILE_TEXT | NAMES)
def test_an_escaped_name_is_shown_letter_by_letter(name: str) -> None:
    assert as_shown(escape(name, limit=10_000)) == (clean(name) or "□")


@given(HOSTILE_TEXT | NAMES)
def test_an_escaped_name_holds_no_markup_that_works(name: str) -> None:
    without_escapes = ESCAPED.sub("x", escape(name))
    assert not re.search(r"[*_~`|<>\[\]]|^#|^\d+\.|://|@everyone|@here|\n", without_escapes)


@given(ANY_TEXT | HOSTILE_TEXT)
def test_clean_text_is_one_line_that_can_be_sent(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert cleaned.splitlines() in ([], [cleaned])
    assert not set(cleaned) & set("\u202e\u202d\u2066\u200b\ufeff\x00")


@given(ANY_TEXT, st.integers(1, 30))
def test_shortened_text_keeps_to_the_limit_and_says_that_it_was_cut(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert length(short) <= limit
    assert short == text or (short.endswith(ELLIPSIS) and text.startswith(short.removesuffix(ELLIPSIS)))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Portal 2", 8, "Portal 2"),
        ("Portal 2", 7, "Portal…"),
        ("👍👍👍", 6, "👍👍👍"),
        ("👍👍👍", 5, "👍👍…"),
        ("👍👍👍", 4, "👍…"),
        ("cafe\u0301 noir", 5, "caf…"),
        ("\\*\\*\\*", 4, "\\*…"),
    ],
)
def test_a_cut_never_splits_a_character_or_an_escape(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_length_counts_what_lies_beyond_the_basic_plane_twice() -> None:
    assert length("a👍é") == 4


def test_fit_keeps_whole_lines_and_counts_the_rest() -> None:
    lines = [Markdown("one"), Markdown("two"), Markdown("three")]
    assert fit(lines, 7) == ("one\ntwo", 1)
    assert fit(lines, 13) == ("one\ntwo\nthree", 0)
    assert fit(lines, 2) == ("", 3)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Portal 2", "Portal\xa02"),
        ("Left 4 Dead 2", "Left\xa04 Dead\xa02"),
        ("Saints Row IV", "Saints Row\xa0IV"),
        ("The Witcher 3: Wild Hunt", "The Witcher\xa03: Wild Hunt"),
        ("7 Days to Die", "7 Days to Die"),
        ("Warhammer 40,000: Space Marine", "Warhammer\xa040,000: Space Marine"),
        ("Into the Breach", "Into the Breach"),
    ],
)
def test_a_title_keeps_its_number_on_the_line_of_the_word_before(title: str, shown: str) -> None:
    assert escape_title(title) == shown


@given(st.text(max_size=150))
def test_a_title_is_shown_and_found_as_it_was_written(title: str) -> None:
    assert escape_title(title).replace("\xa0", " ") == escape(title).replace("\xa0", " ")
