"""A command that is added by the recipe of docs/new-command.md answers."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import commands
from commands import registry
from store import Database, queries
from tests.bot.conftest import Serve

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "new-command.md"
BLOCK = re.compile(r"```python\n# (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The files of the recipe, in packages that reach into a folder of this test."""
    known = set(sys.modules)
    blocks = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    for package in (commands, queries):
        folder = tmp_path / package.__name__.replace(".", "/")
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    for name, code in blocks.items():
        if not (ROOT / name).exists():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(code, encoding="utf-8")
    newest = import_module("store.queries.newest")
    assert blocks["store/queries/__init__.py"] == "from store.queries.newest import newest_game\n"
    monkeypatch.setattr(queries, "newest_game", newest.newest_game, raising=False)
    yield
    for name in set(sys.modules) - known:
        if ".newest" in name:
            parent, _, module = name.rpartition(".")
            vars(sys.modules[parent]).pop(module, None)
    for name in set(sys.modules) - known:
        if ".newest" in name:
            del sys.modules[name]


@pytest.mark.usefixtures("added")
async def test_a_command_added_by_the_recipe_answers(serve: Serve, sample_store: Database) -> None:
    served = await serve(sample_store)

    reply = await served.member.ask("/newest")
    helped = await served.member.ask("/help")

    (embed,) = reply.embeds
    assert embed["title"] == "The newest game"
    assert re.fullmatch(r"\[.+\]\(https://store\.steampowered\.com/app/\d+/\)", embed["description"])
    listed = helped.embeds[0]["description"]
    assert "</newest:" in listed


def test_without_it_there_is_no_such_command() -> None:
    assert "newest" not in {command.name for command in registry.collect().commands}


def test_no_two_commands_have_the_same_position(monkeypatch: pytest.MonkeyPatch) -> None:
    games, genres = import_module("commands.games"), import_module("commands.genres")
    (position,) = games.COMMANDS
    (genre,) = genres.COMMANDS.values()
    monkeypatch.setattr(genres, "COMMANDS", {position: genre})

    with pytest.raises(ValueError, match="/game and /genre"):
        registry.collect()
