"""The prompt of the demo: commands typed, buttons pressed and games chosen at a terminal."""

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from bot.local.prompt import run_prompt
from bot.local.server import local_server
from store import Database
from tests.bot.refreshers import ManualRefresher

HELP_ENDS = "quit                      leave\n"


async def conversation(monkeypatch: pytest.MonkeyPatch, database: Database, *lines: str) -> str:
    """Return what is printed while these lines are typed, then the end of input."""
    typed: Iterator[str] = iter(lines)

    def read(_prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    printed = io.StringIO()
    async with local_server(database, ManualRefresher()) as server:
        await run_prompt(server, Console(file=printed, width=100))
    return printed.getvalue().partition(HELP_ENDS)[2]


async def test_buttons_are_pressed_and_games_chosen_by_place_or_name(
    monkeypatch: pytest.MonkeyPatch, own_store: Database
) -> None:
    printed = await conversation(
        monkeypatch,
        own_store,
        "/recommend game:Portal 2 limit:3",
        "press Not for me",
        "choose 1, 3",
        "press Undo",
        "press More like this",
        "choose 2",
    )
    replies = printed.split("┃ Games like ")[1:]
    assert "[Which games are not for you? ▾]" in replies[1]
    assert "2\xa0games are hidden from you for good" in replies[2]
    assert replies[3] == replies[0]
    second = replies[0].split("2. ")[1].split("\xa0· ")[0]
    assert replies[5].startswith(second)


async def test_a_line_in_another_language_is_answered_in_it(
    monkeypatch: pytest.MonkeyPatch, own_store: Database
) -> None:
    printed = await conversation(monkeypatch, own_store, "/juego nombre:Portal 2", "/help", "/juegos")
    assert "Juegos parecidos" in printed
    assert "¿A qué quieres jugar?" in printed
    assert "there is no command /juegos" in printed


async def test_what_nobody_could_do_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, own_store: Database
) -> None:
    printed = await conversation(
        monkeypatch, own_store, "press Next", "choose 1", "/recommend game:Portal 2", "choose 1", "press Next"
    )
    assert printed.count("There is no reply yet to press a button under.") == 2
    assert "there is no single menu ''" in printed
    assert "there is no button 'Next'" in printed
