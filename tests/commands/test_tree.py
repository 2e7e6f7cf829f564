"""The whole command tree is described, within Discord's rules, and teaches itself by example."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.command_tree.sync import payload
from bot.command_tree.translator import CommandTranslator
from bot.command_tree.tree import Tree
from bot.telemetry.logs import log_interaction
from commands import registry
from commands.core.access.permissions import ManagersGroup
from commands.core.options.options import example_of
from commands.core.services.services import BotClient
from localization.translations import Locales

ROOT = Path(__file__).parents[2]
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


def test_the_contract_of_the_features_names_them_all() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        contract
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["commands"]
    )
    _, features, _ = contract["layers"]
    assert tuple(features.split(" | ")) == registry.feature_names()


async def test_every_feature_has_commands_and_each_stands_in_the_tree(tree: Tree) -> None:
    exported = [import_module(f"commands.{name}").COMMANDS for name in registry.feature_names()]
    assert all(exported)
    assert sorted(command.name for feature in exported for command in feature.values()) == sorted(
        command.name for command in tree.get_commands()
    )


async def test_the_ids_of_buttons_and_menus_are_of_one_kind_each() -> None:
    found = registry.collect()
    ids = [*found.button_ids, *found.menu_ids]
    assert len(ids) == len(set(ids))
    assert all(0 < len(custom_id) <= 100 for custom_id in ids)


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


async def test_every_option_that_takes_text_completes(tree: Tree) -> None:
    texts = {
        (command.qualified_name, parameter.name)
        for command in commands(tree)
        for parameter in command.parameters
        if parameter.type is discord.AppCommandOptionType.string and not parameter.choices
    }
    completed = {
        (command.qualified_name, parameter.name)
        for command in commands(tree)
        for parameter in command.parameters
        if parameter.autocomplete
    }
    # Discord itself completes who is mentioned, where an option does not.
    assert completed == texts - {("play-together", "friends")}


async def test_admin_commands_are_for_those_who_manage_a_server(tree: Tree) -> None:
    managed = {group.name for group in tree.get_commands() if isinstance(group, ManagersGroup)}
    closed = {part["name"]: part for part in await payload(tree) if part["name"] in managed}
    assert closed
    for part in closed.values():
        assert int(part["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
        assert part["contexts"] == [0]
    open_to_all = [part for part in await payload(tree) if part["name"] not in closed]
    assert all(part["default_member_permissions"] is None for part in open_to_all)
