"""Messages drawn for a terminal."""

import re

from hypothesis import given
from hypothesis import strategies as st

from playground.person.render import render_message

RECOMMENDATIONS = {
    "content": "Here you go",
    "flags": 64,
    "embeds": [
        {
            "title": "Games like Portal 2",
            "url": "https://example.com/620",
            "description": "**1.** Portal",
            "fields": [
                {"name": "Price", "value": "Free", "inline": True},
                {"name": "Year", "value": "2011", "inline": True},
                {"name": "Why", "value": "Both are puzzles", "inline": False},
            ],
            "image": {"url": "http://127.0.0.1/attachments/1/2/chart.png", "description": "Prices by year"},
            "footer": {"text": "page 1 of 2"},
        }
    ],
    "components": [
        {
            "type": 1,
            "components": [
                {"type": 2, "style": 1, "label": "Next", "emoji": {"name": "▶"}},
                {"type": 2, "style": 1, "label": "Back", "disabled": True},
                {"type": 2, "style": 5, "label": "Store", "url": "https://example.com"},
                {"type": 3, "placeholder": "Sort by", "options": []},
            ],
        }
    ],
    "attachments": [{"filename": "notes.txt", "url": "http://127.0.0.1/notes.txt"}],
}


def test_a_reply_is_drawn_with_everything_a_person_sees() -> None:
    assert render_message(RECOMMENDATIONS, width=60) == (
        "Here you go\n"
        "┃ Games like Portal 2\n"
        "┃ https://example.com/620\n"
        "┃\n"
        "┃ **1.** Portal\n"
        "┃\n"
        "┃ Price                        Year\n"
        "┃ Free                         2011\n"
        "┃\n"
        "┃ Why\n"
        "┃   Both are puzzles\n"
        "┃\n"
        "┃ [image: chart.png (Prices by year)]\n"
        "┃\n"
        "┃ page 1 of 2\n"
        "[▶ Next]  (Back)  [Store → https://example.com]  [Sort by ▾]\n"
        "[file: notes.txt]\n"
        "(Only you can see this)"
    )


def test_a_deferred_reply_is_thinking() -> None:
    message = {"flags": 128, "author": {"username": "Nextplay"}}
    assert render_message(message) == "Nextplay is thinking…"


def test_a_layout_is_drawn_from_top_to_bottom() -> None:
    media = {"media": {"url": "https://example.com/a.png"}, "description": "a chart"}
    layout = {
        "components": [
            {
                "type": 17,
                "components": [
                    {"type": 10, "content": "# Title"},
                    {"type": 14, "divider": True},
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "text"}],
                        "accessory": {"type": 2, "style": 1, "label": "Go"},
                    },
                    {"type": 12, "items": [media]},
                ],
            }
        ]
    }
    lines = ["┃ # Title", "┃ " + "─" * 28, "┃ text", "┃ [Go]", "┃ [image: a.png (a chart)]"]
    assert render_message(layout, width=30) == "\n".join(lines)


@given(st.text(), st.integers(30, 120))
def test_text_is_wrapped_but_never_lost(text: str, width: int) -> None:
    drawn = render_message({"content": text, "embeds": [{"description": text}]}, width)
    words = re.findall(r"\w+", text)
    assert re.findall(r"\w+", drawn) == words * 2
