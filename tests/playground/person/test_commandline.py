"""Typed command lines, read against commands as Discord stores them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import CommandNotFound, WrongOption
from playground.person.commandline import parse


def option(name: str, kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": "x", **more}


COMMANDS: list[dict[str, Any]] = [
    {
        "name": "recommend",
        "name_localizations": {"es-ES": "recomienda"},
        "options": [
            option("game", required=True, name_localizations={"es-ES": "juego"}),
            option("limit", 4),
        ],
    },
    {"name": "compare", "options": [option("first", required=True), option("second", required=True)]},
    {"name": "help", "options": []},
    {
        "name": "admin",
        "options": [
            option("refresh", 1, options=[option("max-items", 4)]),
            option("show", 2, options=[option("status", 1, options=[])]),
        ],
    },
]


@pytest.mark.parametrize(
    ("line", "name", "options"),
    [
        ("/recommend game:Portal 2 limit:3", "recommend", {"game": "Portal 2", "limit": "3"}),
        ("recommend limit:3 game:Portal 2", "recommend", {"game": "Portal 2", "limit": "3"}),
        ("/recommend game: Half-Life 2: Episode One", "recommend", {"game": "Half-Life 2: Episode One"}),
        ("/recommend Portal 2", "recommend", {"game": "Portal 2"}),
        ("/recommend Portal 2 limit:3", "recommend", {"game": "Portal 2", "limit": "3"}),
        ("/recommend Half-Life: Source", "recommend", {"game": "Half-Life: Source"}),
        ("/Recommend GAME:Portal", "recommend", {"game": "Portal"}),
        ("/recomienda juego:Portal", "recommend", {"game": "Portal"}),
        ("/help", "help", {}),
        ("  /help  ", "help", {}),
        ("/admin refresh max-items:5", "admin refresh", {"max-items": "5"}),
        ("/admin refresh 5", "admin refresh", {"max-items": "5"}),
        ("/admin show status", "admin show status", {}),
    ],
)
def test_a_line_names_a_command_and_its_options(line: str, name: str, options: dict[str, str]) -> None:
    read = parse(line, COMMANDS, locale="es-ES")
    assert (read.name, read.options) == (name, options)


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [("/recomend game:x", "recommend"), ("/admin refesh", "admin refresh"), ("/hlep", "help")],
)
def test_an_unknown_command_names_the_closest(line: str, suggestion: str) -> None:
    with pytest.raises(CommandNotFound) as refusal:
        parse(line, COMMANDS)
    assert refusal.value.suggestions[0] == suggestion


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("/recommend gmae:Portal", "did you mean game:"),
        ("/compare Portal", "by name"),
        ("/compare third:x", "its options: first, second"),
        ("/help me", "takes no options"),
        ("/recommend game:a game:b", "given twice"),
    ],
)
def test_a_wrong_option_says_what_is_wrong(line: str, complaint: str) -> None:
    with pytest.raises(WrongOption, match=complaint):
        parse(line, COMMANDS)


@pytest.mark.slow
@given(st.text(alphabet=st.characters(exclude_characters=":", codec="utf-8"), min_size=1).map(str.strip))
def test_any_text_without_a_colon_is_a_value(text: str) -> None:
    assert parse(f"/recommend game:{text}", COMMANDS).options["game"] == text.strip()


@given(st.text())
def test_any_line_is_read_or_refused(text: str) -> None:
    try:
        parse(text, COMMANDS)
    except (CommandNotFound, WrongOption) as refusal:
        assert str(refusal)


def test_a_misspelt_option_is_none_of_another_languages_values() -> None:
    games = [
        {"name": "game", "options": [option("name", required=True, name_localizations={"es-ES": "nombre"})]}
    ]
    for locale in ("en-US", "es-ES"):
        with pytest.raises(WrongOption, match="did you mean"):
            parse("/game game:Portal", games, locale=locale)
