"""Markdown taken out of what a terminal shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.person.plain_text import plain_text


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**1.** [Portal](https://store.steampowered.com/app/400/) · 2007", "1. Portal · 2007"),
        ("sample\\_player\\_037 wrote \\*this\\*", "sample_player_037 wrote *this*"),
        ("> because of Portal", "│ because of Portal"),
        ("# Title\n-# small", "Title\nsmall"),
        ("__**both**__ and ~~gone~~ and ||hidden||", "both and gone and hidden"),
        ("`/help` and ``a`` word", "/help and a word"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("at <t:0:f>", "at 1970-01-01 00:00 UTC"),
        ("<t:999999999999:R>", "<t:999999999999:R>"),
    ],
)
def test_markup_gives_way_to_what_it_means(markdown: str, shown: str) -> None:
    assert plain_text(markdown) == shown


@given(st.text())
def test_any_text_can_be_shown(text: str) -> None:
    assert len(plain_text(text)) <= len(text) + 20 * text.count("<t:")


@given(st.text(alphabet="ab *_~|`[]()>#\\", max_size=40))
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    escaped = "".join(f"\\{character}" if character in "*_~|`[]()>#\\" else character for character in text)
    assert plain_text(escaped) == text
