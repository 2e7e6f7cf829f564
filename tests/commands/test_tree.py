"""The whole command tree is described, within Discord's rules, and teaches itself by example."""

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.client import Tree
from bot.command_sync import payload
from bot.command_translator import CommandTranslator
from bot.telemetry.logs import log_interaction
from commands import registry
from commands.core.options import example_of
from commands.core.services import BotClient
from localization.translations import Locales

NAME = re.compile(r"^[-_'\w]{1,32}$")


@pytest.fixture
async def tree() -> Tree:
    client = BotClient(intents=discord.Intents(guilds=True))
    found = Tree(client, log_interaction)
    for command in registry.collect().commands:
        found.add_command(command)
    await found.set_translator(CommandTranslator(Locales()))
    return found


def parts(level: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Walk commands, subcommands and options."""
    for part in level:
        yield part
        yield from parts(part.get("options", []))


def commands(tree: Tree) -> list[app_commands.Command[Any, ..., Any]]:
    return [command for command in tree.walk_commands() if isinstance(command, app_commands.Command)]


async def test_the_commands_are_those_that_people_are_promised(tree: Tree) -> None:
    assert {command.qualified_name for command in commands(tree)} == {
        "recommend",
        "play-together",
        "game",
        "developer",
        "best-developers",
        "genre",
        "userdata",
        "reviews",
        "year",
        "top",
        "compare games",
        "compare developers",
        "compare players",
        "link",
        "me",
        "hidden",
        "unlink",
        "forget-me",
        "help",
        "admin refresh",
        "admin status",
        "admin audit",
        "settings view",
        "settings language",
        "settings reports",
        "settings refresh-role",
        "settings quiet",
    }


async def test_every_command_option_and_choice_is_named_and_described_within_the_rules(tree: Tree) -> None:
    for part in parts(await payload(tree)):
        for name in (part["name"], *part.get("name_localizations", {}).values()):
            assert NAME.match(name), name
            assert name == name.lower()
        for text in (part["description"], *part.get("description_localizations", {}).values()):
            assert 1 <= len(text) <= 100
            assert text != "…", f"{part['name']} has no description"
        assert len(part.get("choices", [])) <= 25
        assert all(1 <= len(choice["name"]) <= 100 for choice in part.get("choices", []))


async def test_required_options_come_first(tree: Tree) -> None:
    for command in commands(tree):
        required = [parameter.required for parameter in command.parameters]
        assert required == sorted(required, reverse=True)


async def test_every_command_has_an_example_with_options_that_it_takes(tree: Tree) -> None:
    for command in commands(tree):
        options = {parameter.name: parameter.required for parameter in command.parameters}
        shown = example_of(command)
        assert "example" in command.extras
        assert set(shown) <= set(options)
        assert {name for name, required in options.items() if required} <= set(shown)


async def test_options_that_take_a_name_complete_it(tree: Tree) -> None:
    named = {"game", "player", "developer", "name", "language", "command", "genre", "first", "second", "tag"}
    named |= {f"player{number}" for number in range(1, 9)}
    for command in commands(tree):
        for parameter in command.parameters:
            assert parameter.autocomplete == (parameter.name in named), f"{command.name} {parameter.name}"


async def test_admin_commands_are_for_those_who_manage_a_server(tree: Tree) -> None:
    closed = {part["name"]: part for part in await payload(tree) if part["name"] in ("admin", "settings")}
    assert len(closed) == 2
    for part in closed.values():
        assert int(part["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
        assert part["contexts"] == [0]
    open_to_all = [part for part in await payload(tree) if part["name"] not in closed]
    assert all(part["default_member_permissions"] is None for part in open_to_all)
