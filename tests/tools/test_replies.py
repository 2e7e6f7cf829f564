"""Comparing the replies of two versions of the code."""

from typing import Any

import pytest

from tools.replies import compare, without_variable


@pytest.mark.parametrize(
    ("text", "stable"),
    [
        ("refreshed 1 second ago", "refreshed <duration>"),
        ("actualizados hace 2 minutos", "actualizados <duration>"),
        ("applied · 12.3 s · 7 lines", "applied · <duration> · 7 lines"),
        ("since <t:1514764800:R>", "since <time:R>"),
        ("<@1234567890123456789> · refreshed", "<@<id>> · refreshed"),
        ("Games for 76561190000000024", "Games for 76561190000000024"),
        ("10,444.5 h in 2012, 84 players", "10,444.5 h in 2012, 84 players"),
    ],
)
def test_only_what_differs_from_run_to_run_is_replaced(text: str, stable: str) -> None:
    assert without_variable(text) == stable


def reply(line: str, content: str) -> dict[str, Any]:
    return {"locale": "en-US", "line": line, "messages": [{"content": content}]}


def test_what_differs_is_shown_under_its_command() -> None:
    old = [reply("/help", "Ask"), reply("/me", "Nobody")]
    assert list(compare(old, old)) == []
    shown = list(compare(old, [reply("/help", "Ask"), reply("/me", "You")]))
    assert shown[0] == "\n› [en-US] /me"
    assert any(line.startswith("-") and "Nobody" in line for line in shown)
    assert any(line.startswith("+") and "You" in line for line in shown)


def test_a_command_that_is_missing_is_named() -> None:
    shown = list(compare([reply("/help", "Ask"), reply("/me", "You")], [reply("/help", "Ask")]))
    assert "-en-US /me" in shown
